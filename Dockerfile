# One static binary in an empty image, run by nobody in particular.
FROM golang:1.26.8-alpine AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY sim ./sim
COPY agents ./agents
COPY scenarios ./scenarios
COPY cmd/pasar ./cmd/pasar
RUN CGO_ENABLED=0 GOTOOLCHAIN=local go build -trimpath -buildvcs=false -ldflags '-s -w' -o /out/pasar ./cmd/pasar \
    && mkdir -p /out/runs

FROM scratch
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
COPY --from=build /out/pasar /pasar
COPY --from=build --chown=65532:65532 /out/runs /runs
USER 65532:65532
WORKDIR /
ENTRYPOINT ["/pasar"]
CMD ["--help"]

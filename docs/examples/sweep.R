# The effects of a sweep by one factor, with their 95 % intervals, from effects.csv. Base R, no packages.
# Use: Rscript sweep.R FOLDER OUTCOME FACTOR figure.svg
args <- commandArgs(trailingOnly = TRUE)
effects <- read.csv(file.path(args[1], "effects.csv"))
book <- read.csv(file.path(args[1], "codebook.csv"))
x <- effects[effects$outcome == args[2], ]
x <- x[order(x[[args[3]]]), ]
unit <- book$unit[book$table == "runs" & book$column == args[3]]
worlds <- unique(x$scenario)
ends <- c(x$lo, x$hi)
svg(args[4], width = 7, height = 5)
plot(x[[args[3]]], x$diff, type = "n", ylim = range(c(0, ends[is.finite(ends)])),
     xlab = paste0(args[3], ", ", unit), ylab = paste0("effect on ", args[2], ", ", x$unit[1]),
     main = paste(sum(x$failed), "of", sum(x$n + x$failed), "pairs of runs failed"))
abline(h = 0, col = "grey")
for (i in seq_along(worlds)) {
  w <- x[x$scenario == worlds[i], ]
  segments(w[[args[3]]], w$lo, w[[args[3]]], w$hi, col = i)
  points(w[[args[3]]], w$diff, pch = 15 + i, col = i)
}
legend("topright", legend = worlds, col = seq_along(worlds), pch = 15 + seq_along(worlds), bty = "n")
invisible(dev.off())

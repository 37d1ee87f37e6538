// A linear scale: all that charts need of one.
export type Scale = ((v: number) => number) & { domain: [number, number]; ticks: (count: number) => number[] };

/** linear maps a domain to a range of pixels; with round the domain is widened to round numbers, for about so many ticks. */
export function linear(domain: [number, number], range: [number, number], round = 0): Scale {
  const [a, b] = round ? widened(domain, round) : domain;
  const k = b === a ? 0 : (range[1] - range[0]) / (b - a);
  return Object.assign((v: number) => range[0] + (v - a) * k, { domain: [a, b] as [number, number], ticks: (count: number) => ticks(a, b, count) });
}

// stepOf is how far about so many ticks are apart: 1, 2 or 5 times a power of ten, whichever is nearest on a scale of ratios.
function stepOf(span: number, count: number): number {
  const power = 10 ** Math.floor(Math.log10(span / count)), rest = span / count / power;
  return power * (rest >= Math.sqrt(50) ? 10 : rest >= Math.sqrt(10) ? 5 : rest >= Math.sqrt(2) ? 2 : 1);
}

const hair = 1e-9; // .3 / .1 is a hair below 3
const up = (v: number, step: number) => Math.ceil(v / step - hair);
const down = (v: number, step: number) => Math.floor(v / step + hair);
const times = (i: number, step: number) => Number((i * step).toPrecision(12));

function ticks(a: number, b: number, count: number): number[] {
  if (b <= a) return [a];
  const step = stepOf(b - a, count), first = up(a, step);
  return Array.from({ length: down(b, step) - first + 1 }, (_, i) => times(first + i, step));
}

// A wider domain may want wider steps, and these a wider domain.
function widened([a, b]: [number, number], count: number): [number, number] {
  for (let before = 0; b > a; ) {
    const step = stepOf(b - a, count);
    if (step === before) break;
    [a, b, before] = [times(down(a, step), step), times(up(b, step), step), step];
  }
  return [a, b];
}

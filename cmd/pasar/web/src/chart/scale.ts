// A linear scale: all that charts need of one. Ticks and round ends come from d3-array.
import { nice, ticks } from 'd3-array';

export type Scale = ((v: number) => number) & { domain: [number, number]; ticks: (count: number) => number[] };

/** linear maps a domain to a range of pixels; with round the domain is widened to round numbers, for about so many ticks. */
export function linear(domain: [number, number], range: [number, number], round = 0): Scale {
  const [a, b] = round ? nice(domain[0], domain[1], round) : domain;
  const k = b === a ? 0 : (range[1] - range[0]) / (b - a);
  return Object.assign((v: number) => range[0] + (v - a) * k, { domain: [a, b] as [number, number], ticks: (count: number) => ticks(a, b, count) });
}

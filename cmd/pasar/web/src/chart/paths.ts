// Paths of lines and bands. Gaps in the values are gaps in the path.
import { area, line } from 'd3-shape';

type Values = (number | null)[];
type Project = { x: (at: number) => number; y: (v: number) => number };

const round = (v: number) => Math.round(v * 10) / 10;

/** linePath joins the values at the weeks' moments. */
export function linePath(at: number[], values: Values, p: Project): string {
  return line<number>()
    .defined((i) => there(values[i]))
    .x((i) => round(p.x(at[i]!)))
    .y((i) => round(p.y(values[i]!)))(keys(at, values)) ?? '';
}

/** bandPath is the area between two lists of values, which may be below zero. */
export function bandPath(at: number[], lo: Values, hi: Values, p: Project): string {
  return area<number>()
    .defined((i) => there(lo[i]) && there(hi[i]))
    .x((i) => round(p.x(at[i]!)))
    .y0((i) => round(p.y(lo[i]!)))
    .y1((i) => round(p.y(hi[i]!)))(keys(at, lo)) ?? '';
}

const there = (v: number | null | undefined) => v !== null && v !== undefined && Number.isFinite(v);
const keys = (at: number[], values: Values) => Array.from({ length: Math.min(at.length, values.length) }, (_, i) => i);

// What a chart over time shows, before it is drawn. Screen, table, file and picture are made from the same value.
import type { Badge, Observed, Values } from '../api';
import type { Scale } from '../format';
import type { Style } from '../tokens';
import type { Weeks } from './frame';

/** A Line is one series: its middle run, and how far runs spread. */
export type Line = {
  key: string;
  name: string;
  style: Style;
  mid: Values;
  half?: [Values, Values]; // half of the runs lie between
  most?: [Values, Values]; // 9 of 10 runs lie between
  runs?: Values[]; // single runs
  of?: 'base'; // the world that is compared with: no band, no end label of its own where it would crowd
  few?: boolean; // fewer than 30 simulated agents: pale
};

/** A Mark is a numbered event; the number is its key in all charts and files. */
export type Mark = { n: number; at: number; text: string };

/** A Shade is a span of time: hatched where a shop is closed, tinted where a pilot runs. */
export type Shade = { kind: 'ban' | 'pilot'; from: number; to: number; text: string };

/** An observed value over some days, with its source. */
export type Point = { key: string; from: number; to: number; value: number; lo: number | null; hi: number | null; fact: Observed };

/** A Chart over weeks. Values are in base units; scale is what they are divided by on screen. */
export type Chart = {
  id: string;
  title: string;
  unit: string; // as a person reads it, with the scale: "Rp billion a week"
  scale: Scale;
  weeks: Weeks;
  lines: Line[];
  marks: Mark[];
  shades: Shade[];
  points: Point[];
  zero: boolean; // amounts start at zero
  difference?: boolean; // a thick zero line, and signs before numbers
  range?: 'runs' | 'mean'; // what bands are: spread of runs, or how sure the average is
  badge: Badge;
  source: string;
  top?: number; // the axis goes up to this at least, where panels share a scale
  glossary: string; // entry that explains the title
  note?: string;
};

/** value is a line's value in a week, in the units of the axis. */
export const scaled = (v: number | null | undefined, c: Chart) => (v === null || v === undefined ? null : v / c.scale.by);

/** bounds are all values that the axis has to hold. */
export function values(c: Chart, singles: boolean): Values[] {
  return [
    ...c.lines.flatMap((l) => [l.mid, ...(l.most ?? []), ...(singles ? (l.runs ?? []) : [])]),
    [c.top ?? null],
    c.points.flatMap((p) => [p.value, p.lo, p.hi]),
  ].map((list) => list.map((v) => scaled(v, c)));
}

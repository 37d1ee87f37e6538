// The geometry that all charts over time share: one x-scale, the same gutters, so that a cursor in one is a cursor in all.
import { iso, ms } from '../format';
import { linear } from './scale';

export type Margins = { top: number; right: number; bottom: number; left: number };

/** A Frame maps moments and values to pixels. */
export type Frame = {
  width: number;
  height: number;
  margins: Margins;
  x: (at: number) => number;
  y: (v: number) => number;
  ticks: number[];
  months: number[];
};

/** The weeks of a run by their first moments, and the first moment of the last week that the axis has room for. */
export type Weeks = { at: number[]; until: number };

/** weeksOf are the weeks of dates; end is the last day of the run, also while it is still being played. */
export const weeksOf = (dates: string[], end = ''): Weeks => {
  const at = dates.map(ms);
  return { at, until: Math.max(at[at.length - 1] ?? 0, end ? ms(end) - 6 * 864e5 : 0) };
};

/** nearest is the week whose point is nearest to a moment. */
export const nearest = (w: Weeks, at: number) => w.at.reduce((best, x, i) => (Math.abs(x - at) < Math.abs(w.at[best]! - at) ? i : best), 0);

/** frame is the geometry for a box of pixels over the weeks, with a y-axis that holds lo and hi. */
export function frame(width: number, height: number, margins: Margins, weeks: Weeks, lo: number, hi: number): Frame {
  const last = weeks.until;
  const first = weeks.at[0] ?? 0;
  const x = linear([first, Math.max(last, first + 1)], [margins.left, width - margins.right]);
  const y = linear([lo, hi > lo ? hi : lo + 1], [height - margins.bottom, margins.top], 5);
  return { width, height, margins, x, y, ticks: y.ticks(height < 200 ? 4 : 5), months: months(first, last, width) };
}

/** extent is the least and largest of lists with gaps, with zero where a chart is of amounts. */
export function extent(lists: (number | null)[][], zero: boolean): [number, number] {
  let lo = Infinity, hi = -Infinity; // by hand: a call takes fewer arguments than there may be values
  for (const v of lists.flat()) {
    if (v === null || !Number.isFinite(v)) continue;
    lo = Math.min(lo, v);
    hi = Math.max(hi, v);
  }
  if (lo > hi) [lo, hi] = [0, 1];
  return zero ? [Math.min(0, lo), Math.max(0, hi)] : [lo, hi];
}

// Quarters, or halves of a year where the axis is too short for them, or years.
function months(first: number, last: number, width: number): number[] {
  const span = (last - first) / 864e5 / 30.4;
  const every = [1, 3, 6, 12, 24].find((m) => span / m <= Math.max(2, width / 58)) ?? 24;
  const out: number[] = [];
  let year = Number(iso(first).slice(0, 4)), m = Number(iso(first).slice(5, 7));
  for (;;) {
    const at = ms(`${year}-${String(m).padStart(2, '0')}-01`);
    if (at > last) return out;
    if (at >= first && (m - 1) % Math.min(every, 12) === 0 && (every < 24 || year % 2 === 0)) out.push(at);
    if (++m > 12) [year, m] = [year + 1, 1];
  }
}

/** spread moves the labels at lines' ends apart, in the order of their lines, within the chart. */
export function spread(ys: number[], gap: number, top: number, bottom: number): number[] {
  const order = ys.map((y, i) => ({ y, i })).sort((a, b) => a.y - b.y || a.i - b.i);
  let at = top - gap;
  for (const o of order) at = o.y = Math.max(o.y, at + gap);
  let most = bottom + gap;
  for (const o of order.toReversed()) most = o.y = Math.min(o.y, most - gap);
  const out: number[] = [];
  for (const o of order) out[o.i] = o.y;
  return out;
}

// The weeks of a run that is still being played, before any run is finished.
import type { Column, Frames, Values } from '../api';

/** Partial is what the first seed that is being played has shown so far. */
export type Partial = { key: string; seed: number; columns: Column[]; dates: string[]; values: Values[] }; // values by week

/** partial adds frames to what came before; only the first seed is followed. */
export function partial(before: Partial | null, key: string, f: Frames): Partial {
  const seed = before?.seed ?? Math.min(...f.frames.map((x) => x.seed));
  const rows = new Map(before?.dates.map((d, i) => [d, before.values[i]!]));
  for (const x of f.frames) if (x.seed === seed) rows.set(x.week, x.values);
  const dates = [...rows.keys()].sort();
  return { key, seed, columns: f.columns?.length ? f.columns : (before?.columns ?? []), dates, values: dates.map((d) => rows.get(d)!) };
}

// The effect at a point: B less A of one outcome, with its range.
import type { Headline, Outcome } from '../api';
import { signed } from '../format';
import { lang } from '../strings';
import { found, type Point } from './study';

/** An Effect in per cent of the base, or in percentage points where the outcome is a share. */
export type Effect = { mid: number; lo: number; hi: number; clear: boolean };

/** effectOf is the effect at a point, null where it was not played, failed, or is withheld. */
export function effectOf(p: Point | undefined, o: Outcome): Effect | null {
  const f = p && found.value.get(p.id);
  const h = f && 'headlines' in f ? f.headlines.find((x) => x.outcome === o.name) : undefined;
  return h ? ofHeadline(h) : null;
}

export function ofHeadline(h: Headline): Effect | null {
  const [mid, lo, hi] = h.unit === 'share' ? [h.diff, h.lo, h.hi] : [h.relative, h.relative_lo, h.relative_hi];
  if (mid === null || lo === null || hi === null) return null;
  return { mid: mid * 100, lo: lo * 100, hi: hi * 100, clear: h.verdict === 'clear' || h.verdict === 'depends' };
}

/** percent is an effect as text. */
export const percent = (v: number) => `${signed(v, lang.value, 1)}%`;

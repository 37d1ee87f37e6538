// Small multiples of two worlds, and their difference.
import type { Comparison, Scenario, Series, Status } from '../api';
import { weeksOf } from '../chart/frame';
import type { Chart, Line } from '../chart/model';
import { axisOf } from '../chart/units';
import { columnsOf, largestOf, marksOf, nameOf, shadesOf, sourceOf } from '../run/charts';
import { outcomeName } from '../run/headlines';
import { views } from '../run/views';
import { meta } from '../state';
import { t } from '../strings';
import { baseStyle, styleOf, worldStyle } from '../tokens';

/** panels are one chart a platform: A grey and dashed without a band, B solid with bands. */
export function panels(b: Series, a: Series, status: Status, scenario: Scenario | null, same: boolean): Chart[] {
  const v = views[0]!;
  const own = columnsOf(v, b.columns), base = columnsOf(v, a.columns);
  const top = largestOf(own.map((c) => c.p95 ?? c.p50));
  return own.map((c, i): Chart => {
    const before = base.find((x) => x.key === c.key);
    const style = { ...styleOf(c.key, i), dash: '' };
    const lines: Line[] = [{ key: c.key, name: 'B', style, mid: c.p50, half: c.p25 && c.p75 ? [c.p25, c.p75] : undefined, most: c.p05 && c.p95 ? [c.p05, c.p95] : undefined, runs: c.runs }];
    if (before) lines.push({ key: c.key, name: 'A', style: baseStyle, mid: before.p50, of: 'base' });
    const largest = same ? top : largestOf(lines.map((l) => l.most?.[1] ?? l.mid));
    return {
      id: `levels-${c.key}`, title: nameOf(c, meta.value!), ...axisOf(c.unit, largest), weeks: weeksOf(b.dates), lines, marks: marksOf(scenario), shades: shadesOf(scenario, status),
      points: [], zero: true, range: 'runs', badge: 'simulated', source: sourceOf(status), glossary: v.glossary, ...(same ? { top } : {}),
    };
  });
}

/** differences are one chart an outcome: B less A with the 95% range of the average. */
export function differences(c: Comparison, status: Status, scenario: Scenario | null): Chart[] {
  return c.headlines.flatMap((h): Chart[] => {
    const w = c.weekly.find((x) => x.metric === h.metric && x.by === h.by && x.key === h.key);
    if (!w || h.withheld) return [];
    const axis = axisOf(w.unit, largestOf([w.lo, w.hi, w.diff]));
    return [{
      id: `difference-${h.outcome}`, title: outcomeName(h), ...axis, unit: `B − A, ${axis.unit}`, weeks: weeksOf(c.dates),
      lines: [{ key: h.outcome, name: 'B − A', style: worldStyle, mid: w.diff, most: [w.lo, w.hi] }], marks: marksOf(scenario), shades: shadesOf(scenario, status),
      points: [], zero: true, difference: true, range: 'mean', badge: 'simulated', source: sourceOf(status), glossary: 'difference',
      note: t('compare.keyMean', { level: Math.round(c.level * 100) }),
    }];
  });
}

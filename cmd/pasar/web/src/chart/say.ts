// Charts in words: for a screen reader, and for all who would rather read.
import { day } from '../format';
import { lang, t } from '../strings';
import { shown } from './card';
import type { Chart } from './model';

/** valueText is the week under the cursor in words. */
export function valueText(c: Chart, i: number): string {
  const at = c.weeks.at[i];
  if (at === undefined) return t('chart.empty');
  return `${t('chart.weekOf', { day: day(at, lang.value) })}. ${c.lines.map((l) => `${l.name} ${shown(l.mid[i], c)}`).join('; ')}.`;
}

/** summary says where each line begins, ends and peaks, and what it did over each event. */
export function summary(c: Chart): string {
  const out: string[] = [];
  for (const l of c.lines) {
    const there = l.mid.flatMap((v, i) => (v === null ? [] : [i]));
    const first = there[0], last = there[there.length - 1];
    if (first === undefined || last === undefined) continue;
    const peak = there.reduce((a, b) => (l.mid[b]! > l.mid[a]! ? b : a), first);
    out.push(t('chart.said', {
      name: l.name, first: shown(l.mid[first], c), last: shown(l.mid[last], c), peak: shown(l.mid[peak], c), when: day(c.weeks.at[peak]!, lang.value),
    }));
  }
  for (const m of c.marks) {
    const i = c.weeks.at.findIndex((at) => at + 7 * 864e5 > m.at);
    if (i < 1) continue;
    const from = Math.max(0, i - 1), to = Math.min(c.weeks.at.length - 1, i + 4);
    const moves = c.lines.filter((l) => l.of !== 'base').map((l) => `${l.name} ${shown(l.mid[from], c)} → ${shown(l.mid[to], c)}`);
    out.push(t('chart.saidMark', { n: m.n, text: m.text, day: day(m.at, lang.value), moves: moves.join('; ') }));
  }
  return out.join(' ');
}

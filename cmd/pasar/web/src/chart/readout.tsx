// What the cursor stands on, fixed under the chart; it is also the key of lines where these have no labels.
import { day, range } from '../format';
import { week } from '../state';
import { lang, t } from '../strings';
import { shown } from './card';
import type { Chart, Line } from './model';

/** ReadOut lists the values of the cursor's week. */
export function ReadOut({ chart: c }: { chart: Chart }) {
  const i = week.value ?? c.weeks.at.length - 1;
  const at = c.weeks.at[i];
  if (at === undefined) return null;
  const points = c.points.filter((p) => p.from < at + 7 * 864e5 && p.to > at);
  return (
    <p class="readout">
      <b>{t('chart.weekOf', { day: day(at, lang.value) })}</b>
      {c.lines.map((l) => (
        <span key={l.key + (l.of ?? '')}>
          <Swatch line={l} /> {l.name} <b>{shown(l.mid[i], c)}</b>
          {l.most && l.most[0][i] != null && <small> {range(shown(l.most[0][i], c), shown(l.most[1][i], c), lang.value)}</small>}
        </span>
      ))}
      {points.map((p) => (
        <span key={p.fact.id + p.key}>◇ {t('chart.observed')} <b>{shown(p.value, c)}</b> <small>{p.fact.source}</small></span>
      ))}
    </p>
  );
}

// Swatch is a line's colour and dash.
function Swatch({ line: l }: { line: Line }) {
  const w = 20;
  return (
    <svg class="swatch" width={w} height="10" viewBox={`0 0 ${w} 10`} aria-hidden="true">
      <line x1="0" x2={w} y1="5" y2="5" stroke={l.style.colour} stroke-width="3" stroke-dasharray={l.style.dash || undefined} />
    </svg>
  );
}

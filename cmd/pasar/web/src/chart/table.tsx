// The table twin of a chart: every number that it draws.
import { useEffect, useRef } from 'preact/hooks';
import { day } from '../format';
import { week } from '../state';
import { lang, t } from '../strings';
import { shown } from './card';
import type { Chart } from './model';

/** Table shows a chart's weeks as rows; the cursor's week is marked. */
export function Table({ chart: c }: { chart: Chart }) {
  const now = week.value ?? c.weeks.at.length - 1;
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const row = box.current?.querySelector<HTMLElement>('tr[aria-current]');
    if (row && box.current) box.current.scrollTop = row.offsetTop - 120;
  }, []);
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={c.title} ref={box}>
      <table>
        <caption>{c.title}, {c.unit}. {c.lines.some((l) => l.most) ? t(c.range === 'mean' ? 'chart.tableMean' : 'chart.tableRuns') : ''}</caption>
        <thead><tr><th scope="col">{t('chart.week')}</th>{c.lines.map((l) => <th scope="col" key={l.key + (l.of ?? '')}>{l.name}</th>)}</tr></thead>
        <tbody>
          {c.weeks.at.map((at, i) => (
            <tr key={at} aria-current={i === now ? 'true' : undefined}>
              <th scope="row">{day(at, lang.value)}</th>
              {c.lines.map((l) => (
                <td key={l.key + (l.of ?? '')}>
                  {shown(l.mid[i], c)}
                  {l.most && l.most[0][i] != null && <small> ({shown(l.most[0][i], c)}–{shown(l.most[1][i], c)})</small>}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

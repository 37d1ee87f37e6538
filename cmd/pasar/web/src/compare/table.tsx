// What changed: levels beside differences, ranges, and a word and a shape for whether it is clear.
import type { ComponentChild } from 'preact';
import { useState } from 'preact/hooks';
import type { Comparison, Difference, Effect, Headline, Period, Why } from '../api';
import { reportOf } from '../api';
import { amount } from '../chart/units';
import { day } from '../format';
import { Explain } from '../parts/explain';
import { difference, interval, outcomeName } from '../run/headlines';
import { meta } from '../state';
import { lang, said, t } from '../strings';
import { nameOf } from '../run/charts';
import { Asking, Goes, useWhy } from './why';

/** Changes is the table of outcomes over a period. */
export function Changes({ c }: { c: Comparison }) {
  const [period, choose] = useState<Period>('since');
  const [parts, setParts] = useState(false);
  const asked = useWhy(c);
  const why = period === 'since' && asked.why && asked.why.state !== 'absent' ? asked.why : null;
  const there = c.periods.filter((p, i) => c.periods.findIndex((x) => x.name === p.name) === i);
  const now = there.find((p) => p.name === period) ?? there[0];
  return (
    <section class="card changes" aria-labelledby="changed">
      <div class="row">
        <h2 id="changed">{t('compare.changed')}</h2> <Explain entry="clear" title={t('compare.changed')} />
        <label>{t('compare.when')} <select value={period} onChange={(e) => choose(e.currentTarget.value as Period)}>{there.map((p) => <option key={p.name} value={p.name}>{t(`period.${p.name}`)}</option>)}</select></label>
      </div>
      {now && <p class="quiet">{day(now.from, lang.value)} – {day(now.to, lang.value)}</p>}
      <div class="wrap" tabIndex={0} role="region" aria-label={t('chart.table')}>
        <table role="table">
          <thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">{t('compare.outcome')}</th>{heads().slice(0, why ? 6 : 5).map((h) => <th role="columnheader" scope="col" key={h}>{h}</th>)}</tr></thead>
          <tbody role="rowgroup">{c.headlines.map((h) => <Rows key={h.outcome} c={c} h={h} period={period} parts={parts} why={why} />)}</tbody>
        </table>
      </div>
      <p class="quiet">{t('compare.note', { n: c.seeds.length })}{c.headlines.some((h) => h.fitted) && ` ${t('compare.fitted')}`}{!c.checked && ` ${t('compare.unchecked')}`}</p>
      <Asking {...asked} />
      <p class="tools">
        <label><input type="checkbox" checked={parts} onChange={(e) => setParts(e.currentTarget.checked)} /> {t('compare.parts')}</label>
        <a class="button" href={`/api/compare.csv?a=${c.a.key}&b=${c.b.key}`} download="compare.csv">CSV</a>
        <a class="button" href={reportOf(c.a.key, c.b.key)}>{t('nav.report')}</a>
      </p>
    </section>
  );
}

function Rows({ c, h, period, parts, why }: { c: Comparison; h: Headline; period: Period; parts: boolean; why: Why | null }) {
  const of = c.effects.filter((e) => e.outcome === h.outcome && e.period === period);
  const main = of.find((e) => e.metric === h.metric && e.by === h.by && e.key === h.key);
  return (
    <>
      <Row name={outcomeName(h)} d={period === 'since' ? h : (main ?? h)} withheld={h.withheld ? said(h.withheld) : ''} verdict={period === 'since' ? h.verdict : null} fitted={h.fitted} goes={why && <Goes why={why} outcome={h.outcome} />} />
      {parts && !h.withheld && of.filter((e) => e !== main).map((e) => <Row key={e.metric + e.by + e.key} sub name={partName(e)} d={e} withheld="" verdict={null} goes={why && ''} />)}
    </>
  );
}

// Where there is no room for columns each cell says what it is. Roles are written out, since a table that is laid out as a grid has none for a screen reader.
const heads = () => ['A', 'B', 'B − A', t('compare.average'), t('compare.clear'), t('why.head')];

// On charts Bukalapak and Blibli are one line; here each is by itself.
const partName = (e: Effect) => said(meta.value!.channels.find((x) => x.key === e.key)?.name) || nameOf({ metric: e.metric, by: e.by, key: e.key, unit: e.unit }, meta.value!);

type RowProps = { name: string; d: Difference; withheld: string; verdict: Headline['verdict'] | null; fitted?: boolean; sub?: boolean; goes?: ComponentChild };

function Row({ name, d, withheld, verdict, fitted, sub, goes }: RowProps) {
  const level = (v: number | null) => (v === null ? '–' : amount(v, d.unit));
  const cells: ComponentChild[] = [
    level(d.base), level(d.other), difference(d), interval(d) ?? '–',
    verdict === 'clear' ? <b>● {t('compare.yes')}</b> : verdict === 'not clear' ? `○ ${t('run.notClear')}` : verdict === 'the same' ? `= ${t('run.same')}` : verdict === 'depends' ? `◐ ${t('run.depends')}` : t('compare.notJudged'),
  ];
  if (goes != null) cells.push(goes);
  if (withheld) return <tr role="row"><th role="rowheader" scope="row">{name}</th><td role="cell" colSpan={6} class="words">{withheld}</td></tr>;
  return (
    <tr role="row" class={(sub ? 'sub ' : '') + (d.few ? 'few' : '')}>
      <th role="rowheader" scope="row">{name}{fitted && ' †'}{d.few && <small> {t('run.few')}</small>}</th>
      {cells.map((x, i) => <td role="cell" key={i} data-head={x ? heads()[i] : undefined} class={i > 3 ? 'words' : ''}>{x}</td>)}
    </tr>
  );
}

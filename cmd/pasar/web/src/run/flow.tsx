// Who pays whom, and where the goods go, in the week under the cursor.
import { useMemo, useRef, useState } from 'preact/hooks';
import type { FlowLink, FlowNode, Flows, Scenario } from '../api';
import { layout, scaleOf, together, type Box } from '../chart/flow';
import { narrow, useWidth } from '../chart/measure';
import { groups, shopOrder } from './charts';
import { spread } from '../chart/frame';
import { unitWords } from '../chart/units';
import { day, num, scaleOf as numberScale, unitText } from '../format';
import { Explain } from '../parts/explain';
import { predicting, week } from '../state';
import { lang, said, t } from '../strings';
import { platforms } from '../tokens';
import { result, stale } from './live';

const colour = (id: string) => platforms[id]?.colour ?? '#5b6770';

/** FlowCard is the flow with its switch and its table. */
export function FlowCard(_: { scenario: Scenario | null }) {
  const flows = predicting.value ? null : result.value?.flows;
  const [what, choose] = useState<'money' | 'goods'>('money');
  const [table, setTable] = useState(false);
  const title = t(what === 'money' ? 'run.flow' : 'run.flowGoods');
  return (
    <section class={'card flow' + (stale.value ? ' stale' : '')} aria-labelledby="flow">
      <header>
        <div class="title"><h2 id="flow">{title}</h2> <Explain entry="flow" title={title} /></div>
        <div class="tools">
          {(['money', 'goods'] as const).map((w) => <button key={w} type="button" aria-pressed={what === w} onClick={() => choose(w)}>{t(`run.${w}`)}</button>)}
          <button type="button" aria-pressed={table} onClick={() => setTable(!table)}>{t(table ? 'chart.chart' : 'chart.table')}</button>
        </div>
      </header>
      {flows && flows.dates.length > 0 ? <Drawn flows={flows} what={what} table={table} title={title} /> : <div class="blank" />}
    </section>
  );
}

// Small shops and sales outside platforms are drawn together, as in the charts; what never carries anything is left out.
function gathered(flows: Flows, what: 'money' | 'goods'): [FlowNode[], FlowLink[]] {
  const name = (n: FlowNode): FlowNode => (n.id === 'bukalapak' ? { ...n, name: same(t('key.smallShops')) } : n);
  const all = flows.nodes.filter((n) => !(n.id in groups)).map(name).concat({ id: 'direct', column: 1, name: same(t('key.directShort')) })
    .map((n) => (what === 'goods' && n.id === 'buyers' ? { ...n, column: 2 } : n)) // goods go to buyers
    .sort((a, b) => shopOrder.indexOf(a.id) - shopOrder.indexOf(b.id));
  const links = together(all, flows[what], groups);
  return [all.filter((n) => links.some((l) => (l.from === n.id || l.to === n.id) && l.values.some((v) => v > 0))), links];
}

const same = (s: string) => ({ en: s, id: s });

function Drawn({ flows, what, table, title }: { flows: Flows; what: 'money' | 'goods'; table: boolean; title: string }) {
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box) || 320;
  const i = Math.min(week.value ?? flows.dates.length - 1, flows.dates.length - 1);
  const [nodes, links] = useMemo(() => gathered(flows, what), [flows, what, lang.value]);
  const b: Box = { width, height: 330, left: 0, right: 0, bar: 10, gap: 14 };
  const scale = useMemo(() => scaleOf(nodes, links, flows.dates.length, b), [nodes, links, width]);
  const l = layout(nodes, links, i, scale, b);
  const most = Math.max(...l.nodes.map((n) => n.value), 1);
  const s = numberScale(most, lang.value);
  const value = (v: number) => num(v / s.by, most / s.by < 10 ? 2 : most / s.by < 100 ? 1 : 0, lang.value);
  const unit = unitText(unitWords('IDR/week'), s);
  const caption = t(what === 'money' ? 'run.flowUnit' : 'run.goodsUnit', { unit, day: day(flows.dates[i]!, lang.value) });
  const name = (id: string) => said(nodes.find((n) => n.id === id)?.name);
  const ys = [0, 1, 2].flatMap((column) => {
    const own = l.nodes.filter((n) => n.node.column === column);
    const at = spread(own.map((n) => n.y + n.height / 2), 27, 10, b.height + 10);
    return own.map((n, k) => ({ n, y: at[k]! }));
  });
  return (
    <div ref={box}>
      <p class="unit">{caption}</p>
      {table ? (
        <div class="scroll" tabIndex={0} role="region" aria-label={title}>
          <table><caption>{title}: {caption}</caption>
            <thead><tr><th scope="col">{t('flow.from')}</th><th scope="col">{t('flow.to')}</th><th scope="col">{unit}</th></tr></thead>
            <tbody>{l.ribbons.map((r) => <tr key={r.link.from + r.link.to}><th scope="row">{name(r.link.from)}</th><td>{name(r.link.to)}</td><td>{value(r.value)}</td></tr>)}</tbody>
          </table>
        </div>
      ) : (
        <svg width={width} height={b.height + 24} viewBox={`0 -10 ${width} ${b.height + 24}`} role="img" aria-label={`${title}, ${caption}. ${l.nodes.map((n) => `${said(n.node.name)} ${value(n.value)}`).join('; ')}`} font-size={narrow(width) ? 12 : 12.5}>
          {l.ribbons.map((r) => <path key={r.link.from + r.link.to} d={r.path} fill={colour(r.via)} opacity="0.32"><title>{`${name(r.link.from)} → ${name(r.link.to)}: ${value(r.value)}`}</title></path>)}
          {l.nodes.map((n) => <rect key={n.node.id} x={n.x} y={n.y} width={b.bar} height={Math.max(1, n.height)} fill={n.node.column === 1 ? colour(n.node.id) : '#1f2328'} />)}
          {ys.map(({ n, y }) => {
            const c = n.node.column;
            if (n.value < most / 250) return null; // the table has it
            const x = c === 2 ? n.x - 5 : n.x + b.bar + 5;
            return (
              <text key={n.node.id} x={x} y={y} text-anchor={c === 2 ? 'end' : 'start'} class="halo">
                <tspan x={x} dy="-0.15em">{said(n.node.name)}</tspan><tspan x={x} dy="1.1em" font-weight="700">{value(n.value)}</tspan>
              </text>
            );
          })}
        </svg>
      )}
      {what === 'money' && <p class="quiet">{t('run.balance', { value: value(l.balance) })}</p>}
    </div>
  );
}

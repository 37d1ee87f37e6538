// What matters most: each lever from its lowest to its highest, the others as they are, widest first.
import type { Lever, Outcome } from '../api';
import { useRef } from 'preact/hooks';
import { textWidth, useWidth } from '../chart/measure';
import { linear } from '../chart/scale';
import { range, signed } from '../format';
import { outcomeName } from '../run/headlines';
import { nameOf, say } from '../run/levers';
import { link } from '../state';
import { lang, t } from '../strings';
import { effectOf, percent, type Effect } from './effect';
import { playing, type Point } from './study';

/** Tornado draws the ends of levers; points are as study.ends gives them. */
export function Tornado({ levers, points, outcome }: { levers: Lever[]; points: Point[]; outcome: Outcome }) {
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box) || 700;
  const centre = effectOf(points[0], outcome);
  const rows = levers.map((lever, i) => ({ lever, low: effectOf(points[1 + 2 * i], outcome), high: effectOf(points[2 + 2 * i], outcome) }))
    .sort((a, b) => reach(b.low, b.high, centre) - reach(a.low, a.high, centre));
  const all = [centre, ...rows.flatMap((r) => [r.low, r.high])].filter((e): e is Effect => !!e);
  const slim = width < 560;
  const most = slim ? width - 16 : width * 0.34, names = rows.map((r) => lines(nameOf(r.lever), most));
  const tall = slim && names.some((n) => n.length > 1) ? 20 : 0;
  const left = slim ? 30 : Math.max(0, ...names.flat().map(bold)) + 24, right = 30, step = (slim ? 88 : 56) + tall;
  const x = linear([Math.min(0, ...all.map((e) => e.lo)), Math.max(0, ...all.map((e) => e.hi))], [left, width - right], 5);
  const height = rows.length * step + 46;
  return (
    <section class="card" aria-labelledby="tornado">
      <h2 id="tornado">{t('sweep.tornado')}: {outcomeName({ outcome: outcome.name, name: outcome.label })}</h2>
      <p class="unit">{t('sweep.unit')} <span class="badge simulated">{t('badge.simulated')}</span></p>
      <div ref={box}>
        {!all.length ? <p class="quiet">{t(playing.value ? 'compare.waiting' : 'sweep.nothing')}</p> : (
          <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={t('sweep.tornado')} font-size="12.5">
            {x.ticks(slim ? 4 : 7).map((v) => <g key={v}><line x1={x(v)} x2={x(v)} y1="8" y2={height - 30} stroke={v === 0 ? '#1f2328' : '#dcdfe2'} stroke-width={v === 0 ? 1.6 : 1} /><text x={x(v)} y={height - 12} text-anchor="middle" fill="#525960">{signed(v, lang.value, Number.isInteger(v) ? 0 : 1)}%</text></g>)}
            {centre && <line x1={x(centre.mid)} x2={x(centre.mid)} y1="8" y2={height - 30} stroke="#14344a" stroke-dasharray="4 3" />}
            {rows.map((r, i) => <Row key={r.lever.path} {...r} name={names[i]!} y={14 + i * step} bar={14 + i * step + (slim ? 34 + tall : 10)} x={x} left={left} slim={slim} centre={centre} />)}
          </svg>
        )}
      </div>
      <p class="quiet">{t('sweep.oneAtATime')}</p>
      {rows.every((r) => r.low && r.high && !apart(r.low, r.high)) && <p><b>{t('sweep.noneClear', { n: link.value.n })}</b></p>}
      <div class="wrap" tabIndex={0} role="region" aria-label={t('chart.table')}>
        <table class="plain">
          <caption class="hidden">{outcomeName({ outcome: outcome.name, name: outcome.label })}, {t('sweep.unit')}</caption>
          <thead><tr><th scope="col">{t('sweep.lever')}</th><th scope="col">{t('sweep.low')}</th><th scope="col">{t('sweep.high')}</th><th scope="col">{t('sweep.moves')}</th></tr></thead>
          <tbody>{rows.map((r) => (
            <tr key={r.lever.path}><th scope="row">{nameOf(r.lever)}</th><td>{say(r.lever.min, r.lever)}: {text(r.low)}</td><td>{say(r.lever.max, r.lever)}: {text(r.high)}</td><td>{verdict(r.low, r.high)}</td></tr>
          ))}</tbody>
        </table>
      </div>
    </section>
  );
}

const reach = (a: Effect | null, b: Effect | null, c: Effect | null) => {
  const mids = [a, b, c].filter((e): e is Effect => !!e).map((e) => e.mid);
  return mids.length ? Math.max(...mids) - Math.min(...mids) : -1;
};
const apart = (a: Effect, b: Effect) => a.hi < b.lo || b.hi < a.lo;
const verdict = (a: Effect | null, b: Effect | null) => (!a || !b ? t('sweep.missing') : apart(a, b) ? `● ${t('compare.yes')}` : `○ ${t('run.notClear')}`);
const text = (e: Effect | null) => (e ? `${percent(e.mid)} (${range(percent(e.lo), percent(e.hi), lang.value)})` : t('sweep.missing'));

// A name takes as many lines as it needs; it is never cut.
const bold = (s: string) => textWidth(s, 12.5, 600);
function lines(name: string, most: number): string[] {
  const out = [''];
  for (const word of name.split(' ')) {
    const now = out.at(-1)!, longer = now ? `${now} ${word}` : word;
    if (now && bold(longer) > most) out.push(word);
    else out[out.length - 1] = longer;
  }
  return out;
}

type RowProps = { lever: Lever; name: string[]; low: Effect | null; high: Effect | null; y: number; bar: number; x: (v: number) => number; left: number; slim: boolean; centre: Effect | null };

function Row({ lever, name, low, high, y, bar, x, left, slim, centre }: RowProps) {
  const mid = centre?.mid ?? 0, at = slim ? 8 : left - 12, top = slim ? y + 14 : y + 25 - (name.length - 1) * 8;
  return (
    <g>
      <text text-anchor={slim ? 'start' : 'end'} font-weight="600" class="halo">{name.map((part, i) => <tspan key={i} x={at} y={top + 16 * i}>{part}</tspan>)}</text>
      {[low, high].map((e, i) => e && (
        <g key={i}>
          <rect x={Math.min(x(mid), x(e.mid))} y={bar} width={Math.max(1, Math.abs(x(e.mid) - x(mid)))} height="22" fill={i ? '#14344a' : '#9db8c7'} opacity="0.85" />
          {['#fff', '#1f2328'].map((colour, k) => <path key={k} d={`M${x(e.lo)} ${bar + 11 + (i ? 5 : -5)}H${x(e.hi)}m0 -4v8M${x(e.lo)} ${bar + 7 + (i ? 5 : -5)}v8`} stroke={colour} stroke-width={3 - 2 * k} fill="none" />)}
          <text x={x(e.mid) + (e.mid >= mid ? 5 : -5)} y={bar + (i ? 36 : -2)} text-anchor={e.mid >= mid ? 'start' : 'end'} font-size="11" fill="#525960" class="halo">{say(i ? lever.max : lever.min, lever)}</text>
        </g>
      ))}
    </g>
  );
}

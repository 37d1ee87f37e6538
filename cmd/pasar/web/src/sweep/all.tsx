// All that was played in this visit: lines over axes, a box of least and most on each axis, and the table of what is left.
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Lever, Outcome } from '../api';
import { useWidth } from '../chart/measure';
import { range } from '../format';
import { outcomeName } from '../run/headlines';
import { nameOf, per, say } from '../run/levers';
import { lang, t } from '../strings';
import { ofHeadline, percent, type Effect } from './effect';
import { found } from './study';

type Row = { values: number[]; effect: Effect };

/** AllRuns lists all points that this visit has played. */
export function AllRuns({ levers, outcome }: { levers: Lever[]; outcome: Outcome }) {
  const [boxes, setBoxes] = useState<Record<string, [number, number]>>({});
  const rows: Row[] = [...found.value].flatMap(([id, f]) => {
    const h = 'headlines' in f ? f.headlines.find((x) => x.outcome === outcome.name) : undefined;
    const effect = h ? ofHeadline(h) : null;
    if (!effect) return [];
    const set = (JSON.parse(id) as [string, string, { path: string; value: string }[]])[2];
    return [{ values: levers.map((l) => Number.parseFloat(set.find((o) => o.path === l.path)?.value ?? String(l.value))), effect }];
  });
  const inside = (r: Row) => levers.every((l, i) => {
    const b = boxes[l.path];
    return !b || (r.values[i]! >= b[0] && r.values[i]! <= b[1]);
  });
  const kept = rows.filter(inside);
  if (!rows.length) return <p class="card">{t('sweep.noRuns')}</p>;
  return (
    <section class="card" aria-labelledby="allruns">
      <h2 id="allruns">{t('sweep.all')}: {outcomeName({ outcome: outcome.name, name: outcome.label })}</h2>
      <Lines levers={levers} rows={rows} inside={inside} />
      <div class="fgrid">
        {levers.map((l) => {
          const b = boxes[l.path] ?? [l.min, l.max];
          const shown = (v: number) => Number((v * per(l)).toFixed(6));
          const field = (i: 0 | 1) => (
            <input type="number" aria-label={t(i ? 'sweep.most' : 'sweep.least', { what: nameOf(l) })} value={shown(b[i])} min={shown(l.min)} max={shown(l.max)} step={shown(l.step)} onChange={(e) => {
              const v = e.currentTarget.valueAsNumber / per(l);
              if (Number.isFinite(v)) setBoxes({ ...boxes, [l.path]: i ? [b[0], v] : [v, b[1]] });
            }} />
          );
          return (
            <fieldset key={l.path} class="minmax"><legend>{nameOf(l)}: {range(say(b[0], l), say(b[1], l), lang.value)}</legend>
              {field(0)}{field(1)} {per(l) > 1 && '%'}
            </fieldset>
          );
        })}
      </div>
      <div class="scroll" tabIndex={0} role="region" aria-label={t('sweep.all')}>
        <table>
          <caption>{t('sweep.kept', { n: kept.length, of: rows.length })}</caption>
          <thead><tr>{levers.map((l, i) => <th scope="col" key={l.path}>{i + 1} <span class="name">{nameOf(l)}</span></th>)}<th scope="col">B − A</th><th scope="col">{t('compare.average')}</th></tr></thead>
          <tbody>{kept.map((r, i) => <tr key={i}>{r.values.map((v, j) => <td key={j}>{say(v, levers[j]!)}</td>)}<td>{percent(r.effect.mid)}</td><td>{range(percent(r.effect.lo), percent(r.effect.hi), lang.value)}</td></tr>)}</tbody>
        </table>
      </div>
    </section>
  );
}

// Lines are on a canvas, which stays quick with thousands of runs; the table beside it says the same.
function Lines({ levers, rows, inside }: { levers: Lever[]; rows: Row[]; inside: (r: Row) => boolean }) {
  const box = useRef<HTMLDivElement>(null), canvas = useRef<HTMLCanvasElement>(null);
  const width = useWidth(box) || 600, height = 250, top = 44, foot = 26; // of the axes
  useEffect(() => {
    const pen = canvas.current?.getContext('2d');
    if (!pen) return;
    const ratio = devicePixelRatio || 1;
    [canvas.current!.width, canvas.current!.height] = [width * ratio, height * ratio];
    pen.scale(ratio, ratio);
    const lo = Math.min(...rows.map((r) => r.effect.mid)), hi = Math.max(...rows.map((r) => r.effect.mid));
    const x = (i: number) => 24 + (i * (width - 56)) / levers.length;
    const y = (v: number, a: number, b: number) => height - foot - ((v - a) / Math.max(1e-9, b - a)) * (height - top - foot);
    pen.strokeStyle = '#8b9198';
    for (let i = 0; i <= levers.length; i++) pen.strokeRect(x(i), top, 0.5, height - top - foot);
    for (const pass of [false, true]) {
      pen.strokeStyle = pass ? 'rgba(20,52,74,.7)' : 'rgba(120,126,133,.22)';
      pen.beginPath();
      for (const r of rows.filter((row) => inside(row) === pass)) {
        r.values.forEach((v, i) => pen[i ? 'lineTo' : 'moveTo'](x(i), y(v, levers[i]!.min, levers[i]!.max)));
        pen.lineTo(x(levers.length), y(r.effect.mid, lo, hi));
      }
      pen.stroke();
    }
    pen.fillStyle = '#525960';
    pen.font = `${x(1) - x(0) < 42 ? 9.5 : 12}px system-ui`;
    pen.textAlign = 'center';
    const axis = (i: number, name: string, least: string, most: string) => [name, most, least].forEach((text, k) => pen.fillText(text, x(i), [14, top - 8, height - 8][k]!));
    levers.forEach((l, i) => axis(i, String(i + 1), say(l.min, l), say(l.max, l)));
    axis(levers.length, 'B − A', percent(lo), percent(hi));
  });
  return (
    <div ref={box}>
      <canvas ref={canvas} style={{ width: `${width}px`, height: `${height}px` }} aria-hidden="true" />
      <p class="quiet">{levers.map((l, i) => `${i + 1} ${nameOf(l)}`).join(' · ')}</p>
    </div>
  );
}

// Two levers together: a grid of points. Arrow keys move in it; Enter opens the point as a run.
import { useState } from 'preact/hooks';
import type { Lever, Outcome, Scenario } from '../api';
import { range } from '../format';
import { outcomeName } from '../run/headlines';
import { nameOf, say } from '../run/levers';
import { go } from '../state';
import { lang, t } from '../strings';
import { effectOf, percent } from './effect';
import { found, type Point } from './study';

/** shade is blue above zero and brown below, the darker the further (-1 to 1); both are as light as each other, and black letters can be read on all. */
export const shade = (v: number) => `color-mix(in srgb, ${v < 0 ? '#cc8a4a' : '#6a9dc0'} ${Math.round(Math.abs(v) * 100)}%, #f8f8f7)`;

type Props = { x: Lever; y: Lever; points: Point[]; steps: number; outcome: Outcome; scenario: Scenario };

/** Heat is the map; the row of the highest y is on top. */
export function Heat({ x, y, points, steps, outcome }: Props) {
  const [at, move] = useState(0);
  const effects = points.map((p) => effectOf(p, outcome));
  const most = Math.max(1e-9, ...effects.map((e) => Math.abs(e?.mid ?? 0)));
  const near = (v: Lever, value: number | undefined) => value !== undefined && Math.abs(value - v.value) <= (v.max - v.min) / (steps - 1) / 2;
  const key = (e: KeyboardEvent) => {
    const c = at % steps, r = Math.floor(at / steps);
    const to = { ArrowLeft: [c - 1, r], ArrowRight: [c + 1, r], ArrowUp: [c, r + 1], ArrowDown: [c, r - 1] }[e.key];
    if (!to) return;
    e.preventDefault();
    const next = Math.max(0, Math.min(steps - 1, to[1]!)) * steps + Math.max(0, Math.min(steps - 1, to[0]!));
    move(next);
    (e.currentTarget as HTMLElement).querySelector<HTMLElement>(`[data-at="${next}"]`)?.focus();
  };
  // where the sign changes towards the next cell a line runs, since in grey the two colours are one
  const loses = (k: number) => percent(effects[k]!.mid).startsWith('−');
  const turns = (k: number, next: number, name: string) => (effects[k] && effects[next] && loses(k) !== loses(next) ? name : '');
  const rows = Array.from({ length: steps }, (_, i) => steps - 1 - i);
  return (
    <section class="card" aria-labelledby="heat">
      <h2 id="heat">{t('sweep.heat')}: {outcomeName({ outcome: outcome.name, name: outcome.label })}</h2>
      <p class="unit">{t('sweep.unit')} <span class="badge simulated">{t('badge.simulated')}</span></p>
      <p class="axis">{nameOf(y)} ↑</p>
      <div class="wrap">
        <table class="heat" role="grid" aria-labelledby="heat" onKeyDown={key}>
          <thead><tr><th scope="col"><span class="hidden">{nameOf(y)}</span></th>{Array.from({ length: steps }, (_, c) => <th scope="col" key={c}>{say(points[c]?.values[x.path] ?? 0, x)}</th>)}</tr></thead>
          <tbody>
            {rows.map((r) => (
              <tr key={r}>
                <th scope="row">{say(points[r * steps]?.values[y.path] ?? 0, y)}</th>
                {Array.from({ length: steps }, (_, c) => {
                  const k = r * steps + c, e = effects[k], p = points[k]!, f = found.value.get(p.id);
                  const here = near(x, p.values[x.path]) && near(y, p.values[y.path]);
                  const words = e ? `${percent(e.mid)} (${range(percent(e.lo), percent(e.hi), lang.value)})${e.clear ? '' : `, ${t('run.notClear')}`}` : f && 'failed' in f ? t('sweep.failedPoint') : t('sweep.missing');
                  return (
                    <td key={c} class={`${c + 1 < steps ? turns(k, k + 1, 'turn-x ') : ''}${turns(k, k + steps, 'turn-y')}`}>
                      <button type="button" data-at={k} tabIndex={k === at ? 0 : -1} onFocus={() => move(k)} onClick={() => go({ screen: 'run', world: p.world, base: p.base, page: '', week: '', outcomes: [] })}
                        class={'cell' + (e ? (e.clear ? '' : ' unclear') : ' none')} style={e ? { backgroundColor: shade(e.mid / most), color: '#1f2328' } : undefined}
                        title={words} aria-label={`${nameOf(x)} ${say(p.values[x.path] ?? 0, x)}, ${nameOf(y)} ${say(p.values[y.path] ?? 0, y)}: ${words}. ${t('sweep.open')}`}>
                        <span>{here && '● '}{e ? percent(e.mid) : f && 'failed' in f ? '✗' : '·'}</span>
                      </button>
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
        <p class="axis x">{nameOf(x)} →</p>
      </div>
      <p class="quiet">{t('sweep.heatKey')}</p>
    </section>
  );
}

// Many settings at once: which lever matters most, two levers together, and all that was played.
import { useEffect, useState } from 'preact/hooks';
import type { Lever } from '../api';
import { num } from '../format';
import { Explain } from '../parts/explain';
import { Pills } from '../parts/pills';
import { outcomeName } from '../run/headlines';
import { nameOf } from '../run/levers';
import { useLimits } from '../run/limits';
import { Size } from '../run/size';
import { useScenario } from '../run/scenario';
import { Worlds } from '../parts/worlds';
import { keep, link, meta } from '../state';
import { lang, t } from '../strings';
import { AllRuns } from './all';
import { Heat } from './heat';
import { ends, found, grid, halt, play, playing, share, type Point } from './study';
import { Studies, studiesPage } from './studies';
import { Tornado } from './tornado';

const ways = ['tornado', 'heat', 'all', studiesPage] as const;
const steps = 5;

/** SweepScreen plans, plays and shows a study. */
export function SweepScreen() {
  const l = link.value;
  useLimits();
  const s = useScenario(l.world);
  const way = ways.find((w) => w === l.page.split('.')[0]) ?? 'tornado';
  const levers = s?.levers.slice(0, 6) ?? [];
  const [xPath, setX] = useState('');
  const [yPath, setY] = useState('');
  const x = levers.find((v) => v.path === xPath) ?? levers[0], y = levers.find((v) => v.path === yPath && v !== x) ?? levers.find((v) => v !== x);
  const points: Point[] = way === 'heat' && x && y ? grid(l, x, y, steps) : ends(l, levers);
  const outcomes = meta.value!.outcomes.filter((o) => s?.outcomes.includes(o.name) ?? o.name === 'gmv');
  const outcome = outcomes.find((o) => o.name === l.outcomes[0]) ?? outcomes[0];
  useEffect(() => () => void halt(), []);
  return (
    <>
      <div class="heading">
        <div class="row"><h1>{t('sweep.title')}</h1> <Explain entry="sweep" title={t('sweep.title')} /></div>
        <p class="lead">{t('sweep.lead')}</p>
        {way !== studiesPage && <div class="sides">
          <label>{t('sweep.world')} <Worlds side="world" /></label>
          <label>{t('run.outcome')} <select value={outcome?.name ?? ''} onChange={(e) => keep({ outcomes: [e.currentTarget.value] })}>{outcomes.map((o) => <option key={o.name} value={o.name}>{outcomeName({ outcome: o.name, name: o.label })}</option>)}</select></label>
        </div>}
        {way !== studiesPage && <Pills pairs />}
        <fieldset class="ways"><legend class="hidden">{t('sweep.way')}</legend>
          {ways.map((w) => <label key={w}><input type="radio" name="way" checked={way === w} onChange={() => keep({ page: w })} /> {t(`sweep.${w}`)}</label>)}
        </fieldset>
      </div>
      {way === 'heat' && (
        <div class="sides">
          <Choose label={t('sweep.x')} levers={levers} value={x} choose={setX} /><Choose label={t('sweep.y')} levers={levers.filter((v) => v !== x)} value={y} choose={setY} />
        </div>
      )}
      {s && way !== studiesPage && (levers.length < (way === 'heat' ? 2 : 1) ? <p class="card">{t('run.leversNone')}</p> : way !== 'all' && <Plan points={points} />)}
      <div class="stack">
        {s && outcome && way === 'tornado' && <Tornado levers={levers} points={points} outcome={outcome} />}
        {s && outcome && way === 'heat' && x && y && <Heat x={x} y={y} points={points} steps={steps} outcome={outcome} scenario={s} />}
        {s && outcome && way === 'all' && <AllRuns levers={levers} outcome={outcome} />}
        {way === studiesPage ? <Studies chosen={l.page.slice(studiesPage.length + 1)} /> : <Size />}
        <p class="card quiet">{t('sweep.command')} <code>pasar sweep</code></p>
      </div>
    </>
  );
}

function Choose({ label, levers, value, choose }: { label: string; levers: Lever[]; value: Lever | undefined; choose: (path: string) => void }) {
  return <label>{label} <select value={value?.path ?? ''} onChange={(e) => choose(e.currentTarget.value)}>{levers.map((v) => <option key={v.path} value={v.path}>{nameOf(v)}</option>)}</select></label>;
}

// Plan says how much is to be played, and starts, watches and stops it.
function Plan({ points }: { points: Point[] }) {
  const l = link.value;
  const known = points.map((p) => found.value.get(p.id));
  const done = known.filter((f) => f && 'headlines' in f).length, failed = known.filter((f) => f && 'failed' in f).length;
  const on = playing.value !== null;
  return (
    <section class="card plan" aria-label={t('sweep.plan')}>
      <span role="status">{t('sweep.points', { done, of: points.length })}{failed > 0 && ` · ${t('sweep.failed', { n: failed })}`}</span>
      <progress max={points.length} value={done + (on ? share.value : 0)} aria-label={t('sweep.plan')} />
      <span class="quiet">{t('sweep.size', { pairs: num(points.length * l.n, 0, lang.value), buyers: num(l.buyers, 0, lang.value) })}</span>
      {on ? <button type="button" onClick={() => void halt()}>{t('state.stop')}</button>
        : done < points.length && <button type="button" class="main" onClick={() => void play(l, points)}>{t(done > 0 ? 'sweep.resume' : 'sweep.start')}</button>}
      {failed > 0 && <details><summary>{t('sweep.failed', { n: failed })}</summary><ul>{known.flatMap((f, i) => (f && 'failed' in f ? [<li key={i}><code>{points[i]!.world.set.map((o) => `${o.path}=${o.value}`).join(' ')}</code>: {f.failed}</li>] : []))}</ul></details>}
    </section>
  );
}

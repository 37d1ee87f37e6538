// One world, against the base that it is compared with: levers left, charts in the middle, who pays whom on the right.
import { useEffect, useMemo, useState } from 'preact/hooks';
import type { Meta, Scenario } from '../api';
import { ChartCard, gutterOf } from '../chart/card';
import { withSet } from '../link';
import { href, ignore, keep, library, link, meta } from '../state';
import { lang, said, t } from '../strings';
import { FailedBanner, LiveBanner, RefusedBanner } from '../parts/banners';
import { Pills } from '../parts/pills';
import { Status } from '../parts/status';
import { chartOf } from './charts';
import { FlowCard } from './flow';
import { Headlines } from './headlines';
import { Levers } from './levers';
import { alone, result, stale } from './live';
import { LogCard } from './log';
import { Predict } from './predict';
import { ReplayBar } from './replay';
import { Size } from './size';
import { Strip } from './strip';
import { useRun } from './follow';
import { useDrawn, useScenario } from './scenario';
import { firstViews, offered, views, type View } from './views';

/** RunScreen shows a run and what moves it. */
export function RunScreen() {
  const l = link.value, m = meta.value!;
  const scenario = useScenario(l.world), drawn = useDrawn(scenario);
  useRun();
  const base = library.value?.find((c) => c.name === l.base.scenario);
  const baseName = said(base?.title) || l.base.scenario;
  return (
    <>
      <Title scenario={scenario} />
      <LiveBanner />
      <RefusedBanner />
      <FailedBanner />
      <div class="run">
        <aside class="left" aria-label={t('run.left')}>
          <Levers scenario={scenario} />
          {!alone(l) && <Headlines baseName={baseName} />}
          <Size />
        </aside>
        <Charts scenario={drawn} passing={drawn !== scenario} m={m} baseName={baseName} />
        <aside class="right" aria-label={t('run.right')}>
          <FlowCard scenario={drawn} />
          <LogCard />
          <Info scenario={scenario} />
        </aside>
      </div>
      <ReplayBar marks={drawn} />
    </>
  );
}

function Title({ scenario: s }: { scenario: Scenario | null }) {
  const l = link.value;
  const card = library.value?.find((c) => c.name === l.world.scenario);
  return (
    <div class="heading">
      <h1>{said(s?.title ?? card?.title) || l.world.scenario}</h1>
      <Pills pairs />
      <Status />
    </div>
  );
}

function Charts({ scenario, passing, m, baseName }: { scenario: Scenario | null; passing: boolean; m: Meta; baseName: string }) {
  const r = result.value;
  const l = link.value;
  const [singles, setSingles] = useState(false);
  const [one, setOne] = useState<number | undefined>(undefined);
  const columns = r?.series?.columns ?? r?.partial?.columns ?? [];
  const menu = offered(columns);
  const first = firstViews(r?.status.quick ?? true);
  const chosen = [0, 1].map((i) => menu.find((v) => v.id === l.outcomes[i]) ?? menu.find((v) => v.id === first[i]) ?? menu[i]);
  const draw = (v: View) => (r ? chartOf(v, { scenario, status: r.status, meta: m, baseName }, r.series, r.base, r.partial) : null);
  const charts = useMemo(() => chosen.flatMap((v) => (v && draw(v)) || []), [r, scenario, m, baseName, lang.value, chosen.map((v) => v?.id).join()]);
  useEffect(() => l.outcomes.filter((id) => !views.some((v) => v.id === id)).forEach((id) => ignore(`y=${id}`, 'outcome')), [l.outcomes]);
  const choose = (i: number, id: string) => keep({ outcomes: [0, 1].map((j) => (j === i ? id : (chosen[j]?.id ?? ''))).filter(Boolean) });
  const gutter = gutterOf(charts);
  const seeds = r?.series?.seeds.length ?? 0;
  const main = (
    <>
      {!charts.length && <Waiting />}
      {charts.map((c, i) => (
        <ChartCard key={i} chart={c} gutter={gutter} singles={singles} one={one} stale={stale.value} height={i === 0 ? 320 : 260} menu={(
          <label class="choose"><span class="hidden">{t('run.outcome')}</span>
            <select value={chosen[i]?.id} onChange={(e) => choose(i, e.currentTarget.value)}>
              {(menu.length ? menu : views).map((v) => <option key={v.id} value={v.id}>{t(v.title)}</option>)}
            </select>
          </label>
        )} />
      ))}
    </>
  );
  return (
    <div class="middle">
      <Strip scenario={scenario} passing={passing} chart={charts[0]} gutter={gutter} />
      {alone(l) ? main : <Predict chartOf={draw} baseName={baseName}>{main}</Predict>}
      {r?.series && (
        <fieldset class="options card">
          <legend>{t('run.options')}</legend>
          {seeds < m.bands && <p class="quiet">{t('run.tooFew', { n: seeds, of: r.status.n, need: m.bands })}</p>}
          <label><input type="checkbox" checked={singles} onChange={(e) => setSingles(e.currentTarget.checked)} /> {t('run.singles')}</label>
          <label><input type="checkbox" checked={one !== undefined} onChange={(e) => setOne(e.currentTarget.checked ? 0 : undefined)} /> {t('run.one')}</label>
          {one !== undefined && (
            <label>{t('run.oneN', { n: (one % Math.max(1, seeds)) + 1, of: seeds })} <input type="range" min={0} max={Math.max(0, seeds - 1)} value={one} onInput={(e) => setOne(Number(e.currentTarget.value))} /></label>
          )}
        </fieldset>
      )}
    </div>
  );
}

function Waiting() {
  return <div class="card chart empty" aria-hidden="true"><div class="blank" /></div>;
}

// What a scenario says to try is written for the command line; here each group of settings is a link.
function tried(text: string) {
  return text.split(/((?:--set \S+?=\S+?(?=\.?(?:\s|$))\s?)+)/).map((part, i) => {
    if (i % 2 === 0) return part;
    let { world, base } = link.value;
    const told = [...part.matchAll(/--set ([^=\s]+)=(\S+)/g)].map(([, path, value]) => {
      world = withSet(world, path!, value!);
      if (path!.startsWith('params.')) base = withSet(base, path!, value!); // of both worlds, or they differ in more than policy
      return `${path} = ${value}`;
    });
    return <><a href={href({ world, base })}>{told.join(', ')}</a>{part.endsWith(' ') && ' '}</>;
  });
}

function Info({ scenario: s }: { scenario: Scenario | null }) {
  if (!s) return null;
  return (
    <section class="card info">
      <h3>{t('run.question')}</h3><p>{said(s.question)}</p>
      <h3>{t('run.notice')}</h3><p>{said(s.notice)}</p>
      <h3>{t('run.try')}</h3><p>{tried(said(s.try))}</p>
      <p class="links">
        <a href={href({ screen: 'compare' })}>{t('run.toCompare')}</a>
        <a href={href({ screen: 'agent' })}>{t('run.story')}</a>
        <a href={href({ screen: 'edit' })}>{t('run.edit')}</a>
        {result.value && <a href={`/api/runs/${result.value.status.key}/series.csv`} download>{t('run.csv')}</a>}
        {result.value && <a href={`/api/runs/${result.value.status.key}/series`} download="series.json">JSON</a>}
      </p>
    </section>
  );
}

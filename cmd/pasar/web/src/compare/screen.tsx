// Two worlds with the same luck: levels side by side, their difference with a zero line, what changed, and whether that is clear.
import { useMemo, useState } from 'preact/hooks';
import type { Scenario } from '../api';
import { ChartCard } from '../chart/card';
import { FailedBanner, LiveBanner, RefusedBanner } from '../parts/banners';
import { Explain } from '../parts/explain';
import { Pills } from '../parts/pills';
import { Status } from '../parts/status';
import { Alone, Worlds } from '../parts/worlds';
import { Size } from '../run/size';
import { Brief } from '../run/headlines';
import { alone, progress, result, stale } from '../run/live';
import { useRun } from '../run/follow';
import { useDrawn, useScenario } from '../run/scenario';
import { go, href, link } from '../state';
import { lang, said, t } from '../strings';
import { differences, panels } from './charts';
import { Differs } from './differs';
import { Changes } from './table';

/** CompareScreen shows a comparison. */
export function CompareScreen() {
  const scenario = useDrawn(useScenario(link.value.world));
  useRun();
  return (
    <>
      <div class="heading">
        <h1>{t('nav.compare')}</h1>
        <Sides />
        <Pills />
        <Status />
      </div>
      <LiveBanner />
      <RefusedBanner />
      <FailedBanner />
      <Body scenario={scenario} />
    </>
  );
}

function Sides() {
  const l = link.value;
  const n = result.value?.comparison?.seeds.length ?? 0;
  return (
    <div class="sides">
      <label><b class="letter">A</b> <span class="hidden">{t('compare.a')}</span> <Worlds side="base" /></label>
      <button type="button" aria-label={t('compare.swap')} title={t('compare.swap')} onClick={() => go({ base: l.world, world: l.base })}>⇄</button>
      <label><b class="letter b">B</b> <span class="hidden">{t('compare.b')}</span> <Worlds side="world" /></label>
      {n > 0 && <span class="quiet">{t('compare.pairs', { n })}</span>}
    </div>
  );
}

function Body({ scenario }: { scenario: Scenario | null }) {
  const r = result.value, c = r?.comparison;
  const [same, setSame] = useState(false);
  const small = useMemo(() => (r?.series && r.base ? panels(r.series, r.base, r.status, scenario, same) : []), [r, scenario, same, lang.value]);
  const diffs = useMemo(() => (r && c ? differences(c, r.status, scenario) : []), [r, scenario, lang.value]);
  if (alone(link.value)) return <Alone />;
  if (!r?.series || !r.base) return <div class="card chart empty"><div class="blank">{t(result.value?.status.state === 'done' || progress.value?.state === 'done' ? 'state.compared' : 'compare.waiting')}</div></div>;
  return (
    <div class="stack">
      {c && <p class="lead sentence">{t('compare.sentence', { a: said(c.a.title), b: said(c.b.title) })}</p>}
      {c && <Brief />}
      {c && <Differs c={c} />}
      {c && <Changes c={c} />}
      <section aria-labelledby="diff">
        <div class="row"><h2 id="diff">{t('compare.difference')}</h2> <Explain entry="difference" title={t('compare.difference')} /></div>
        <div class="multiples">{diffs.map((d) => <ChartCard key={d.id} chart={d} small height={220} stale={stale.value} />)}</div>
        {c && !diffs.length && <p class="quiet">{t('compare.noDifference')}</p>}
      </section>
      <section aria-labelledby="levels">
        <div class="row">
          <h2 id="levels">{t('compare.levels')}</h2>
          <div class="tools" role="group" aria-label={t('compare.scale')}>
            <button type="button" aria-pressed={same} onClick={() => setSame(true)}>{t('compare.same')}</button>
            <button type="button" aria-pressed={!same} onClick={() => setSame(false)}>{t('compare.own')}</button>
          </div>
        </div>
        <p class="quiet">{t(same ? 'compare.sameNote' : 'compare.ownNote')}</p>
        <div class="multiples">{small.map((p) => <ChartCard key={p.id} chart={p} small height={200} stale={stale.value} />)}</div>
      </section>
      <Size />
      <p class="links"><a href={href({ screen: 'run' })}>{t('compare.toRun')}</a><a href={href({ screen: 'agent' })}>{t('run.story')}</a></p>
    </div>
  );
}

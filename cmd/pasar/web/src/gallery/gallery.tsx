// The first screen: what this is, what it cannot tell, and all scenarios.
import { useEffect, useState } from 'preact/hooks';
import { getResult, getRuns, postRun, type Card, type CardResult, type Status } from '../api';
import { day, range, signed } from '../format';
import { world } from '../link';
import { open } from '../edit/mine';
import { again, href, library } from '../state';
import { lang, said, t } from '../strings';
import { Recent } from './recent';

/** Gallery lists the library. */
export function Gallery() {
  const [runs, setRuns] = useState<Status[] | null>(null);
  const [words, setWords] = useState('');
  useEffect(() => void getRuns().then(setRuns, () => setRuns([])), []);
  const cards = library.value ?? [];
  const wanted = words.trim().toLowerCase();
  const hits = (c: Card) => !wanted || [c.name, said(c.title), said(c.question), said(c.happens)].join(' ').toLowerCase().includes(wanted);
  const history = cards.filter((c) => c.group === 'history' && hits(c));
  const others = cards.filter((c) => c.group !== 'history' && hits(c));
  return (
    <>
      <section class="hero">
        <div>
          <h1>{t('gallery.title')}</h1>
          <p class="lead">{t('gallery.lead')}</p>
          <p class="tools">
            <a class="button main" href="#/run?s=no-ban&base=no-ban&seed=1&n=8&tour=start.1">{t('gallery.tour')}</a>
            <label class="button file">{t('gallery.open')}<input type="file" accept=".yaml,.yml,text/yaml" onChange={(e) => void open(e.currentTarget)} /></label>
          </p>
        </div>
        <div class="card can">
          <p><b>{t('gallery.can')}</b> {t('gallery.canText')}</p>
          <p><b>{t('gallery.cannot')}</b> {t('gallery.cannotText')}</p>
        </div>
      </section>
      <Group title={t('gallery.history')} what={t('gallery.historyWhat')} cards={history} runs={runs} large />
      <div class="findrow">
        <div><h2>{t('gallery.whatIf')}</h2><p class="quiet">{t('gallery.whatIfWhat')}</p></div>
        <label>{t('gallery.search')} <input type="search" value={words} onInput={(e) => setWords(e.currentTarget.value)} /></label>
        <p class="hidden" role="status">{wanted && t('gallery.found', { n: history.length + others.length })}</p>
      </div>
      {history.length + others.length === 0 ? <p>{t('gallery.none')}</p> : <Cards cards={others} runs={runs} />}
      <Recent runs={runs} />
    </>
  );
}

function Group(p: { title: string; what: string; cards: Card[]; runs: Status[] | null; large?: boolean }) {
  if (!p.cards.length) return null;
  return (
    <>
      <h2>{p.title}</h2>
      <p class="quiet">{p.what}</p>
      <Cards {...p} />
    </>
  );
}

function Cards({ cards, runs, large = false }: { cards: Card[]; runs: Status[] | null; large?: boolean }) {
  return <ul class={'cards' + (large ? ' large' : '')}>{cards.map((c) => <li key={c.name} class="card"><One card={c} runs={runs} /></li>)}</ul>;
}

function One({ card: c, runs }: { card: Card; runs: Status[] | null }) {
  const base = c.base && c.base !== c.name ? library.value?.find((x) => x.name === c.base) : undefined;
  const to = { world: world(c.name), base: world(base?.name ?? c.name), week: '', outcomes: [], agent: '' };
  return (
    <>
      <h3><a href={href({ ...to, screen: 'run' })}>{said(c.title)}</a></h3>
      <img class="strip" src={`${c.strip}${c.strip.includes('?') ? '&' : '?'}lang=${lang.value}`} alt={t('gallery.strip', { from: day(c.start, lang.value), to: day(c.end, lang.value) })} loading="lazy" width="480" height="130" />
      <p>{said(c.question)}</p>
      <Found card={c} base={base} runs={runs} />
      <details><summary>{t('gallery.more')}</summary><p>{said(c.happens)}</p></details>
      <p class="tools end">
        <a class="button main" href={href({ ...to, screen: 'run' })} aria-label={`${t('gallery.run')}: ${said(c.title)}`}>{t('gallery.run')}</a>
        {base ? <a class="button" href={href({ ...to, screen: 'compare' })} aria-label={`${said(c.title)}: ${t('gallery.compare', { name: said(base.title) })}`}>{t('gallery.compare', { name: said(base.title) })}</a> : <span class="quiet">{t(c.market ? 'gallery.otherMarket' : 'gallery.base')}</span>}
      </p>
    </>
  );
}

// Found is what came of a scenario's quick run: a picture and the headline difference with its range; or a button that plays it.
function Found({ card, base, runs }: { card: Card; base: Card | undefined; runs: Status[] | null }) {
  const [x, set] = useState<CardResult | null>(null);
  const ask = () => getResult(card.name).then(set, () => undefined);
  const going = x?.state === 'queued' || x?.state === 'running';
  useEffect(() => again(going, ask), [runs, going]);
  if (!x?.b) return null;
  const play = () => void postRun(world(card.name), base ? world(base.name) : null, 1, x.n, x.buyers).then(ask, ask);
  const h = x.headline, pct = (v: number | null) => signed(v! * 100, lang.value, 1) + '%';
  return (
    <>
      {x.picture && <img class="strip" src={`${x.picture}&lang=${lang.value}`} alt={t('gallery.picture')} loading="lazy" width="480" height="150" />}
      <p class="found">
        {h && t(h.verdict === 'clear' ? 'gallery.result' : 'gallery.resultNot', { diff: pct(h.relative), range: range(pct(h.relative_lo), pct(h.relative_hi), lang.value) })}
        {x.picture && <small> {base && t('gallery.resultBy', { base: said(base.title), n: x.n }) + ' · '}{t('badge.simulated')}</small>}
        {going ? <span role="status">{t('state.running', { done: x.done, n: x.n })}</span> : !x.picture && <button type="button" aria-label={`${t('gallery.play')}: ${said(card.title)}`} onClick={play}>{t('gallery.play')}</button>}
      </p>
    </>
  );
}

// The model in words, the glossary, how sure one can be, where numbers come from, and guided tours.
import { useEffect, useState } from 'preact/hooks';
import odd from '../../../../../docs/odd.md?url';
import oddId from '../../../../../docs/odd.id.md?url';
import indicators from '../../../../../docs/indicators.md?url';
import indicatorsId from '../../../../../docs/indicators.id.md?url';
import { unitWords } from '../chart/units';
import { inUnit, num, period, signed } from '../format';
import { nearestName } from '../run/scenario';
import { href, ignore, link, meta } from '../state';
import { lang, said, t, type Both, type Key } from '../strings';
import { entries } from './glossary';
import { Keys } from './keys';
import { Markdown } from './markdown';
import { Sure } from './sure';
import { tours } from './tours';

const pages = ['start', 'glossary', 'sure', 'model', 'series', 'sources', 'keys'] as const;
type Page = (typeof pages)[number];

/** DocsScreen shows one page. */
export function DocsScreen() {
  const [asked = '', entry] = (link.value.page || 'start').split('.');
  const page = pages.find((p) => p === asked) ?? (nearestName(asked, [...pages]) as Page);
  useEffect(() => {
    if (!pages.some((p) => p === asked)) ignore(`page=${asked}`, 'value');
  }, [asked]);
  useEffect(() => document.getElementById(entry ?? '')?.scrollIntoView(), [entry]);
  return (
    <div class="docs">
      <nav aria-label={t('docs.pages')}>
        <ul>{pages.map((p) => <li key={p}><a href={href({ screen: 'docs', page: p })} aria-current={p === page ? 'page' : undefined}>{t(`docs.${p}`)}</a></li>)}</ul>
      </nav>
      <article class="card">
        <h1>{t(`docs.${page}`)}</h1>
        {page === 'start' && <Start />}
        {page === 'glossary' && <dl>{entries().map((e) => <div key={e.id} id={e.id}><dt>{e.term}</dt><dd>{e.text}</dd></div>)}</dl>}
        {page === 'sure' && <Sure />}
        {page === 'model' && <File en={odd} id={oddId} />}
        {page === 'series' && <File en={indicators} id={indicatorsId} />}
        {page === 'sources' && <Sources />}
        {page === 'keys' && <Keys />}
      </article>
    </div>
  );
}

function Start() {
  return (
    <>
      <p class="lead">{t('docs.lead')}</p>
      <div class="two one">
        <div><h2>{t('gallery.can')}</h2><p>{t('gallery.canText')}</p><h2>{t('gallery.cannot')}</h2><p>{t('gallery.cannotText')}</p></div>
      </div>
      <h2>{t('docs.tours')}</h2>
      {tours().map((x) => (
        <section key={x.id}>
          <h3>{x.title}</h3>
          <ol>{x.steps.map((s, i) => <li key={i}><a href={`${s.hash}&tour=${x.id}.${i + 1}`}>{t('tour.step', { n: i + 1, of: x.steps.length })}</a> {s.text}</li>)}</ol>
        </section>
      ))}
      <p class="quiet">{t('docs.version', { human: meta.value!.human, hash: meta.value!.version.slice(0, 12) })}</p>
    </>
  );
}

// File shows a page of the repository.
function File(page: Both) {
  const url = page[lang.value];
  const [text, set] = useState<string | null>(null);
  const [failed, fail] = useState(false);
  useEffect(() => void fetch(url).then((r) => (r.ok ? r.text() : Promise.reject(new Error(r.statusText)))).then(set, () => fail(true)), [url]);
  if (failed) return <p role="alert">{t('app.noServer')} {t('app.noServerHow')}</p>;
  if (text === null) return <p class="quiet">{t('state.reading', { what: url.split('/').pop() ?? '' })}</p>;
  return <div class="prose"><Markdown text={text.replace(/^# .*\n/, '')} /></div>;
}

function Sources() {
  const m = meta.value!;
  return (
    <>
      <p>{t('docs.sourcesLead')}</p>
      <div class="wrap" tabIndex={0} role="region" aria-label={t('docs.sources')}>
        <table class="plain">
          <thead><tr><th scope="col">{t('docs.what')}</th><th scope="col">{t('docs.when')}</th><th scope="col">{t('edit.value')}</th><th scope="col">{t('edit.source')}</th></tr></thead>
          <tbody>
            {m.observed.map((o) => (
              <tr key={o.id + o.key}>
                <th scope="row">{said(m.channels.find((c) => c.key === o.key)?.name) || t('docs.allPlatforms')}<br /><small>{t(`source.${o.metric}` as Key)}. {said(o.note)}</small></th>
                <td>{period(o.from, o.to, lang.value)}</td>
                <td>{o.unit === 'share' ? `${o.metric === 'share' ? num(o.value * 100, 0, lang.value) : signed(o.value * 100, lang.value, 0)}%` : inUnit(o.value, unitWords(o.unit), lang.value)}</td>
                <td>{o.source} ({o.grade}){o.fitted && <small> †</small>}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p class="quiet">† {t('docs.fitted')}</p>
    </>
  );
}

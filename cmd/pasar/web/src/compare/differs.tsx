// In what the two worlds differ, in words.
import type { Comparison } from '../api';
import { day } from '../format';
import { lang, t } from '../strings';

const shownAtOnce = 6;

/** Differs lists the settings and events that differ. */
export function Differs({ c }: { c: Comparison }) {
  const first = c.differs.slice(0, shownAtOnce), more = c.differs.slice(shownAtOnce);
  return (
    <section class="card" aria-labelledby="differs">
      <h2 id="differs">{t('compare.differs', { n: c.differs.length })}</h2>
      {!c.differs.length && <p>{t('compare.alike')}</p>}
      <List list={first} />
      {more.length > 0 && <details><summary>{t('compare.more', { n: more.length })}</summary><List list={more} /></details>}
      {c.differs.length > 0 && <p class="quiet">{t('compare.until', { day: day(c.from, lang.value) })}</p>}
    </section>
  );
}

function List({ list }: { list: Comparison['differs'] }) {
  return <ul>{list.map((d, i) => <li key={i}>{d.text || `${d.path}: ${d.a} → ${d.b} ${d.unit}`}</li>)}</ul>;
}

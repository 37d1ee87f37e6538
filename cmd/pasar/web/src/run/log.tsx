// What just happened: lines of the engine's records for the week under the cursor.
import { day } from '../format';
import { BadgeOf } from '../parts/explain';
import { predicting, week } from '../state';
import { lang, t } from '../strings';
import { result } from './live';

/** LogCard lists what the first run of the pair records for a week. */
export function LogCard() {
  const r = result.value;
  const dates = (!predicting.value && r?.series?.dates) || [];
  const now = dates[week.value ?? dates.length - 1];
  const lines = r?.log.filter((l) => l.week === now) ?? [];
  return (
    <section class="card log" aria-labelledby="log">
      <h2 id="log">{t('run.log')}</h2>
      {now && <p class="quiet">{t('run.logWeek', { day: day(now, lang.value) })}</p>}
      {now && !lines.length && <p class="quiet">{t('run.logNone')}</p>}
      <ul>{lines.map((l, i) => <li key={i}><b>{day(l.date, lang.value)}</b> {l.text} <BadgeOf badge={l.badge} /></li>)}</ul>
    </section>
  );
}

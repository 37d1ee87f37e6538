// A screen that shows a run: asks for it, follows it, and keeps the week that is looked at in the address.
import { useEffect } from 'preact/hooks';
import { nearest } from '../chart/frame';
import { ms } from '../format';
import { keep, link, week } from '../state';
import { ask, forget, pause, result, resume } from './live';

/** useRun asks for the run of the address, follows it while the screen is there, and keeps the week in the address. */
export function useRun() {
  const l = link.value;
  useEffect(() => ask(l, result.value ? 150 : 0), [l]);
  useEffect(() => {
    const hidden = () => (document.hidden ? pause() : resume(link.value));
    document.addEventListener('visibilitychange', hidden);
    return () => {
      document.removeEventListener('visibilitychange', hidden);
      forget();
    };
  }, []);
  const dates = result.value?.series?.dates;
  useEffect(() => {
    if (dates?.length && l.week && week.value === null) week.value = nearest({ at: dates.map(ms), until: 0 }, ms(l.week));
  }, [dates, l.week]);
  const at = week.value;
  useEffect(() => {
    const date = dates && at !== null ? (at === dates.length - 1 ? '' : (dates[at] ?? '')) : null;
    if (date !== null && date !== link.value.week) keep({ week: date });
  }, [at, dates]);
}

// A screen that shows a run: asks for it, follows it, and keeps the week that is looked at in the address.
import { useEffect } from 'preact/hooks';
import { nearest } from '../chart/frame';
import { ms } from '../format';
import { useLimits } from './limits';
import { ignore, keep, link, week } from '../state';
import { ask, forget, pause, result, resume, stale } from './live';

/** useRun asks for the run of the address, follows it while the screen is there, and keeps the week in the address. */
export function useRun() {
  const l = link.value, within = useLimits();
  useEffect(() => (within ? ask(l, result.value ? 150 : 0) : undefined), [l]);
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
    if (!dates?.length || !l.week || week.value !== null || stale.value) return; // the week belongs to what is asked for
    const at = dates.map(ms), asked = ms(l.week);
    week.value = nearest({ at, until: 0 }, asked);
    if (asked < at[0]! || asked >= at.at(-1)! + 7 * 864e5) ignore(`w=${l.week}`, 'week');
  }, [dates, l.week, stale.value]);
  const at = week.value;
  useEffect(() => {
    const date = dates && at !== null ? (at === dates.length - 1 ? '' : (dates[at] ?? '')) : null;
    if (date !== null && date !== link.value.week) keep({ week: date });
  }, [at, dates]);
}

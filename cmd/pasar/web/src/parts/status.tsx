// How far a run has come: stage, done of total, time. Never a bare spinner.
import { useEffect, useState } from 'preact/hooks';
import { elapsed } from '../format';
import { baseGiven, progress, refused, repeat, result, since, sketched, stale, stop } from '../run/live';
import { link } from '../state';
import { lang, t } from '../strings';

/** Status is one line about what is being played; an echo of it is not read out again. */
export function Status({ echo }: { echo?: boolean }) {
  const s = progress.value ?? (stale.value ? null : (result.value?.status ?? null));
  const idle = !s && refused.value !== null; // the banner says why nothing is being played
  const going = !idle && (!s || s.state === 'queued' || s.state === 'running');
  const now = useClock(going), of = result.value?.status.key === s?.key ? result.value?.base?.seeds.length : undefined;
  const seconds = going ? (now - since.value) / 1000 : (s?.elapsed_ms ?? 0) / 1000;
  if (!s && !result.value && seconds < 0.3) return <p class="status" role="status" />;
  const text = idle ? '' : !s ? t('state.starting')
    : s.state === 'queued' ? (s.position > 0 ? t('state.queued', { n: s.position }) : t('state.starting'))
    : s.state === 'running' ? t('state.running', { done: s.done, n: s.n })
    : s.state === 'stopped' ? t('state.stopped', { done: s.done, n: s.n })
    : s.state === 'failed' ? t('state.failed')
    : result.value?.status.key !== s.key ? t('state.reading', { what: t('state.results') }) : of && of < s.n ? t(baseGiven.value ? 'state.baseGiven' : 'state.base', { done: of, n: s.n }) : t('state.done', { n: s.n });
  const left = going && s?.left_ms ? t('state.left', { time: elapsed(s.left_ms / 1000, lang.value) }) : '';
  return (
    <div class="status">
      <span role={echo ? undefined : 'status'}>{text}{stale.value && <b class="pill warn">{t('state.stale')}</b>}
        {sketched.value && <b class="pill warn">{t('state.sketch', { n: result.value!.status.n, buyers: result.value!.status.buyers })}</b>}</span>
      {going && s && <progress max={1} value={s.share ?? s.done / s.n} aria-label={text} />}
      <span class="quiet" aria-hidden="true">{seconds >= 0.5 && elapsed(seconds, lang.value)}{left && ` · ${left}`}</span>
      {going && s && <button type="button" onClick={() => void stop()}>{t('state.stop')}</button>}
      {(s?.state === 'stopped' || (s?.state === 'done' && baseGiven.value)) && <button type="button" onClick={() => repeat(link.value)}>{t('state.again')}</button>}
    </div>
  );
}

function useClock(going: boolean): number {
  const [now, set] = useState(Date.now());
  useEffect(() => {
    if (!going) return;
    const timer = setInterval(() => set(Date.now()), 500);
    return () => clearInterval(timer);
  }, [going]);
  return now;
}

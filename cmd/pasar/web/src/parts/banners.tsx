// What went wrong, said where one looks, with what one can do about it.
import type { Refused } from '../api';
import { lostFor, progress, refused, repeat, tooMany } from '../run/live';
import { focusOn, ignored, link } from '../state';
import { lang, said, t } from '../strings';

/** IgnoredBanner names each part of a link that is not used. */
export function IgnoredBanner() {
  if (!ignored.value.length) return null;
  return (
    <section class="banner" role="alert">
      <p><b>{t('ignored.title')}</b></p>
      <ul>{ignored.value.map((i) => <li key={i.part}><code>{i.part}</code>: {t(`ignored.${i.why}`)}</li>)}</ul>
      <button type="button" onClick={() => (focusOn('content'), (ignored.value = []))}>{t('app.close')}</button>
    </section>
  );
}

/** LiveBanner says when live updates are lost, or a browser has no connection left for this tab. */
export function LiveBanner() {
  const text = tooMany.value ? t('state.tooMany') : lostFor.value > 0 ? t('state.lost', { s: lostFor.value }) : '';
  return <div role="status" class={text ? 'banner' : 'hidden'}>{text}</div>;
}

/** RefusedBanner says why settings cannot be run. */
export function RefusedBanner() {
  return refused.value ? <RefusedNote e={refused.value} /> : null;
}

export function RefusedNote({ e }: { e: Refused }) {
  return (
    <section class="banner bad" role="alert">
      <p><b>{t('state.refused')}</b></p>
      <p class="lines">{said(e.both) || e.message} {!e.both && <InEnglish />}</p>
      {e.allowed && !e.both && !e.message.includes(e.allowed) && <p>{t('state.allowed', { what: e.allowed })}</p>}
      {e.near && <p>{t('state.near', { what: e.near })}</p>}
    </section>
  );
}

/** InEnglish says, in other languages, that the words before it are English. */
export const InEnglish = () => (lang.value === 'en' ? null : <small>{t('state.inEnglish')}</small>);

/** FailedBanner tells of a run that broke off. */
export function FailedBanner() {
  const s = progress.value;
  if (s?.state !== 'failed') return null;
  const details = JSON.stringify(s, null, 1);
  return (
    <section class="banner bad" role="alert">
      <p><b>{t('state.failed')}</b>{s.error?.seed !== undefined && <> · {t('state.failedAt', { seed: s.error.seed })}</>}</p>
      <p class="lines">{s.error?.message} <InEnglish /></p>
      {s.done > 0 && <p>{t('state.kept', { done: s.done })}</p>}
      <p class="tools">
        <button type="button" onClick={() => void navigator.clipboard?.writeText(details)}>{t('state.copyDetails')}</button>
        <button type="button" class="main" onClick={() => repeat(link.value)}>{t('state.again')}</button>
      </p>
    </section>
  );
}

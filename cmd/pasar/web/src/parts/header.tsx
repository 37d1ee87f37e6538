// The top of every screen.
import { useEffect, useRef, useState } from 'preact/hooks';
import { reportOf } from '../api';
import { command, plays, type Screen } from '../link';
import { progress } from '../run/live';
import { href, keep, link, meta, screen, setLang, spoken } from '../state';
import { lang, t, type Lang } from '../strings';

const places: Screen[] = ['gallery', 'run', 'compare', 'sweep', 'agent', 'edit', 'docs'];

/** Header is the name, the screens, what one can take along, and the language. */
export function Header() {
  const nav = useRef<HTMLElement>(null);
  useEffect(() => { // on a phone the row of screens is wider than the page
    const here = nav.current?.querySelector<HTMLElement>('[aria-current]');
    if (here) nav.current!.scrollLeft = here.offsetLeft - (nav.current!.clientWidth - here.offsetWidth) / 2;
  }, [screen.value, lang.value]);
  return (
    <header class="top">
      <a class="brand" href={href({ screen: 'gallery' })}><b>{t('app.name')}</b> <span>{t('app.what')}</span></a>
      <nav ref={nav} aria-label={t('app.nav')}>
        {places.map((p) => <a key={p} href={href({ screen: p, page: '', agent: p === 'agent' ? link.value.agent : '', outcomes: (p === 'sweep') === (screen.value === 'sweep') ? link.value.outcomes : [] })} aria-current={screen.value === p ? 'page' : undefined}>{t(`nav.${p}`)}</a>)}
      </nav>
      <div class="take">
        {meta.value?.shared && <span class="pill">{t('app.class')}<span class="wide">: {t('app.onlyQuick')}</span></span>}
        <Take />
        <div class="langs" role="group" aria-label={t('app.language')}>
          {(['en', 'id'] as Lang[]).map((l) => (
            <button key={l} type="button" lang={l} aria-pressed={lang.value === l} onClick={() => choose(l)}>{l.toUpperCase()}<span class="hidden">, {l === 'en' ? 'English' : 'Bahasa Indonesia'}</span></button>
          ))}
        </div>
      </div>
    </header>
  );
}

function choose(l: Lang) {
  void setLang(l);
  keep({ lang: l });
}

// Take copies the link or the command, and leads to the report of what is on screen.
function Take() {
  const [said, say] = useState<{ which: 'link' | 'command'; failed?: string } | null>(null);
  const copy = async (which: 'link' | 'command') => {
    const text = which === 'link' ? location.href : (progress.value?.command || command(link.value));
    try {
      await navigator.clipboard.writeText(text);
      say({ which });
      spoken.value = t(which === 'link' ? 'nav.copied' : 'nav.commandCopied');
      setTimeout(() => say(null), 2500);
    } catch {
      say({ which, failed: text });
    }
  };
  const s = progress.value; // of what is asked for now: what is on screen may be of other settings
  return (
    <>
      <button type="button" onClick={() => void copy('link')}>{said?.which === 'link' && !said.failed ? '✓ ' + t('nav.copied') : t('nav.copyLink')}</button>
      {plays(screen.value) && (
        <>
          <button type="button" class="wide" onClick={() => void copy('command')}>{said?.which === 'command' && !said.failed ? '✓ ' + t('nav.commandCopied') : t('nav.copyCommand')}</button>
          {s && s.done > 0 && <a class="button" href={s.base_key ? reportOf(s.base_key, s.key) : reportOf(s.key)}>{t('nav.report')}</a>}
        </>
      )}
      {said?.failed && (
        <p class="pop copybox">{t('nav.copyFailed')} <input readOnly value={said.failed} aria-label={t('nav.copyFailed')} onFocus={(e) => e.currentTarget.select()} />
          <button type="button" onClick={() => say(null)}>{t('app.close')}</button></p>
      )}
    </>
  );
}

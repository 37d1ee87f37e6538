// The frame of all screens: header, navigation, language, banners, the screen that the address names.
import { effect } from '@preact/signals';
import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Gallery } from './gallery/gallery';
import { Header } from './parts/header';
import { IgnoredBanner } from './parts/banners';
import { Join } from './parts/join';
import { Tour } from './parts/tour';
import { focusOn, library, load, meta, screen, serverError, spoken } from './state';
import type { Screen } from './link';
import { t } from './strings';

// What is not on the first screens is fetched when it is asked for.
const later: Partial<Record<Screen, () => Promise<ComponentType>>> = {
  run: () => import('./run/screen').then((m) => m.RunScreen),
  compare: () => import('./compare/screen').then((m) => m.CompareScreen),
  sweep: () => import('./sweep/screen').then((m) => m.SweepScreen),
  edit: () => import('./edit/screen').then((m) => m.EditScreen),
  agent: () => import('./agent/screen').then((m) => m.AgentScreen),
  docs: () => import('./docs/screen').then((m) => m.DocsScreen),
};

/** App is the lab. */
export function App() {
  useEffect(() => effect(() => {
    document.title = `${t(`nav.${screen.value}`)} · Pasar`;
  }), []);
  return (
    <>
      <a class="skip" href="#content" onClick={skip}>{t('app.skip')}</a>
      <Header />
      <IgnoredBanner />
      <Tour />
      <main id="content" tabIndex={-1} class={`screen-${screen.value}`}>
        <Body />
      </main>
      <footer class="foot"><p>{t('app.foot')}</p></footer>
      <div class="hidden" role="status" aria-live="polite">{spoken.value}</div>
    </>
  );
}

function skip(e: Event) {
  e.preventDefault();
  focusOn('content');
}

function Body() {
  if (serverError.value === 'code') return <Join />;
  if (serverError.value) {
    return (
      <section class="card problem" role="alert">
        <h1>{t('app.noServer')}</h1>
        <p>{t('app.noServerHow')}</p>
        <p><small>{serverError.value}</small></p>
        <button type="button" class="main" onClick={() => void load()}>{t('app.again')}</button>
      </section>
    );
  }
  const name = screen.value;
  if (!meta.value || !library.value) return <p class="wait">{t('app.loading')}</p>;
  if (name === 'gallery') return <Gallery />;
  return <Later key={name} name={name} />;
}

function Later({ name }: { name: Screen }) {
  const [Part, set] = useState<ComponentType | null>(null);
  const [failed, fail] = useState(false);
  useEffect(() => {
    later[name]!().then((c) => set(() => c), () => fail(true));
  }, []);
  if (failed) return <p class="wait" role="alert">{t('app.noServer')} {t('app.noServerHow')}</p>;
  return Part ? <Part /> : <p class="wait">{t('state.reading', { what: t(`nav.${name}`) })}</p>;
}

// The replay bar: plays the weeks, in steps or by itself, and stops at events.
import { useEffect, useState } from 'preact/hooks';
import type { Scenario } from '../api';
import { calm } from '../chart/measure';
import { day, ms } from '../format';
import { nearest } from '../chart/frame';
import { go, playhead, playing, sheet, spoken, week } from '../state';
import { lang, said, t } from '../strings';
import { numbered } from './charts';
import { result } from './live';

const speeds = [1, 2, 4, 8];
const pace = 400; // ms for a week at speed 1

/** ReplayBar stands at the foot of a run. */
export function ReplayBar({ marks: s }: { marks: Scenario | null }) {
  const [speed, setSpeed] = useState(2);
  const dates = result.value?.series?.dates ?? [];
  const last = dates.length - 1;
  const events = numbered(s).flatMap((e) => (e.at ? [{ at: nearest({ at: dates.map(ms), until: 0 }, ms(e.at)), text: said(e.mark) }] : []));
  const now = playhead.value ?? week.value ?? last;
  const show = (i: number) => {
    const to = Math.max(0, Math.min(last, i));
    week.value = to;
    playhead.value = to === last ? null : to;
  };
  const nextEvent = (i: number) => events.find((e) => e.at > i)?.at ?? last;
  const play = () => {
    if (last < 1) return;
    if (calm()) { // without movement: from event to event
      const to = nextEvent(now === last ? -1 : now);
      show(to);
      spoken.value = `${day(dates[to]!, lang.value)}. ${events.filter((e) => e.at === to).map((e) => e.text).join('. ')}`;
      return;
    }
    if (!playing.value && now >= last) show(0);
    playing.value = !playing.value;
    if (!playing.value) spoken.value = day(dates[now] ?? '', lang.value);
  };
  useEffect(() => {
    if (!playing.value) return;
    const timer = setInterval(() => {
      const i = (playhead.value ?? week.value ?? 0) + 1;
      show(i);
      const e = events.find((x) => x.at === i);
      if (e) spoken.value = `${day(dates[i] ?? '', lang.value)}. ${e.text}`;
      if (i >= last) playing.value = false;
    }, pace / speed);
    return () => clearInterval(timer);
  }, [playing.value, speed, last]);
  useEffect(() => {
    const key = (e: KeyboardEvent) => {
      if (e.ctrlKey || e.altKey || e.metaKey || !keysOn() || inField(e.target)) return;
      if (e.key === ' ' || e.key === 'k') play();
      else if (e.key === '?') go({ screen: 'docs', page: 'keys' });
      else if (e.key === '.') show(now + 1);
      else if (e.key === ',') show(now - 1);
      else if (/^[1-9]$/.test(e.key) && events[Number(e.key) - 1]) playhead.value === null ? (week.value = events[Number(e.key) - 1]!.at) : show(events[Number(e.key) - 1]!.at);
      else return;
      e.preventDefault();
    };
    addEventListener('keydown', key);
    return () => removeEventListener('keydown', key);
  });
  useEffect(() => () => void (playing.value = false), []);
  const off = last < 1;
  return (
    <section class="replay" aria-label={t('replay.bar')}>
      <div class="buttons">
        <button type="button" class="ends" disabled={off} aria-label={t('replay.start')} title={t('replay.start')} onClick={() => show(0)}><Icon d="M3 2v10M12 2L5 7l7 5z" /></button>
        <button type="button" disabled={off} aria-label={t('replay.back')} title={t('replay.back') + ' (,)'} onClick={() => show(now - 1)}><Icon d="M11 2L4 7l7 5z" /></button>
        <button type="button" class="main" disabled={off} onClick={play} title="K"><Icon d={playing.value ? 'M4 2v10M10 2v10' : 'M3 2l8 5-8 5z'} /> {t(playing.value ? 'replay.pause' : calm() ? 'replay.nextEvent' : 'replay.play')}</button>
        <button type="button" disabled={off} aria-label={t('replay.on')} title={t('replay.on') + ' (.)'} onClick={() => show(now + 1)}><Icon d="M3 2l7 5-7 5z" /></button>
        <button type="button" class="ends" disabled={off} aria-label={t('replay.end')} title={t('replay.end')} onClick={() => show(last)}><Icon d="M11 2v10M2 2l7 5-7 5z" /></button>
      </div>
      <input type="range" min={0} max={Math.max(0, last)} value={Math.max(0, now)} disabled={off} aria-label={t('replay.week')} aria-valuetext={dates[now] ? day(dates[now]!, lang.value) : ''} onInput={(e) => show(Number(e.currentTarget.value))} />
      <output>{dates[now] ? day(dates[now]!, lang.value) : '–'}</output>
      <button type="button" id="open-levers" class="phone" aria-expanded={sheet.value} onClick={() => (sheet.value = true)}>{t('run.openLevers')}</button>
      <label class="speed">{t('replay.speed')} <select value={String(speed)} onChange={(e) => setSpeed(Number(e.currentTarget.value))}>{speeds.map((x) => <option key={x} value={x}>{x}×</option>)}</select></label>
    </section>
  );
}

function Icon({ d }: { d: string }) {
  return <svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true"><path d={d} fill="currentColor" stroke="currentColor" stroke-width="2" stroke-linejoin="round" /></svg>;
}

/** inField is whether keys belong to what has the focus. */
export function inField(el: EventTarget | null): boolean {
  return el instanceof HTMLElement && !!el.closest('input, select, textarea, button, a, summary, [contenteditable]');
}

/** keysOn is whether single-letter keys are on; they can be switched off (WCAG 2.1.4). */
export function keysOn(): boolean {
  try {
    return localStorage.getItem('pasar.keys') !== 'off';
  } catch {
    return true;
  }
}

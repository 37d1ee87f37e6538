// Why: through which mechanisms a difference goes, from runs with one of them switched off. Nothing is played until somebody asks.
import { useEffect, useState } from 'preact/hooks';
import { call, query, type Comparison, type Through, type Why } from '../api';
import { elapsed, num, range } from '../format';
import { again, link } from '../state';
import { Explain } from '../parts/explain';
import { repeat } from '../run/live';
import { lang, said, t } from '../strings';

const whyOf = (c: Comparison, method = 'GET') => call<Why>(`/api/why${query({ a: c.a.key, b: c.b.key })}`, method);

/** useWhy follows a question, and asks or stops it. */
export function useWhy(c: Comparison) {
  const [why, set] = useState<Why | null>(null);
  const [wrong, tell] = useState('');
  const pair = c.a.key + c.b.key, going = why?.state === 'queued' || why?.state === 'running';
  const soon = why?.wanting === 'queued' || why?.wanting === 'running'; // the runs that it is asked of are being played
  const turn = (method?: string) => whyOf(c, method).then((w) => (set(w), tell('')), (e: Error) => tell(e.message));
  useEffect(() => set(null), [pair]);
  useEffect(() => again(going || soon, turn), [pair, c.seeds.length, going, soon]);
  return { why, wrong, going, turn };
}

/** Asking is the button with what it costs, the progress, and how the column is read. */
export function Asking({ why, wrong, going, turn }: ReturnType<typeof useWhy>) {
  if (!why || why.n < 2) return null;
  const time = (ms: number) => elapsed(ms / 1000, lang.value);
  const words = why.ahead ? t('why.ahead', { n: why.ahead }) : t('state.running', { done: why.done >> 1, n: why.runs / 2 });
  const given = why.wanting === 'stopped' || why.wanting === 'failed';
  const left = why.left_ms ? t('state.left', { time: time(why.left_ms) }) : '';
  return (
    <div class="why">
      {going ? <p class="status"><span role="status">{words}</span> <progress max={why.runs} value={why.done} aria-label={words} /> {left} <button type="button" onClick={() => void turn('DELETE')}>{t('state.stop')}</button></p>
        : why.state !== 'done' && <p><button type="button" disabled={why.wanting !== ''} aria-describedby="why-cost" onClick={() => void turn('POST')}>{t('why.ask')}</button> <Explain entry="mechanism" title={t('why.ask')} /> <span class="quiet" id="why-cost">
          {why.wanting !== '' && <b role="status">{t(given ? 'why.given' : 'why.soon', { done: why.pairs, n: why.n })}{left && ` (${left})`} </b>}{given && <button type="button" onClick={() => (repeat(link.value), setTimeout(turn, 1500))}>{t('state.again')}</button>} {t('why.cost', { m: why.mechanisms.length, n: why.runs })}{why.about_ms && `, ${t('why.about', { time: time(why.about_ms) })}`}</span></p>}
      {(wrong || why.error) && <p role="alert">{wrong || why.error}</p>}
      {why.state !== 'absent' && <p class="quiet">{t('why.note', { n: why.n })}</p>}
      <details><summary>{t('why.which')}</summary><ul>{why.mechanisms.map((m) => <li key={m.name}><b>{said(m.text)}</b>: {said(m.what)}</li>)}</ul><code>{why.command}</code></details>
    </div>
  );
}

/** Goes is the cell of an outcome: the mechanisms that clearly carry or soften its difference, the largest first. */
export function Goes({ why, outcome }: { why: Why; outcome: string }) {
  const all = why.through[outcome]?.filter((x) => x.share !== null);
  if (!all?.length) return <>–</>;
  const clear = all.filter((x) => x.share_lo! > 0 || x.share_hi! < 0).sort((a, b) => Math.abs(b.share!) - Math.abs(a.share!));
  const pct = (v: number | null) => num(v! * 100, 0, lang.value) + '%';
  const name = (x: Through) => said(why.mechanisms.find((m) => m.name === x.mechanism)?.text);
  return clear.length ? <ul>{clear.map((x) => <li key={x.mechanism}><i class={x.share! < 0 ? 'soft' : ''} style={{ width: `${Math.min(Math.abs(x.share!), 1) * 5}em` }} />{name(x)} <b>{pct(x.share)}</b> ({range(pct(x.share_lo), pct(x.share_hi), lang.value)})</li>)}</ul> : <>○ {t('why.none')}</>;
}

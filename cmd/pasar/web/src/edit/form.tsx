// The form: what is decided when, the levers, and every parameter with its unit, range and source, as the server declares them.
import { useState } from 'preact/hooks';
import type { Event, Lever, Param, Scenario } from '../api';
import { BadgeOf } from '../parts/explain';
import { numbered } from '../run/charts';
import { dated } from '../run/edge';
import { nameOf, say, spell } from '../run/levers';
import { iso, ms } from '../format';
import { lang, said, t } from '../strings';

const most = 60;

/** Form shows a scenario's events, levers and parameters; set writes a value into the text. */
export function Form({ scenario: s, set }: { scenario: Scenario; set: (path: string, value: string) => void }) {
  const [words, search] = useState('');
  const [changed, only] = useState(false);
  const hits = s.values.filter((v) => (!changed || v.changed) && v.path.toLowerCase().includes(words.trim().toLowerCase()));
  return (
    <div class="stack">
      <section class="card" aria-labelledby="f-events">
        <h2 id="f-events">{t('run.timeline')}</h2>
        <ol class="fevents">{numbered(s).map((e) => <EventRow key={e.id} e={e} set={set} />)}</ol>
        {!numbered(s).length && <p class="quiet">{t('run.timelineNone')}</p>}
      </section>
      <section class="card" aria-labelledby="f-levers">
        <h2 id="f-levers">{t('run.levers')}</h2>
        <div class="fgrid">{s.levers.map((l) => <LeverRow key={l.path} l={l} set={set} />)}</div>
      </section>
      <section class="card" aria-labelledby="f-params">
        <h2 id="f-params">{t('edit.params', { n: s.values.length })}</h2>
        <p class="tools">
          <label>{t('edit.find')} <input type="search" value={words} onInput={(e) => search(e.currentTarget.value)} /></label>
          <label><input type="checkbox" checked={changed} onChange={(e) => only(e.currentTarget.checked)} /> {t('edit.onlyChanged')}</label>
        </p>
        <div class="wrap" tabIndex={0} role="region" aria-label={t('chart.table')}>
          <table class="params">
            <thead><tr><th scope="col">{t('edit.path')}</th><th scope="col">{t('edit.value')}</th><th scope="col">{t('edit.unit')}</th><th scope="col">{t('edit.range')}</th><th scope="col">{t('edit.source')}</th></tr></thead>
            <tbody>{hits.slice(0, most).map((v) => <ParamRow key={v.path} v={v} set={set} />)}</tbody>
          </table>
        </div>
        {hits.length > most && <p class="quiet">{t('edit.more', { n: hits.length - most })}</p>}
      </section>
    </div>
  );
}

function EventRow({ e, set }: { e: Event; set: (path: string, value: string) => void }) {
  return (
    <li>
      <b>{said(e.mark)}</b> <code>{e.id}</code>
      {e.at && !e.condition
        ? <label><span class="hidden">{t('edit.dateOf', { what: said(e.mark) })}</span> <input type="date" value={e.date ?? e.at.slice(0, 10)} onChange={(x) => x.currentTarget.value && set(`${e.id}.at`, dated(x.currentTarget.value, e.at!))} /></label>
        : <span class="quiet">{e.condition ? t('run.when', { when: e.condition }) : ''}</span>}
      {e.end && <label><span class="hidden">{t('edit.dateOf', { what: t('run.end', { what: said(e.mark) }) })}</span> – <input type="date" value={iso(ms(e.end.at))} onChange={(x) => x.currentTarget.value && set(e.end!.path, dated(x.currentTarget.value, e.end!.at, e.end!.days ? e.at! : undefined))} /></label>}
      <p class="quiet">{said(e.sentence)}. {said(e.source) && t('run.source', { source: said(e.source) })}</p>
    </li>
  );
}

function LeverRow({ l, set }: { l: Lever; set: (path: string, value: string) => void }) {
  const id = 'form-' + l.path.replaceAll('.', '-');
  return (
    <div>
      <label for={id}>{nameOf(l)} <code>{l.path}</code></label>
      <div class="row"><input id={id} type="number" min={l.min} max={l.max} step="any" value={l.value} aria-describedby={id + '-d'} onChange={(e) => Number.isFinite(e.currentTarget.valueAsNumber) && set(l.path, spell(e.currentTarget.valueAsNumber, { step: 1e-6, type: l.type }))} /> <BadgeOf badge={l.badge} /></div>
      <p class="quiet" id={id + '-d'}>{say(l.min, l)} – {say(l.max, l)}{l.happened !== null && `; ${t('run.happened', { value: say(l.happened, l) })}`}. {said(l.source) ? t('run.source', { source: said(l.source) }) : t('run.assumed')} {lang.value === 'en' && l.what}</p>
    </div>
  );
}

function ParamRow({ v, set }: { v: Param; set: (path: string, value: string) => void }) {
  const path = v.path.startsWith('params.') ? v.path : `params.${v.path}`;
  const simple = typeof v.value === 'number' || typeof v.value === 'string' || typeof v.value === 'boolean';
  return (
    <tr class={v.changed ? 'own' : ''}>
      <th scope="row"><code>{path}</code></th>
      <td>{simple ? <input aria-label={path} value={String(v.value)} onChange={(e) => e.currentTarget.value !== String(v.value) && set(path, e.currentTarget.value.trim())} /> : <code>{JSON.stringify(v.value)}</code>}</td>
      <td>{said(v.unit)}</td>
      <td>{v.lo !== undefined && v.hi !== undefined && v.lo !== null && v.hi !== null ? `${v.lo} – ${v.hi}` : ''}</td>
      <td>{!v.source.en || v.source.en === 'assumption' ? t('badge.assumed') : said(v.source)} {v.grade && v.grade !== 'none' ? `(${v.grade})` : ''}</td>
    </tr>
  );
}

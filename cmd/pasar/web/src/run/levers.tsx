// The policy levers: real units, what happened in history, where the number comes from, and a reset that takes back only its own.
import { useEffect, useRef } from 'preact/hooks';
import type { Lever, Scenario } from '../api';
import { calm } from '../chart/measure';
import { num } from '../format';
import { unitWords } from '../chart/units';
import { withSet, type Link } from '../link';
import { BadgeOf, Explain } from '../parts/explain';
import { Status } from '../parts/status';
import { focusOn, go, href, keep, link, sheet } from '../state';
import { lang, said, t, type Key } from '../strings';
import { en } from '../strings.en';
import { Brief } from './headlines';

/** Levers is the panel of a scenario's levers. On a phone it is a sheet at the foot of the screen, so that the chart is seen while one is moved. */
export function Levers({ scenario: s }: { scenario: Scenario | null }) {
  const set = link.value.world.set, open = sheet.value;
  const head = useRef<HTMLHeadingElement>(null);
  const close = () => {
    sheet.value = false;
    focusOn('open-levers');
  };
  useEffect(() => {
    if (!open) return;
    document.querySelector('.run .plot')?.scrollIntoView({ behavior: calm() ? 'auto' : 'smooth' });
    head.current?.focus({ preventScroll: true });
  }, [open]);
  return (
    <section class={'card levers' + (open ? ' open' : '')} aria-labelledby="levers" onKeyDown={(e) => open && e.key === 'Escape' && close()}>
      <div class="row"><h2 id="levers" tabIndex={-1} ref={head}>{t('run.levers')}</h2> <Explain entry="lever" title={t('run.levers')} />
        {set.length > 0 && <button type="button" class="small" onClick={() => (focusOn('levers'), go({ world: { ...link.value.world, set: [] }, base: { ...link.value.base, set: [] } }))}>{t('run.resetAll')}</button>}
        <button type="button" class="small phone" onClick={close}>{t('app.close')}</button>
        {open && <div class="phone"><Brief /><Status echo /></div>}
      </div>
      {s && !s.levers.length && <p class="quiet">{t('run.leversNone')}</p>}
      {s?.levers.slice(0, 6).map((l) => <One key={l.path} lever={l} />)}
      <p><a href={href({ screen: 'edit' })}>{t('run.all')}</a></p>
    </section>
  );
}

function One({ lever: l }: { lever: Lever }) {
  const w = link.value.world;
  const own = w.set.find((o) => o.path === l.path);
  const value = own ? Number.parseFloat(own.value) : l.value;
  const id = 'lever-' + l.path.replaceAll('.', '-');
  const at = (v: number) => Math.max(0, Math.min(1, (v - l.min) / (l.max - l.min)));
  const both = (value: string | null): Partial<Link> =>
    ({ world: withSet(w, l.path, value), ...(l.scope === 'world' ? { base: withSet(link.value.base, l.path, value) } : {}) });
  return (
    <div class={'lever' + (own ? ' own' : '')}>
      <div class="row"><label for={id}>{nameOf(l)}</label><output for={id}>{say(value, l)}</output></div>
      <div class="track">
        <input id={id} type="range" min={l.min} max={l.max} step={l.step} value={value} aria-valuetext={say(value, l)} aria-describedby={id + '-note'} onInput={(e) => keep(both(spell(Number(e.currentTarget.value), l)))} />
        {l.happened !== null && <i class="tick" style={{ left: `calc(8px + (100% - 16px) * ${at(l.happened)})` }} aria-hidden="true" />}
      </div>
      <details class="source">
        <summary><span id={id + '-note'}>{l.happened !== null ? t('run.happened', { value: say(l.happened, l) }) : t('run.inFile', { value: say(l.value, l) })}{l.still && <> · ○ {t('run.still')}</>}</span> <BadgeOf badge={l.badge} /></summary>
        {l.still && <p>{said(l.still)}</p>}
        <p>{said(l.source) ? t('run.source', { source: said(l.source) + (l.grade && l.grade !== 'none' ? ` (${l.grade})` : '') }) : t('run.assumed')} {lang.value === 'en' && l.what /* declared in English only */} <code>{l.path}</code></p>
      </details>
      {own && <button type="button" class="link" aria-label={t('run.resetOne', { name: nameOf(l) })} onClick={() => (focusOn(id), go(both(null)))}>{t('run.reset')}</button>}
    </div>
  );
}

/** nameOf is a lever in plain words; one that has none here goes by its declaration. */
export function nameOf(l: Pick<Lever, 'path' | 'name'>): string {
  const key = `lever.${l.path}`;
  return key in en ? t(key as Key) : said(l.name);
}

/** spell is a value as --set takes it: a point for decimals, and a d behind days. */
export function spell(v: number, l: Pick<Lever, 'step' | 'type'>): string {
  const decimals = Math.max(0, Math.min(6, Math.ceil(-Math.log10(l.step) - 1e-9)));
  return String(Number(v.toFixed(decimals))) + (l.type === 'days' ? 'd' : '');
}

// Units that say nothing to a person who moves a lever.
const plain = new Set(['utility', 'probability', 'ratio', 'number', '1']);

/** per is by what a value is multiplied before a person reads it: shares are told in per cent. */
export const per = (l: Pick<Lever, 'unit'>) => (l.unit === 'share' || l.unit === 'probability' ? 100 : 1);

/** say is a value as a person reads it. */
export function say(v: number, l: Pick<Lever, 'unit' | 'step' | 'type'>): string {
  if (per(l) > 1) return `${num(v * 100, l.step * 100 < 1 ? 1 : 0, lang.value)}%`;
  const decimals = l.step >= 1 ? 0 : Math.min(3, Math.ceil(-Math.log10(l.step) - 1e-9));
  if (l.unit === 'USD') return `US$${num(v, decimals, lang.value)}`;
  const unit = l.type === 'days' ? t('unit.days') : plain.has(l.unit) ? '' : unitWords(l.unit);
  return unit.startsWith('Rp') ? `Rp ${num(v, decimals, lang.value)}` : `${num(v, decimals, lang.value)} ${unit}`.trim();
}

// The edge of an event in the strip: drag it, or move it with arrow keys and keep it with Enter, and the run is one with another date.
// Where there is no room for edges, the same dates stand in fields.
import { useState } from 'preact/hooks';
import { withSet, type World } from '../link';
import { clock, day, iso, ms } from '../format';
import { go, link } from '../state';
import { lang, t } from '../strings';

const dayMs = 864e5;

/** dated is another day for a moment, as --set takes it: at the same hour, or as a length of time since another moment. */
export function dated(to: string, moment: string, since?: string): string {
  if (since) return `${Math.round((ms(to) - ms(iso(ms(since)))) / dayMs)}d`;
  const hour = clock(moment, 'en').slice(0, 5);
  return hour ? `${to}T${hour}` : to;
}

/** A moment that can be moved: a date, or a length of time since another moment; what moves along, and the first day that it can be. */
export type Moment = { what: string; path: string; at: string; since?: string | undefined; with?: { path: string; at: string }[]; least?: number };

/** moved is each date that another day for a moment changes, as --set takes it. */
export function moved(m: Moment, to: number): { path: string; value: string }[] {
  const by = Math.round((ms(iso(to)) - ms(iso(ms(m.at)))) / dayMs) * dayMs;
  return [{ path: m.path, value: dated(iso(to), m.at, m.since) }, ...(m.with ?? []).map((x) => ({ path: x.path, value: dated(iso(ms(x.at) + by), x.at) }))];
}

function keep(m: Moment, to: number) {
  if (iso(to) === iso(ms(m.at))) return;
  go({ world: moved(m, Math.max(to, m.least ?? 0)).reduce<World>((w, x) => withSet(w, x.path, x.value), link.value.world) });
}

/** Edge moves one moment of an event; x and back map moments to pixels and pixels to moments. */
export function Edge({ of: m, x, back }: { of: Moment; x: (at: number) => number; back: (px: number) => number }) {
  const [draft, set] = useState<number | null>(null);
  const was = ms(m.at), at = draft ?? was;
  const move = (to: number) => set(Math.max(to, m.least ?? 0));
  const settle = (to: number | null) => {
    set(null);
    if (to !== null) keep(m, to);
  };
  const key = (k: KeyboardEvent) => {
    const by = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -28, PageUp: 28 }[k.key];
    if (by) move(at + by * (k.shiftKey ? 7 : 1) * dayMs);
    else if (k.key === 'Enter') settle(draft);
    else if (k.key === 'Escape') set(null);
    else return;
    k.preventDefault();
    k.stopPropagation();
  };
  const label = t('run.edge', { what: m.what });
  return (
    <span
      class={'edge' + (draft === null ? '' : ' moved')} role="slider" tabIndex={0} style={{ left: `${x(at) - 12}px` }} aria-label={label}
      aria-valuemin={0} aria-valuemax={Math.round(ms('2031-01-01') / dayMs)} aria-valuenow={Math.round(at / dayMs)} aria-valuetext={day(at, lang.value)} title={label} onKeyDown={key} onBlur={() => set(null)}
      onPointerDown={(p) => (p.currentTarget as HTMLElement).setPointerCapture(p.pointerId)}
      onPointerMove={(p) => {
        const box = (p.currentTarget as HTMLElement).parentElement!.getBoundingClientRect();
        if (p.buttons & 1 && Math.abs(p.clientX - box.left - x(was)) > 3) move(back(p.clientX - box.left));
      }}
      onPointerUp={() => settle(draft)}
    >
      {draft !== null && <b>{day(at, lang.value)}</b>}
    </span>
  );
}

/** Dater moves one moment by fingers: a field for its date, and a week back or on. */
export function Dater({ of: m, label }: { of: Moment; label: string }) {
  const at = ms(m.at);
  const by = (days: number, words: string) => <button type="button" aria-label={`${words}: ${m.what}`} onClick={() => keep(m, at + days * dayMs)}>{words}</button>;
  return (
    <div class="dater">
      <span aria-hidden="true">{label}</span>
      {by(-7, t('run.weekLess'))}
      <input type="date" aria-label={t('edit.dateOf', { what: m.what })} value={iso(at)} min={m.least ? iso(m.least) : undefined} onChange={(e) => e.currentTarget.value && keep(m, ms(e.currentTarget.value))} />
      {by(7, t('run.weekMore'))}
    </div>
  );
}

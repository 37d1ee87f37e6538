// The edge of an event in the strip: drag it, or move it with arrow keys and keep it with Enter, and the run is one with another date.
import { useState } from 'preact/hooks';
import { withSet } from '../link';
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

/** What an edge moves: a date, or a length of time since another moment. */
export type EdgeProps = { what: string; path: string; at: string; since?: string | undefined; least?: number; x: (at: number) => number; back: (px: number) => number };

/** Edge moves one moment of an event; x and back map moments to pixels and pixels to moments. */
export function Edge({ what, path, at: moment, since, least = 0, x, back }: EdgeProps) {
  const [draft, set] = useState<number | null>(null);
  const was = ms(moment), at = draft ?? was;
  const move = (to: number) => set(Math.max(to, least));
  const keep = (to: number | null) => {
    set(null);
    if (to === null || iso(to) === iso(was)) return;
    go({ world: withSet(link.value.world, path, dated(iso(to), moment, since)) });
  };
  const key = (k: KeyboardEvent) => {
    const by = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -28, PageUp: 28 }[k.key];
    if (by) move(at + by * (k.shiftKey ? 7 : 1) * dayMs);
    else if (k.key === 'Enter') keep(draft);
    else if (k.key === 'Escape') set(null);
    else return;
    k.preventDefault();
    k.stopPropagation();
  };
  const label = t('run.edge', { what });
  return (
    <span
      class={'edge' + (draft === null ? '' : ' moved')} role="slider" tabIndex={0} style={{ left: `${x(at) - 12}px` }} aria-label={label}
      aria-valuemin={0} aria-valuemax={Math.round(ms('2031-01-01') / dayMs)} aria-valuenow={Math.round(at / dayMs)} aria-valuetext={day(at, lang.value)} title={label} onKeyDown={key} onBlur={() => set(null)}
      onPointerDown={(p) => (p.currentTarget as HTMLElement).setPointerCapture(p.pointerId)}
      onPointerMove={(p) => {
        const box = (p.currentTarget as HTMLElement).parentElement!.getBoundingClientRect();
        if (p.buttons & 1 && Math.abs(p.clientX - box.left - x(was)) > 3) move(back(p.clientX - box.left));
      }}
      onPointerUp={() => keep(draft)}
    >
      {draft !== null && <b>{day(at, lang.value)}</b>}
    </span>
  );
}

// The edge of an event in the strip: drag it, or move it with arrow keys and keep it with Enter, and the run is one with another date.
import { useState } from 'preact/hooks';
import type { Event } from '../api';
import { withSet } from '../link';
import { clock, day, iso, ms } from '../format';
import { go, link } from '../state';
import { lang, said, t } from '../strings';

const dayMs = 864e5;

/** Edge moves the date of an event; x and back map moments to pixels and pixels to moments. */
export function Edge({ e, x, back }: { e: Event; x: (at: number) => number; back: (px: number) => number }) {
  const [draft, set] = useState<number | null>(null);
  const at = draft ?? ms(e.at!);
  const keep = (to: number | null) => {
    set(null);
    if (to === null || iso(to) === iso(ms(e.at!))) return;
    const hour = clock(e.at!, 'en').slice(0, 5);
    go({ world: withSet(link.value.world, `${e.id}.at`, iso(to) + (hour ? `T${hour}` : '')) });
  };
  const key = (k: KeyboardEvent) => {
    const by = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -28, PageUp: 28 }[k.key];
    if (by) set(at + by * (k.shiftKey ? 7 : 1) * dayMs);
    else if (k.key === 'Enter') keep(draft);
    else if (k.key === 'Escape') set(null);
    else return;
    k.preventDefault();
    k.stopPropagation();
  };
  return (
    <span
      class={'edge' + (draft === null ? '' : ' moved')} role="slider" tabIndex={0} style={{ left: `${x(at) - 12}px` }} aria-label={t('run.edge', { what: said(e.mark) })}
      aria-valuemin={0} aria-valuemax={Math.round(ms('2031-01-01') / dayMs)} aria-valuenow={Math.round(at / dayMs)} aria-valuetext={day(at, lang.value)} title={t('run.edge', { what: said(e.mark) })} onKeyDown={key} onBlur={() => set(null)}
      onPointerDown={(p) => (p.currentTarget as HTMLElement).setPointerCapture(p.pointerId)}
      onPointerMove={(p) => {
        const box = (p.currentTarget as HTMLElement).parentElement!.getBoundingClientRect();
        if (p.buttons & 1 && Math.abs(p.clientX - box.left - x(ms(e.at!))) > 3) set(back(p.clientX - box.left));
      }}
      onPointerUp={() => keep(draft)}
    >
      {draft !== null && <b>{day(at, lang.value)}</b>}
    </span>
  );
}

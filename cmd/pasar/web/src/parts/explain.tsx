// Small parts of every screen: the glossary entry behind a [?], and the badge that says where a number comes from.
import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Badge } from '../api';
import { href } from '../state';
import { t } from '../strings';
import { entryOf } from '../docs/glossary';

/** Explain is a button that opens a glossary entry; it works by tap and by key. */
export function Explain({ entry, title }: { entry: string; title: string }) {
  const [open, set] = useState(false);
  const id = useId();
  const box = useRef<HTMLSpanElement>(null);
  useLayoutEffect(() => { // before the note is seen, and Esc can be pressed
    if (!open) return;
    const away = (e: Event) => {
      if (!(e.target instanceof Node && box.current?.contains(e.target))) set(false);
    };
    const esc = (e: KeyboardEvent) => {
      if (e.key !== 'Escape') return;
      if (box.current?.contains(document.activeElement)) box.current.querySelector('button')!.focus();
      set(false);
    };
    addEventListener('pointerdown', away);
    addEventListener('keydown', esc);
    return () => {
      removeEventListener('pointerdown', away);
      removeEventListener('keydown', esc);
    };
  }, [open]);
  const e = entryOf(entry);
  if (!e) return null;
  return (
    <span class="explain" ref={box}>
      <button type="button" class="round" aria-expanded={open} aria-controls={id} aria-label={t('explain.what', { title })} onClick={() => set(!open)}>?</button>
      {open && (
        <span class="pop" id={id} role="note">
          <b>{e.term}</b> {e.text} <a href={href({ screen: 'docs', page: `glossary.${entry}` })}>{t('explain.all')}</a>
        </span>
      )}
    </span>
  );
}

/** BadgeOf says whether numbers are observed, assumed or simulated. */
export function BadgeOf({ badge }: { badge: Badge }) {
  return <span class={`badge ${badge}`}>{t(`badge.${badge}`)}</span>;
}

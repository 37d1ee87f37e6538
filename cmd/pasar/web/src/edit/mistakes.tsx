// All mistakes at once, each with its place; a click leads there.
import { useEffect, useRef } from 'preact/hooks';
import type { RefObject } from 'preact';
import type { Mistake } from '../api';
import { InEnglish } from '../parts/banners';
import { t } from '../strings';

type Area = RefObject<HTMLTextAreaElement | null>;

/** Mistakes lists what the validator found. */
export function Mistakes({ list, area, toText }: { list: Mistake[]; area: Area; toText: () => void }) {
  const box = useRef<HTMLElement>(null);
  const first = list[0] && `${list[0].line} ${list[0].message}`;
  useEffect(() => {
    if (document.activeElement !== area.current) box.current?.focus();
  }, [first]);
  return (
    <section class="banner bad" id="mistakes" tabIndex={-1} ref={box} aria-label={t('edit.mistakes', { n: list.length })}>
      <ol>
        {list.map((m, i) => (
          <li key={i}>
            {m.line > 0 ? <button type="button" class="link" onClick={() => (toText(), setTimeout(() => toLine(area.current, m.line, m.col)))}>{t('edit.line', { line: m.line, col: m.col })}</button> : <code>{m.file}</code>}{' '}
            {m.path && <><code>{m.path}</code>: </>}<span class="lines">{m.message}.</span> {m.allowed && `${t('state.allowed', { what: m.allowed })}.`} {m.near && t('state.near', { what: m.near })}
          </li>
        ))}
      </ol>
      <InEnglish />
    </section>
  );
}

/** toLine puts the caret on a line of the text. */
export function toLine(area: HTMLTextAreaElement | null, line: number, col: number) {
  if (!area) return;
  const before = area.value.split('\n').slice(0, line - 1).reduce((n, l) => n + l.length + 1, 0);
  area.focus();
  area.setSelectionRange(before + Math.max(0, col - 1), before + (area.value.split('\n')[line - 1]?.length ?? 0));
  area.scrollTop = Math.max(0, (line - 6) * Number.parseFloat(getComputedStyle(area).lineHeight));
}

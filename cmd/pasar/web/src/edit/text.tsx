// The file as text, with numbers before its lines and marks on those with a mistake.
import { useRef } from 'preact/hooks';
import type { RefObject } from 'preact';
import type { Mistake } from '../api';
import { t } from '../strings';

type Props = { text: string; write: (text: string) => void; mistakes: Mistake[]; area: RefObject<HTMLTextAreaElement | null> };

/** Text is the editor of the text. */
export function Text({ text, write, mistakes, area }: Props) {
  const numbers = useRef<HTMLPreElement>(null);
  const bad = new Set(mistakes.map((m) => m.line));
  const lines = text.split('\n').length;
  return (
    <div class="editor card">
      <pre ref={numbers} aria-hidden="true">{Array.from({ length: lines }, (_, i) => <span key={i} class={bad.has(i + 1) ? 'bad' : ''}>{i + 1}{bad.has(i + 1) ? ' ◀' : ''}{'\n'}</span>)}</pre>
      <textarea
        ref={area} class="code" spellcheck={false} wrap="off" value={text} rows={Math.min(44, Math.max(18, lines + 1))} aria-label={t('edit.textOf')}
        aria-invalid={mistakes.length > 0} aria-describedby={mistakes.length ? 'mistakes' : undefined}
        onInput={(e) => write(e.currentTarget.value)} onScroll={(e) => numbers.current && (numbers.current.scrollTop = e.currentTarget.scrollTop)}
      />
    </div>
  );
}

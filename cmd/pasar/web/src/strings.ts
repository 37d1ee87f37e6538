// Words of the screens. Both dictionaries are flat and typed: a missing key is a compile error.
import { signal } from '@preact/signals';
import { en } from './strings.en';
import { id } from './strings.id';

export type Lang = 'en' | 'id';
export type Key = keyof typeof en;

const words: Record<Lang, Record<Key, string>> = { en, id };

/** The language of all screens. */
export const lang = signal<Lang>('en');

/** A text of the server, or of a scenario file, in both languages. */
export type Both = { en: string; id: string };

/** t is a text in the language of the screen; {name} stands for an argument. */
export function t(key: Key, args: Record<string, string | number> = {}): string {
  return fill(words[lang.value][key], args);
}

/** said is a text that came in both languages. */
export function said(b: Both | undefined): string {
  return b ? b[lang.value] || b.en : '';
}

/** fill puts arguments into a text. */
export function fill(text: string, args: Record<string, string | number>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => (name in args ? String(args[name]) : whole));
}

// Words of the screens. Both dictionaries are flat and typed: a missing key is a compile error.
import { signal } from '@preact/signals';
import { en } from './strings.en';

export type Lang = 'en' | 'id';
export type Key = keyof typeof en;

const words: { en: Record<Key, string>; id?: Record<Key, string> } = { en };

/** The language of all screens; speak changes it. */
export const lang = signal<Lang>('en');

/** speak changes the language; the Indonesian words are fetched when they are first wanted. */
export async function speak(to: Lang) {
  if (to === 'id') words.id ??= (await import('./strings.id')).id;
  lang.value = to;
}

/** A text of the server, or of a scenario file, in both languages. */
export type Both = { en: string; id: string };

/** t is a text in the language of the screen; {name} stands for an argument. */
export function t(key: Key, args: Record<string, string | number> = {}): string {
  return fill((words[lang.value] ?? en)[key], args);
}

/** said is a text that came in both languages. */
export function said(b: Both | undefined): string {
  return b ? b[lang.value] || b.en : '';
}

/** fill puts arguments into a text. */
export function fill(text: string, args: Record<string, string | number>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => (name in args ? String(args[name]) : whole));
}

// One's own scenario files: opened from disk, kept in this tab and in the link.
import { go, spoken } from '../state';
import { world } from '../link';

/** open reads a chosen file and shows it in the editor. */
export async function open(input: HTMLInputElement) {
  const file = input.files?.[0];
  if (!file) return;
  const text = await file.text();
  input.value = '';
  spoken.value = file.name;
  go({ screen: 'edit', world: { ...world(nameOf(file.name)), text }, week: '', outcomes: [], tour: '' });
}

/** nameOf is a scenario's name from the name of its file. */
export const nameOf = (file: string) => file.replace(/\.ya?ml$/i, '').toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '') || 'mine';

// The state of the lab is its address. A link and a command line are two spellings of one struct; nothing is dropped in silence.

export const screens = ['gallery', 'run', 'compare', 'sweep', 'edit', 'agent', 'docs'] as const;
export type Screen = (typeof screens)[number];

/** One setting that differs from the scenario file, in the words of the command line's --set. */
export type Override = { path: string; value: string };

/** A world: a scenario of the library, or the text of one's own file, with overrides. */
export type World = { scenario: string; hash: string; text: string; set: Override[] };

/** Link is everything that an address says. */
export type Link = {
  screen: Screen;
  base: World; // what is compared with; A
  world: World; // what is looked at; B
  seed: number;
  n: number; // pairs of runs
  buyers: number;
  week: string; // Monday or first day, ISO; empty: the last
  outcomes: string[]; // of the charts
  lang: '' | 'en' | 'id';
  page: string; // of docs, or the study of a sweep
  agent: string; // such as sme:12
  tour: string; // name and step of a guided tour, such as start.2
};

/** A part of an address that was not understood, and why. */
export type Ignored = { part: string; why: 'unknown' | 'number' | 'date' | 'value' | 'twice' | 'screen' | 'encoding' | 'scenario' | 'hash' | 'market' | 'week' | 'outcome' | 'file' | 'limit' };

export const quick = { seed: 1, n: 8, buyers: 2000 };

export function world(scenario: string): World {
  return { scenario, hash: '', text: '', set: [] };
}

export function home(): Link {
  return {
    screen: 'gallery', base: world('no-ban'), world: world('pilot'), ...quick,
    week: '', outcomes: [], lang: '', page: '', agent: '', tour: '',
  };
}

// The letters of the two worlds in each screen: a run has s and base, a comparison a and b.
const letters = (screen: Screen) => (screen === 'compare' || screen === 'agent' ? { base: 'a', world: 'b' } : { base: 'base', world: 's' });

/** print spells a link as the hash of an address. Seed and n are always there where something is played. */
export function print(l: Link): string {
  const q: string[] = [];
  const put = (key: string, value: string) => q.push(`${key}=${encode(value)}`);
  const { base, world: main } = letters(l.screen);
  if (plays(l.screen)) {
    putWorld(put, base, l.base, base + '.');
    putWorld(put, main, l.world, base === 'a' ? 'b.' : '');
    put('seed', String(l.seed));
    put('n', String(l.n));
    if (l.buyers !== quick.buyers) put('buyers', String(l.buyers));
  }
  if (l.screen === 'edit') putWorld(put, 's', l.world, '');
  if (l.week) put('w', l.week);
  if (l.outcomes.length) put('y', l.outcomes.join(','));
  if (l.agent) put('agent', l.agent);
  if (l.page) put('page', l.page);
  if (l.tour) put('tour', l.tour);
  if (l.lang) put('lang', l.lang);
  return '#/' + (l.screen === 'gallery' ? '' : l.screen) + (q.length ? '?' + q.join('&') : '');
}

/** plays says whether a screen shows runs. */
export const plays = (s: Screen) => s === 'run' || s === 'compare' || s === 'agent' || s === 'sweep';

function putWorld(put: (k: string, v: string) => void, letter: string, w: World, prefix: string) {
  put(letter, w.scenario + (w.hash ? '@' + w.hash : ''));
  if (w.text && w.text.length <= longest) put(letter + '.text', w.text);
  else if (w.text) put(letter + '.file', keepFile(w.text));
  for (const o of w.set) put('set', `${prefix}${o.path}:${o.value}`);
}

/** The longest text of one's own that a link carries; a longer one stays in this tab, and the link says so. */
export const longest = 2000;

// Texts that are too long for a link, by a hash of their letters, for as long as the tab lives.
const files = new Map<string, string>();

function keepFile(text: string): string {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  const id = (h >>> 0).toString(16).padStart(8, '0');
  files.set(id, text);
  return id;
}

function file(w: World, id: string): Ignored['why'] | '' {
  const text = files.get(id);
  if (text === undefined) return 'file';
  w.text = text;
  return '';
}

// Colons, commas, slashes and at signs are allowed in a fragment and stay readable.
function encode(s: string): string {
  return encodeURIComponent(s).replace(/%(3A|2C|2F|40)/g, (x) => decodeURIComponent(x));
}

/** parse reads the hash of an address. What it does not understand is in the second result, part by part. */
export function parse(hash: string): [Link, Ignored[]] {
  const l = home();
  const ignored: Ignored[] = [];
  const text = hash.replace(/^#?\/?/, '');
  const cut = text.indexOf('?');
  const name = cut < 0 ? text : text.slice(0, cut);
  const screen = screens.find((s) => s === (name || 'gallery'));
  if (screen) l.screen = screen;
  else ignored.push({ part: name, why: 'screen' });

  const seen = new Set<string>();
  for (const part of cut < 0 ? [] : text.slice(cut + 1).split('&').filter(Boolean)) {
    const at = part.indexOf('=');
    const key = at < 0 ? part : part.slice(0, at);
    const value = decode(at < 0 ? '' : part.slice(at + 1));
    const why = value === null ? 'encoding' : key !== 'set' && seen.has(key) ? 'twice' : read(l, key, value);
    seen.add(key);
    if (why) ignored.push({ part: shown(part), why });
  }
  return [l, ignored];
}

function read(l: Link, key: string, value: string): Ignored['why'] | '' {
  const { base, world: main } = letters(l.screen);
  const other = base === 'a' ? 'b.' : '';
  switch (key) {
    case base: return scenario(l.base, value);
    case main: return scenario(l.world, value);
    case base + '.text': return (l.base.text = value), '';
    case main + '.text': return (l.world.text = value), '';
    case base + '.file': return file(l.base, value);
    case main + '.file': return file(l.world, value);
    case 'set': {
      if (value.startsWith(base + '.')) return override(l.base, value.slice(base.length + 1));
      if (!value.startsWith(other)) return 'value';
      return override(l.world, value.slice(other.length));
    }
    case 'seed': return whole(value, 0, (v) => (l.seed = v));
    case 'n': return whole(value, 1, (v) => (l.n = v));
    case 'buyers': return whole(value, 1, (v) => (l.buyers = v));
    case 'w': return /^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(Date.parse(value)) ? ((l.week = value), '') : 'date';
    case 'y': return /^[\w.,-]+$/.test(value) ? ((l.outcomes = value.split(',').filter(Boolean)), '') : 'value';
    case 'lang': return value === 'en' || value === 'id' ? ((l.lang = value), '') : 'value';
    case 'agent': return /^(sme|creator|buyer):\d+$/.test(value) ? ((l.agent = value), '') : 'value';
    case 'page': return /^[\w.-]+$/.test(value) ? ((l.page = value), '') : 'value';
    case 'tour': return /^[\w-]+\.\d+$/.test(value) ? ((l.tour = value), '') : 'value';
  }
  return 'unknown';
}

function scenario(w: World, value: string): Ignored['why'] | '' {
  const m = /^([a-z0-9][a-z0-9-]*)(?:@([0-9a-f]+))?$/.exec(value);
  if (!m) return 'value';
  w.scenario = m[1]!;
  w.hash = m[2] ?? '';
  return '';
}

function override(w: World, value: string): Ignored['why'] | '' {
  const at = value.indexOf(':');
  if (at < 1) return 'value';
  const path = value.slice(0, at);
  if (w.set.some((o) => o.path === path)) return 'twice';
  w.set.push({ path, value: value.slice(at + 1) });
  return '';
}

function whole(value: string, least: number, set: (v: number) => void): Ignored['why'] | '' {
  const v = Number(value);
  if (!/^\d{1,15}$/.test(value) || v < least) return 'number';
  set(v);
  return '';
}

function decode(s: string): string | null {
  try {
    return decodeURIComponent(s);
  } catch {
    return null;
  }
}

const shown = (part: string) => (part.length > 60 ? part.slice(0, 57) + '…' : part);

/** withSet is a world with one override more, or changed; an empty value takes away only that one. */
export function withSet(w: World, path: string, value: string | null): World {
  const i = w.set.findIndex((o) => o.path === path);
  const set = [...w.set];
  if (value === null) set.splice(i < 0 ? set.length : i, 1);
  else if (i < 0) set.push({ path, value });
  else set[i] = { path, value };
  return { ...w, set };
}

/** command is the command line that gives the same numbers as a link. */
export function command(l: Link): string {
  const side = (w: World) => (w.text ? `${w.scenario}.yaml` : w.scenario) + w.set.map((o) => `+${o.path}=${o.value}`).join('');
  const flags = [`--reps ${l.n}`, `--buyers ${l.buyers}`, ...(l.seed === 1 ? [] : [`--seed ${l.seed}`])];
  return ['pasar compare', quote(side(l.base)), quote(side(l.world)), ...flags].join(' ');
}

/** quote is a word as a shell takes it, like Quote of scenarios/shell. */
export const quote = (s: string) => (/^[\w.,+=:@%/-]+$/.test(s) ? s : `'${s.replaceAll("'", `'\\''`)}'`);

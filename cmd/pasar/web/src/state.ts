// The state that screens share: the address, the week that is looked at, what the server told once.
import { computed, signal } from '@preact/signals';
import { getMeta, getScenarios, Refused, type Card, type Meta } from './api';
import { parse, plays, print, type Ignored, type Link, type Screen } from './link';
import { speak, type Lang } from './strings';

const [first, firstIgnored] = parse(location.hash);

/** The address, as a struct. Change it with go or keep only. */
export const link = signal<Link>(first);

/** Parts of the address that were not understood; they stand in a banner until the next screen. */
export const ignored = signal<Ignored[]>(firstIgnored);

/** ignore names a part of the address that is not used. */
export const ignore = (part: string, why: Ignored['why']) => void (ignored.value = [...ignored.value, { part, why }]);

/** The week that all charts look at; null is the last one that there is. */
export const week = signal<number | null>(null);

/** Where the replay stands; null: it is not replaying, everything is shown. */
export const playhead = signal<number | null>(null);
export const playing = signal(false);

/** Somebody is asked to predict: numbers and charts are hidden until then. */
export const predicting = signal(false);

/** The levers are open on a phone, where they are a sheet at the foot of the screen. */
export const sheet = signal(false);

/** What the lab knows from the server, once; null until it is there. */
export const meta = signal<Meta | null>(null);
export const library = signal<Card[] | null>(null);
/** Why it could not be asked; 'code' where a class has a code. */
export const serverError = signal<string>('');

/** A word for a status region: what a screen reader is told. */
export const spoken = signal('');

export const screen = computed<Screen>(() => link.value.screen);

/** focusOn hands the focus on, once drawn again: what had it may be gone, and who uses keys would begin at the top of the page. */
export const focusOn = (id: string) => void setTimeout(() => document.getElementById(id)?.focus());

function leavePlace() {
  [week.value, playhead.value, playing.value, sheet.value] = [null, null, false, false];
  setTimeout(() => document.activeElement === document.body && document.getElementById('content')?.focus({ preventScroll: true }));
}

/** go leads to another place and leaves the present one in the history. */
export function go(to: Partial<Link>) {
  const next = { ...link.value, ...to };
  if (next.screen !== link.value.screen) scrollTo(0, 0);
  if (next.screen !== link.value.screen || next.world.scenario !== link.value.world.scenario) leavePlace();
  link.value = next;
  history.pushState(null, '', print(next));
  ignored.value = [];
}

/** keep changes the present place, such as the week that is looked at. */
export function keep(to: Partial<Link>) {
  link.value = { ...link.value, ...to };
  clearTimeout(pending);
  pending = setTimeout(() => history.replaceState(null, '', print(link.value)), 120);
}
let pending: ReturnType<typeof setTimeout> | undefined;

/** href is the address of another place, for an anchor. */
export const href = (to: Partial<Link>) => print({ ...link.value, tour: '', ...to });

/** follow reads the address again after back, forward or a click on a link. */
export function follow() {
  const hash = location.hash;
  if (hash === print(link.value)) return;
  const [next, problems] = parse(hash);
  if (!plays(next.screen)) { // a look elsewhere does not forget what was being played
    const { base, world, seed, n, buyers } = link.value;
    Object.assign(next, { base, seed, n, buyers, world: next.screen === 'edit' ? next.world : world });
  }
  if (next.screen !== link.value.screen || next.world.scenario !== link.value.world.scenario) leavePlace();
  [link.value, ignored.value] = [next, problems];
  if (next.lang) void setLang(next.lang);
}

/** setLang changes the language of the page, the link and the next visit. */
export async function setLang(to: Lang) {
  await speak(to);
  document.documentElement.lang = to;
  try {
    localStorage.setItem('pasar.lang', to);
  } catch {
    // a browser that keeps nothing still has the link
  }
}

/** firstLang is the language of the link, the last visit or the browser. */
export function firstLang(): Lang {
  let last: string | null = null;
  try {
    last = localStorage.getItem('pasar.lang');
  } catch {
    // as above
  }
  const wish = link.value.lang || last || navigator.language.slice(0, 2);
  return wish === 'id' ? 'id' : 'en';
}

/** load asks for what all screens need. */
export async function load() {
  serverError.value = '';
  try {
    [meta.value, library.value] = await Promise.all([getMeta(), getScenarios()]);
  } catch (e) {
    serverError.value = e instanceof Refused && e.status === 403 ? 'code' : (e as Error).message;
  }
}

/** again asks now and, while something is going on, every two seconds; an effect returns what it returns. */
export function again(going: boolean, ask: () => unknown) {
  ask();
  const timer = going ? setInterval(ask, 2000) : 0;
  return () => clearInterval(timer);
}

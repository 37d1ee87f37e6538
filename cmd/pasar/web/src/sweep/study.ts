// A sweep of the lab: points that differ in levers, each played as pairs against the base. Points that were played before come from the
// store of the server, so a study that was stopped goes on where it was.
import { signal } from '@preact/signals';
import { getComparison, getRun, postRun, Refused, stopRun, type Headline, type Lever } from '../api';
import { withSet, type Link, type World } from '../link';
import { spell } from '../run/levers';

/** A Point is one setting of some levers. */
export type Point = { id: string; values: Record<string, number>; world: World; base: World };

/** What came of a point: its headlines, or why there are none. */
export type Found = { headlines: Headline[] } | { failed: string };

export const found = signal<Map<string, Found>>(new Map());
export const playing = signal<Point | null>(null);
export const share = signal(0);

let running = 0;
let key = '';

/** pointOf is the world of a link with some levers moved. */
export function pointOf(l: Link, levers: Lever[], values: Record<string, number>): Point {
  let world = l.world, base = l.base;
  for (const lever of levers) {
    const v = values[lever.path];
    if (v === undefined) continue;
    world = withSet(world, lever.path, spell(v, lever));
    if (lever.scope === 'world') base = withSet(base, lever.path, spell(v, lever));
  }
  return { id: JSON.stringify([world.scenario, world.text, world.set, base.scenario, base.set, l.seed, l.n, l.buyers]), values, world, base };
}

/** ends are the points of a tornado: as it is, and each lever at its lowest and highest, one at a time. */
export const ends = (l: Link, levers: Lever[]): Point[] =>
  [pointOf(l, levers, {}), ...levers.flatMap((x) => [pointOf(l, levers, { [x.path]: x.min }), pointOf(l, levers, { [x.path]: x.max })])];

/** grid are the points of a heat map of two levers. */
export function grid(l: Link, x: Lever, y: Lever, steps: number): Point[] {
  const at = (v: Lever, i: number) => Number.parseFloat(spell(v.min + ((v.max - v.min) * i) / (steps - 1), v));
  return Array.from({ length: steps * steps }, (_, k) => pointOf(l, [x, y], { [x.path]: at(x, k % steps), [y.path]: at(y, Math.floor(k / steps)) }));
}

/** play plays points one after another; a second call, or halt, ends the first. */
export async function play(l: Link, points: Point[]) {
  const mine = ++running;
  for (const p of points) {
    if (found.value.has(p.id) && 'headlines' in found.value.get(p.id)!) continue;
    playing.value = p;
    share.value = 0;
    const what = await one(l, p, () => mine === running).catch((e: unknown): Found => ({ failed: (e as Error).message }));
    if (mine !== running) return;
    if (what) found.value = new Map(found.value).set(p.id, what);
    else break;
  }
  if (mine === running) playing.value = null;
}

/** halt stops a study; what is finished is kept. */
export async function halt() {
  running++;
  playing.value = null;
  if (key) await stopRun(key).catch(() => undefined);
  key = '';
}

async function one(l: Link, p: Point, wanted: () => boolean): Promise<Found | null> {
  let s = await patiently(() => postRun(p.world, p.base, l.seed, l.n, l.buyers), wanted);
  if (!s) return null;
  const base = s.base_key ?? '';
  key = s.key;
  for (const k of [s.key, base]) {
    for (s = await getRun(k); s.state === 'queued' || s.state === 'running'; s = await getRun(k)) {
      if (!wanted()) return null;
      if (k === key) share.value = s.share ?? 0;
      await pause(700);
    }
    if (s.state !== 'done') return { failed: s.error?.message ?? s.state };
  }
  return { headlines: (await getComparison(base, key)).headlines };
}

// A server that is asked for too much says so; it is asked again later.
async function patiently<T>(ask: () => Promise<T>, wanted: () => boolean): Promise<T | null> {
  while (wanted()) {
    try {
      return await ask();
    } catch (e) {
      if (!(e instanceof Refused) || e.status !== 429) throw e;
      await pause(2000);
    }
  }
  return null;
}

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));

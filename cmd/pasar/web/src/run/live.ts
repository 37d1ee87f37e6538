// The run that the screens look at: asked for, followed while it is played, kept as last known when the settings change.
import { signal } from '@preact/signals';
import {
  getComparison, getFlows, getLog, getRun, getSeries, postRun, Refused, stopRun, type Comparison, type Flows, type Frames, type LogLine, type Series,
  type Status,
} from '../api';
import type { Link } from '../link';
import { partial, type Partial } from './partial';
import { metrics } from './views';

/** What came of a run so far. */
export type Result = {
  status: Status; series: Series | null; base: Series | null; comparison: Comparison | null; flows: Flows | null; log: LogLine[]; partial: Partial | null;
};

export const result = signal<Result | null>(null);
/** The result on screen is for settings that were changed since. */
export const stale = signal(false);
/** The result on screen is a sketch of the present settings: fewer pairs and buyers, until the run itself has two pairs. */
export const sketched = signal(false);
/** The status of what is being played now; differs from result.status while that is stale. */
export const progress = signal<Status | null>(null);
export const refused = signal<Refused | null>(null);
/** Seconds until the next attempt where live updates were lost; 0: all is well. */
export const lostFor = signal(0);
export const tooMany = signal(false);
/** The world is played, and its base was given up or broke off: nobody plays what is missing of it. */
export const baseGiven = signal(false);
/** When the present request was sent, to show how long it takes. */
export const since = signal(0);

let asked = '';
let wanted: Link | null = null; // what is asked for, as long as no sketch of it is
let source: EventSource | null = null;
let timers: ReturnType<typeof setTimeout>[] = [];
let call: AbortController | null = null;
let busy = false;
let again = false;

const retry = 3; // seconds
const playing = (s: Status) => s.state === 'queued' || s.state === 'running';

/** identity says which numbers a link asks for: two links with the same identity show the same run. */
export const identity = (l: Link) => JSON.stringify([l.world.scenario, l.world.text, l.world.set, l.base.scenario, l.base.text, l.base.set, l.seed, l.n, l.buyers]);

/** alone is whether a world would be compared with itself. */
export const alone = (l: Link) => JSON.stringify([l.base.scenario, l.base.text, l.base.set]) === JSON.stringify([l.world.scenario, l.world.text, l.world.set]);

/** ask wants the run of a link; wait is how long to wait for further moves of a lever, in ms. */
export function ask(l: Link, wait: number) {
  const id = identity(l);
  if (id === asked) return;
  asked = id;
  const before = progress.value;
  leave();
  if (before && playing(before)) void stopRun(before.key).catch(() => null); // nobody looks at it any more
  stale.value = result.value !== null;
  sketched.value = baseGiven.value = false;
  wanted = l;
  refused.value = null;
  timers.push(setTimeout(() => void start(l, id), wait));
}

/** repeat asks again for the same, such as after a failure. */
export function repeat(l: Link) {
  asked = '';
  ask(l, 0);
}

/** leave stops listening; what is played goes on. */
export function leave() {
  source?.close();
  call?.abort();
  timers.forEach(clearTimeout);
  [source, call, timers, again] = [null, null, [], false];
  [lostFor.value, tooMany.value, progress.value] = [0, false, null];
}

/** forget leaves and asks anew the next time. */
export function forget() {
  leave();
  asked = '';
}

/** stop stops what is being played; what is finished is kept. */
export async function stop() {
  const s = progress.value;
  if (!s) return;
  const after = await stopRun(s.key).catch(() => null);
  if (after) update({ ...after, base_key: s.base_key ?? '' });
}

async function start(l: Link, id: string) {
  since.value = Date.now();
  call = new AbortController();
  const mine = call.signal;
  try {
    const s = await postRun(l.world, alone(l) ? null : l.base, l.seed, l.n, l.buyers, mine);
    if (id !== asked) return;
    lostFor.value = 0;
    update(s);
    if (playing(s) && !document.hidden) listen(s.key);
  } catch (e) {
    if (mine.aborted || id !== asked) return;
    if (e instanceof Refused) {
      refused.value = e;
      progress.value = null;
    } else countdown(() => void start(l, id));
  }
}

// pairsOf is how many pairs of a run are on screen.
const pairsOf = (s: Status) => (result.value?.status.key === s.key ? (result.value.base?.seeds.length ?? 0) : 0);

function update(s: Status) {
  const before = progress.value;
  const now = before?.key === s.key ? { ...before, ...s, base_key: s.base_key || before.base_key || '' } : s;
  progress.value = now;
  const over = !playing(s);
  if (over) source?.close();
  const pairs = pairsOf(s);
  const behind = !!now.base_key && pairs < s.done; // the base may have got further
  if (wanted && s.sketch && pairs < 2) { // the server says that others' first looks come before its own
    void look(wanted, asked, s.sketch);
    wanted = null;
  }
  if (over || behind || s.done !== (before?.key === s.key ? before.done : -1)) void read();
}

// read fetches all results of the present run; while one fetch is under way the next one waits.
async function read() {
  if (busy) return void (again = true);
  busy = true;
  try {
    do {
      again = false;
      const s = progress.value;
      if (!s || s.done < 1) continue;
      const id = asked;
      const sound = <T>(p: Promise<T>) => p.catch((e: unknown) => (e instanceof Refused ? null : Promise.reject(e)));
      const [series, flows, log] = await Promise.all([sound(getSeries(s.key, metrics, 64)), sound(getFlows(s.key)), sound(getLog(s.key))]);
      if (id !== asked) continue;
      const before = result.value?.status.key === s.key ? result.value : null;
      if (sketched.value && (s.done < 2 || !s.base_key)) continue; // says less than the sketch
      const shown = { status: progress.value ?? s, series, base: before?.base ?? null, comparison: before?.comparison ?? null, flows, log: log ?? [], partial: null };
      if (!sketched.value) result.value = shown; // what takes longer comes after
      stale.value = false;
      const base = s.base_key ? await sound(getSeries(s.base_key, metrics, 64)) : null;
      if (id !== asked) continue;
      if (!sketched.value) result.value = { ...shown, base };
      const comparison = base && Math.min(base.seeds.length, series?.seeds.length ?? 0) >= 2 ? await sound(getComparison(s.base_key!, s.key)) : null;
      if (id !== asked) continue;
      if (sketched.value && !comparison) continue;
      sketched.value = false;
      result.value = { ...shown, status: progress.value ?? s, base, comparison: comparison ?? shown.comparison };
      const behind = s.base_key && s.state === 'done' && (base?.seeds.length ?? 0) < s.n;
      const given = behind && ['failed', 'stopped'].includes((await getRun(s.base_key!)).state);
      if (id !== asked) continue;
      baseGiven.value = !!given;
      if (behind && !given) timers.push(setTimeout(() => id === asked && void read(), 1500));
    } while (again);
  } catch {
    // the stream says that the server is gone
  } finally {
    busy = false;
  }
}

// look shows a sketch of what is asked for, unless the run itself comes first. Nobody needs it then, and its failure is no matter.
async function look(l: Link, id: string, size: { n: number; buyers: number }) {
  try {
    let s = await postRun(l.world, l.base, l.seed, size.n, size.buyers);
    const base = s.base_key!;
    const needed = () => id === asked && !(result.value?.status.key === progress.value?.key && result.value?.comparison);
    for (; needed(); await new Promise((then) => setTimeout(then, 300))) {
      s = await getRun(s.key);
      if (s.state === 'failed' || s.state === 'stopped') return;
      const at = s.state === 'done' ? await getSeries(base, metrics, 64) : null;
      if (!at || at.seeds.length < size.n) continue;
      const [series, flows, log, comparison] = await Promise.all([getSeries(s.key, metrics, 64), getFlows(s.key), getLog(s.key), getComparison(base, s.key)]);
      if (!needed()) return;
      result.value = { status: { ...s, base_key: base }, series, base: at, comparison, flows, log, partial: null };
      [sketched.value, stale.value] = [true, false];
      return;
    }
    if (playing(s)) await stopRun(s.key);
  } catch {
    // the run itself goes on
  }
}

function listen(key: string) {
  source?.close();
  const s = new EventSource(`/api/runs/${key}/events`);
  source = s;
  const first = setTimeout(() => source === s && (tooMany.value = true), 5000);
  timers.push(first);
  const alive = () => {
    clearTimeout(first);
    [tooMany.value, lostFor.value] = [false, 0];
  };
  s.onopen = alive;
  const on = <T>(name: string, then: (data: T) => void) => s.addEventListener(name, (e) => {
    if (source !== s) return;
    alive();
    then(JSON.parse((e as MessageEvent<string>).data) as T);
  });
  on<Status>('progress', update);
  on<Frames>('frames', (f) => draw(key, f));
  for (const name of ['done', 'failed', 'stopped']) on<Status>(name, update);
  s.onerror = () => {
    if (source !== s) return;
    clearTimeout(first);
    s.close();
    source = null;
    countdown(() => listen(key));
  };
}

// Weeks of the first run come before any run is finished; they are drawn once per animation frame.
let waiting: Partial | null = null;
function draw(key: string, f: Frames) {
  if (sketched.value) return;
  const shown = result.value;
  const known = shown?.status.key === key;
  if (known && shown.series) return;
  const next = partial(waiting?.key === key ? waiting : known ? shown.partial : null, key, f);
  if (!waiting) requestAnimationFrame(() => {
    const p = waiting;
    waiting = null;
    if (!p || sketched.value || !progress.value || progress.value.key !== key || (result.value?.status.key === key && result.value.series)) return;
    result.value = { status: progress.value, series: null, base: null, comparison: null, flows: null, log: [], partial: p };
    stale.value = false;
  });
  waiting = next;
}

function countdown(then: () => void) {
  lostFor.value = retry;
  const tick = () => {
    lostFor.value -= 1;
    if (lostFor.value > 0) timers.push(setTimeout(tick, 1000));
    else {
      lostFor.value = 1; // until the attempt has an answer
      then();
    }
  };
  timers.push(setTimeout(tick, 1000));
}

/** pause closes the stream of a tab that nobody looks at: a browser has six for all tabs. */
export function pause() {
  source?.close();
  source = null;
  timers.forEach(clearTimeout);
  timers = [];
}

/** resume takes up what pause broke off: a question that was not sent, a run that goes on, or pairs of the base that were not read. */
export function resume(l: Link) {
  const s = progress.value;
  if (!s) {
    if (!refused.value) repeat(l);
  } else if (playing(s)) {
    if (!source) listen(s.key);
  } else if (s.base_key && s.state === 'done' && pairsOf(s) < s.n) void read();
}

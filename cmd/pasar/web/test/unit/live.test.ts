import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Status } from '../../src/api';
import { world, type Link } from '../../src/link';
import { ask, baseGiven, pause, repeat, result, resume, sketched } from '../../src/run/live';
import { series, status } from './fixture';

// A server of two runs: the run itself, which the test moves on, and a sketch of it that is there at once.
const [run, base, small, smallBase] = ['1', '2', '3', '4'].map((d) => d.repeat(32)) as [string, string, string, string];
const body = { n: 8, buyers: 2000 };
let state: Status;
let played: number; // pairs of the base that are there
let given: Status['state'] | ''; // of the base, whose rest nobody plays
let posted: { n: number; buyers: number }[];
let hear: (name: string, s: Status) => void;

class Stream {
  onopen = null;
  onerror = null;
  private on: Record<string, (e: { data: string }) => void> = {};
  constructor() {
    hear = (name, s) => this.on[name]?.({ data: JSON.stringify(s) });
  }
  addEventListener(name: string, then: (e: { data: string }) => void) {
    this.on[name] = then;
  }
  close() {}
}

const seeds = (n: number) => Array.from({ length: n }, (_, i) => i + 1);

const answer = (path: string, init: RequestInit): unknown => {
  const [, , , key = '', what] = path.split('?')[0]!.split('/');
  if (path === '/api/runs') {
    const q = JSON.parse(String(init.body)) as { n: number; buyers: number };
    posted.push({ n: q.n, buyers: q.buyers });
    return q.buyers === body.buyers ? state : { ...status, key: small, base_key: smallBase, n: q.n, buyers: q.buyers };
  }
  if (path.startsWith('/api/compare')) return { headlines: [] };
  if (what === 'series') return { ...series, key, seeds: key === state.key ? seeds(state.done) : key === base ? seeds(Math.min(played, state.done)) : [1, 2] };
  if (what) return what === 'log' ? [] : { dates: [], nodes: [], money: [], goods: [] };
  if (key === base && given) return { ...status, key, state: given, done: played };
  return key === state.key ? state : { ...status, key, n: 2, buyers: 500 };
};

const link = (rho: string) => ({ screen: 'run', world: { ...world('pilot'), set: [{ path: 'params.disc.rho', value: rho }] }, base: world('no-ban'), seed: 1, ...body }) as unknown as Link;

beforeEach(() => {
  posted = [];
  [played, given] = [8, ''];
  state = { ...status, ...body, key: run, base_key: base, state: 'queued', position: 9, done: 0, started: 0 };
  vi.stubGlobal('EventSource', Stream);
  vi.stubGlobal('fetch', (path: string, init: RequestInit) => Promise.resolve(new Response(JSON.stringify(answer(path, init)))));
});

describe('a run that waits for others', () => {
  it('is shown as a sketch when the server says what to ask for, until it has two pairs itself', async () => {
    state = { ...state, sketch: { n: 2, buyers: 500 } };
    ask(link('.3'), 0);
    await vi.waitFor(() => expect(sketched.value).toBe(true));
    expect(posted).toEqual([body, { n: 2, buyers: 500 }]);
    expect(result.value!.status.key).toBe(small);
    state = { ...state, sketch: undefined, state: 'running', done: 1 } as unknown as Status;
    hear('progress', state);
    await new Promise((then) => setTimeout(then, 50));
    expect(result.value!.status.key).toBe(small); // one pair says less
    state = { ...state, done: 2 };
    hear('progress', state);
    await vi.waitFor(() => expect(sketched.value).toBe(false));
    expect(result.value!.status.key).toBe(run);
  });
  it('asks for one too when it begins to stand aside later, and for none otherwise', async () => {
    state = { ...state, key: '5'.repeat(32) };
    ask(link('.4'), 0);
    await vi.waitFor(() => expect(posted).toEqual([body]));
    state = { ...state, state: 'running', position: 0 };
    await vi.waitFor(() => hear('progress', state));
    await new Promise((then) => setTimeout(then, 50));
    expect(posted).toEqual([body]);
    hear('progress', { ...state, sketch: { n: 2, buyers: 500 } });
    await vi.waitFor(() => expect(posted).toEqual([body, { n: 2, buyers: 500 }]));
  });
});

describe('a base that was given up', () => {
  it('is said, so that one can go on with it', async () => {
    [state, played, given] = [{ ...state, key: '8'.repeat(32), state: 'done', done: 8 }, 7, 'stopped'];
    ask(link('.7'), 0);
    await vi.waitFor(() => expect(baseGiven.value).toBe(true));
    [played, given] = [8, 'done'];
    repeat(link('.7'));
    expect(baseGiven.value).toBe(false);
    await vi.waitFor(() => expect(result.value!.base!.seeds.length).toBe(8));
    expect(posted.length).toBe(2);
    expect(baseGiven.value).toBe(false);
  });
});

describe('a tab that is hidden', () => {
  it('reads the last pairs of the base when it is seen again', async () => {
    [state, played] = [{ ...state, key: '6'.repeat(32), state: 'done', done: 8 }, 7];
    ask(link('.5'), 0);
    await vi.waitFor(() => expect(result.value!.base!.seeds.length).toBe(7));
    pause(); // before it is time to look for the eighth
    played = 8;
    resume(link('.5'));
    await vi.waitFor(() => expect(result.value!.base!.seeds.length).toBe(8));
  });
  it('asks what it had no time to ask, and follows what goes on', async () => {
    state = { ...state, key: '7'.repeat(32), state: 'running', done: 1 };
    ask(link('.6'), 50);
    pause();
    await new Promise((then) => setTimeout(then, 80));
    expect(posted).toEqual([]);
    resume(link('.6'));
    await vi.waitFor(() => expect(result.value!.base!.seeds.length).toBe(1));
    pause();
    resume(link('.6'));
    expect(posted).toEqual([body]); // once
    state = { ...state, state: 'done', done: 8 };
    hear('done', state);
    await vi.waitFor(() => expect(result.value!.base!.seeds.length).toBe(8));
  });
});

// What the lab asks of its server, typed after serve/openapi.yaml. Only this file and live.ts talk to the network.
import { lang, said, type Both } from './strings';
import type { World } from './link';

type Maybe = number | null;

export type State = 'queued' | 'running' | 'done' | 'failed' | 'stopped';
export type Column = { metric: string; by: string; key: string; unit: string };

export type Status = {
  key: string; base_key?: string; state: State; position: number; scenario: string; title: Both; set?: string[]; text?: boolean;
  hash: string; until?: string; seed: number; n: number; buyers: number; start?: string; end?: string; done: number; stored?: number;
  started: number; share?: number; elapsed_ms?: number; left_ms?: number | null; error?: { message: string; seed?: number };
  command: string; quick: boolean; withheld?: { outcome: string; reason: Both; buyers: number }[]; sketch?: { n: number; buyers: number };
};

export type Values = Maybe[];
export type SeriesColumn = Column & {
  p05: Values | null; p25: Values | null; p50: Values; p75: Values | null; p95: Values | null; runs?: Values[]; agents?: Maybe; few?: boolean;
};
export type Series = { key: string; by: string; dates: string[]; seeds: number[]; n: number; columns: SeriesColumn[] };
export type Frames = { columns: Column[]; frames: { seed: number; week: string; values: Values }[] };

export type FlowLink = { from: string; to: string; values: number[] };
export type FlowNode = { id: string; column: number; name: Both };
export type Flows = { dates: string[]; nodes: FlowNode[]; money: FlowLink[]; goods: FlowLink[] };

export type LogLine = { date: string; week: string; kind: string; text: string; source?: string; badge: Badge };
export type Badge = 'observed' | 'assumed' | 'simulated';

export type Difference = {
  unit: string; n: number; base: Maybe; other: Maybe; diff: Maybe; lo: Maybe; hi: Maybe; relative: Maybe; relative_lo: Maybe;
  relative_hi: Maybe; share_sign: Maybe; agents?: number; few?: boolean;
};
export type Verdict = 'clear' | 'not clear' | 'the same' | 'depends';
export type Headline = Difference & {
  outcome: string; name: Both; metric: string; by: string; key: string; bad: number; fitted: boolean; verdict: Verdict;
  worst?: { from: string; to: string; diff: Maybe; lo: Maybe; hi: Maybe; base: Maybe } | null; withheld?: Both | null;
};
export type Effect = Difference & { outcome: string; metric: string; by: string; key: string; period: string; withheld?: boolean };
export type WeeklyDifference = Column & { base: Values; other: Values; diff: Values; lo: Values; hi: Values };
export type Comparison = {
  a: Status; b: Status; seeds: number[]; level: number; from: string;
  differs: { date: string | null; path: string; kind: string; a: string; b: string; unit: string; text: string }[];
  periods: { name: Period; shop?: string; from: string; to: string }[];
  headlines: Headline[]; effects: Effect[]; dates: string[]; weekly: WeeklyDifference[]; checked: boolean; command: string; report: string;
};
export type Through = { mechanism: string; n: number; diff: Maybe; lo: Maybe; hi: Maybe; share: Maybe; share_lo: Maybe; share_hi: Maybe };
export type Why = {
  state: State | 'absent'; pairs: number; wanting: State | ''; ahead: number; done: number; runs: number; left_ms: Maybe; about_ms: Maybe; n: number; mechanisms: { name: string; text: Both; what: Both }[];
  through: Record<string, Through[]>; error?: string; command: string;
};
export type Period = 'since' | 'ban' | 'pilot' | 'after' | 'whole';

export type Card = {
  name: string; aliases?: string[]; title: Both; question: Both; happens: Both; group: 'history' | 'what-if'; base?: string; market: string; hash: string;
  start: string; end: string; strip: string;
};
export type CardResult = { state: State | 'absent'; b: string; done: number; n: number; buyers: number; headline: Headline | null; picture: string };
export type Event = {
  id: string; do: string; at: string | null; date?: string | null; until?: string | null; end?: Ending | null; condition?: string; mark: Both; sentence: Both;
  headline: boolean; source: Both; grade?: string; note?: string;
};
/** When an event ends: the setting that moves it, and those that move along, by as many days. */
export type Ending = { path: string; at: string; days: boolean; with: { path: string; at: string }[] };
export type Span = { kind: 'ban' | 'pilot'; shop: string; from: string; to: string; reopens?: boolean };
export type Lever = {
  path: string; name: Both; what: string; scope: 'policy' | 'world'; type: 'number' | 'days'; unit: string; min: number; max: number; step: number; value: number;
  happened: Maybe; source: Both; grade?: string; badge: Badge; moves?: string | null; still?: Both | null;
};
export type Param = { path: string; unit: Both; value: unknown; lo?: number; hi?: number; default?: unknown; source: Both; grade?: string; changed?: boolean };
export type Scenario = Card & {
  notice: Both; try: Both; seed: number; buyers: number; outcomes: string[]; text: string; effective: string; events: Event[]; spans: Span[];
  levers: Lever[]; values: Param[];
};
export type Mistake = { file: string; line: number; col: number; path: string; code: string; message: string; allowed?: string; near?: string };
export type Validation = { mistakes: Mistake[]; scenario: Scenario | null };

export type Pick = { agent: string; closed?: string; from?: string; to?: string; share?: number };
export type Agents = {
  seed: number; picks: { closed: Pick[]; moved: Pick[]; dependent: Pick[] };
  tracked: { agent: string; kind: 'sme' | 'creator' | 'buyer'; type?: string; region?: string }[];
};
export type Fact = { at?: string; text: string; values?: unknown[]; event?: string; why?: string; cause?: string };
export type Life = { agent: string; scenario: string; seed: number; facts: Fact[]; timeline: { what: string; on?: string; values: Values }[] };
export type Story = { agent: string; text: string; stories: Life[]; parts?: Record<string, unknown> | null; why?: string[] };

export type Outcome = {
  name: string; label: Both; metric: string; by: string; key: string; unit: string; bad: number; fitted: boolean; parts?: Column[];
};
export type Observed = {
  id: string; metric: string; by: string; key: string; unit: string; from: string; to: string; value: number; lo: Maybe; hi: Maybe;
  source: string; grade: string; fitted: boolean; note: Both;
};
export type Meta = {
  version: string; human: string; shared: boolean; quick: { buyers: number; n: number };
  limits: { buyers: number; n: number; text: number; set: number }; bands: number; few: number; groups_from: number;
  channels: { key: string; name: Both }[]; outcomes: Outcome[]; charts: Column[];
  glossary: { freq: string; metric: string; by: string; unit: string; what: string }[]; observed: Observed[];
};

export type SweepCard = {
  name: string; study: string; title: Both; question: Both; state: 'not begun' | 'running' | 'stopped' | 'done'; runs: number; done: number;
  failed: number; running: number; left_ms: Maybe; error: string; command: string;
};
export type Sweep = SweepCard & {
  happens: Both; notice: Both; scenarios: string[];
  factors: { name: string; label: Both; path: string; unit: string; low: Maybe; high: Maybe; values: string[] }[];
  design: string; points: number; replications: number; outcomes: { name: string; label: Both }[];
  failures: { error: string; runs: number; first: string }[]; findings: { en: string[]; id: string[] }; figures: string[]; report: string;
};

/** Refused is an answer of the server that says what was wrong; both are its words for people, where there are some. */
export class Refused extends Error {
  constructor(readonly status: number, message: string, readonly both?: Both, readonly allowed = '', readonly near = '', readonly mistakes: Mistake[] = []) {
    super(said(both) || message);
  }
}

// A tab waits for its runs by itself: it says which one it is, for as long as it lives.
const tab = (() => {
  const made = Math.random().toString(36).slice(2, 12);
  try {
    const kept = sessionStorage.getItem('pasar.tab');
    if (!kept) sessionStorage.setItem('pasar.tab', made);
    return kept ?? made;
  } catch {
    return made; // a browser that keeps nothing is a new tab after each reload
  }
})();

/** call asks the server and returns its JSON; any answer but a good one is Refused, and no answer an ordinary Error. */
export async function call<T>(path: string, method = 'GET', body?: unknown, signal?: AbortSignal): Promise<T> {
  const init: RequestInit = { method, signal: signal ?? null, credentials: 'same-origin', headers: { 'X-Pasar-Tab': tab } };
  if (body !== undefined) {
    init.body = JSON.stringify(body);
    init.headers = { 'X-Pasar-Tab': tab, 'Content-Type': 'application/json' };
  }
  const answer = await fetch(path, init);
  if (answer.status === 204) return undefined as T;
  const text = await answer.text();
  let reply: unknown;
  try {
    reply = JSON.parse(text);
  } catch {
    throw new Refused(answer.status, text.slice(0, 300) || answer.statusText);
  }
  if (answer.ok) return reply as T;
  const e = (reply as { error?: { message?: string; said?: Both; allowed?: string; near?: string; mistakes?: Mistake[] } }).error ?? {};
  throw new Refused(answer.status, e.message ?? answer.statusText, e.said, e.allowed, e.near, e.mistakes);
}

export const query = (q: Record<string, string | number | string[] | undefined>) => {
  const p = new URLSearchParams();
  for (const [k, v] of Object.entries(q)) for (const x of Array.isArray(v) ? v : v === undefined || v === '' ? [] : [v]) p.append(k, String(x));
  const s = p.toString();
  return s && '?' + s;
};

/** asked is a world as the server takes it. */
export const asked = (w: World) => ({
  ...(w.text ? { text: w.text } : { scenario: w.scenario }),
  set: w.set.map((o) => `${o.path}=${o.value}`),
});

export const getMeta = () => call<Meta>('/api/meta');
export const getScenarios = () => call<Card[]>('/api/scenarios');
export const getScenario = (name: string, set: string[] = []) => call<Scenario>(`/api/scenarios/${encodeURIComponent(name)}${query({ set })}`);
export const getResult = (name: string) => call<CardResult>(`/api/scenarios/${name}/result`);
export const validate = (w: World, signal?: AbortSignal) => call<Validation>('/api/validate', 'POST', asked(w), signal);
export const getRuns = () => call<Status[]>('/api/runs');
export const postRun = (w: World, base: World | null, seed: number, n: number, buyers: number, signal?: AbortSignal) =>
  call<Status>('/api/runs', 'POST', { ...asked(w), ...(base ? { base: asked(base) } : {}), seed, n, buyers }, signal);
export const getRun = (key: string) => call<Status>(`/api/runs/${key}`);
export const stopRun = (key: string) => call<Status>(`/api/runs/${key}`, 'DELETE');
export const getSeries = (key: string, metric: string[], runs: number) => call<Series>(`/api/runs/${key}/series${query({ by: 'week', metric, runs })}`);
export const getFlows = (key: string) => call<Flows>(`/api/runs/${key}/flows`);
export const getLog = (key: string) => call<LogLine[]>(`/api/runs/${key}/log${query({ lang: lang.value })}`);
export const getComparison = (a: string, b: string) => call<Comparison>(`/api/compare${query({ a, b, lang: lang.value })}`);
export const getAgents = (key: string) => call<Agents>(`/api/agents${query({ key, lang: lang.value })}`);
export const getStory = (key: string, agent: string, b?: string) => call<Story>(`/api/agents/story${query({ key, b, agent, lang: lang.value })}`);
export const join = (code: string) => call<void>('/api/join', 'POST', { code });
export const getSweeps = () => call<SweepCard[]>('/api/sweeps');
export const getSweep = (name: string) => call<Sweep>(`/api/sweeps/${name}`);
export const beginSweep = (name: string) => call<SweepCard>(`/api/sweeps/${name}${query({ lang: lang.value })}`, 'POST');
export const endSweep = (name: string) => call<SweepCard>(`/api/sweeps/${name}`, 'DELETE');
export const reportOf = (a: string, b?: string) => `/report/${b ? `${a}..${b}` : a}.html${query({ lang: lang.value })}`;

// From what a run gave to what a chart shows.
import type { Column, Meta, Scenario, Series, SeriesColumn, Status, Values } from '../api';
import { weeksOf } from '../chart/frame';
import type { Chart, Line, Mark, Point, Shade } from '../chart/model';
import { axisOf } from '../chart/units';
import { ms, num } from '../format';
import { lang, said, t, type Key } from '../strings';
import { baseStyle, styleOf } from '../tokens';
import type { Partial } from './partial';
import type { View } from './views';

/** What all charts of a run have in common. */
export type Setting = { scenario: Scenario | null; status: Status; meta: Meta; baseName: string };

// Small platforms are drawn together, and so is what is sold outside platforms.
export const groups: Record<string, string> = { blibli: 'bukalapak', wa: 'direct', web: 'direct' };
export const shopOrder = ['tiktok', 'tokopedia', 'shopee', 'lazada', 'bukalapak', 'newco', 'direct'];

/** chartOf is the chart of a view. */
export function chartOf(v: View, s: Setting, series: Series | null, base: Series | null, partial: Partial | null): Chart {
  const columns = series ? columnsOf(v, series.columns) : partial ? early(v, partial) : [];
  const lines = columns.map((c, i): Line => lineOf(c, v, i, s.meta));
  if (base) {
    for (const c of columnsOf(v, base.columns)) {
      const like = lines.find((l) => l.key === c.key);
      if (columns.length === 1 && like) lines.push({ ...like, name: s.baseName, style: baseStyle, mid: c.p50, half: undefined, most: undefined, runs: c.runs, of: 'base' });
    }
  }
  if (columns.length === 1 && lines[0]) lines[0] = { ...lines[0], name: said(s.status.title) };
  const unit = columns[0]?.unit ?? '';
  const axis = axisOf(unit, largestOf(lines.map((l) => l.most?.[1] ?? l.mid)));
  return {
    id: v.id, title: t(v.title), ...axis, weeks: weeksOf(series?.dates ?? partial?.dates ?? [], series ? '' : s.status.end), lines, marks: marksOf(s.scenario), shades: shadesOf(s.scenario, s.status),
    points: pointsOf(v, unit, s.meta, lines, series?.dates ?? []), zero: v.zero, range: 'runs', badge: 'simulated', source: sourceOf(s.status), glossary: v.glossary, note: series || !partial ? undefined : t('run.partial'),
  };
}

/** largestOf is how far from zero values go. */
export const largestOf = (lists: Values[]) => lists.flat().reduce<number>((most, x) => Math.max(most, Math.abs(x ?? 0)), 0);

/** sourceOf is the line under every picture: enough to have the same numbers again. */
export const sourceOf = (s: Status) =>
  t('chart.source', { title: said(s.title), seed: s.seed, n: s.n, buyers: num(s.buyers, 0, lang.value), hash: s.hash.slice(0, 8) });

/** columnsOf are the columns of a view, in the fixed order, small shops together. */
export function columnsOf(v: View, all: SeriesColumn[]): SeriesColumn[] {
  const own = all.filter((c) => c.metric === v.metric && c.by === v.by && (!v.keys || v.keys.includes(c.key)));
  if (v.by !== 'storefront') return own;
  const gathered = new Map<string, SeriesColumn[]>();
  for (const c of own) {
    const key = groups[c.key] ?? c.key;
    gathered.set(key, [...(gathered.get(key) ?? []), c]);
  }
  return shopOrder.flatMap((key) => {
    const g = gathered.get(key);
    if (!g || (key === 'newco' && g[0]!.p50.every((x) => !x))) return []; // a platform that never opens
    return [g.length === 1 ? { ...g[0]!, key } : sum(key, g)];
  });
}

// The middle of sums is not the sum of middles: it is worked out from the single runs.
function sum(key: string, g: SeriesColumn[]): SeriesColumn {
  const first = g[0]!;
  const runs = first.runs?.map((_, r) => first.p50.map((_, i) => total(g.map((c) => c.runs?.[r]?.[i] ?? null))));
  if (!runs?.length) return { ...first, key, p50: first.p50.map((_, i) => total(g.map((c) => c.p50[i] ?? null))), p05: null, p25: null, p75: null, p95: null };
  const at = (p: number): Values => first.p50.map((_, i) => {
    const there = runs.map((r) => r[i] ?? null).filter((x): x is number => x !== null).sort((a, b) => a - b);
    const k = (there.length - 1) * p, low = there[Math.floor(k)];
    return low === undefined ? null : low + (there[Math.ceil(k)]! - low) * (k % 1);
  });
  const bands = first.p05 !== null;
  return { ...first, key, runs, p05: bands ? at(0.05) : null, p25: bands ? at(0.25) : null, p50: at(0.5), p75: bands ? at(0.75) : null, p95: bands ? at(0.95) : null };
}

const total = (list: (number | null)[]) => (list.every((x) => x === null) ? null : list.reduce<number>((a, b) => a + (b ?? 0), 0));

function early(v: View, p: Partial): SeriesColumn[] {
  const all = p.columns.map((c, i): SeriesColumn => ({ ...c, p05: null, p25: null, p50: p.values.map((row) => row[i] ?? null), p75: null, p95: null }));
  return columnsOf(v, all);
}

function lineOf(c: SeriesColumn, v: View, place: number, meta: Meta): Line {
  const both = (a: Values | null, b: Values | null): [Values, Values] | undefined => (a && b ? [a, b] : undefined);
  return {
    key: c.key, name: nameOf(c, meta), style: v.by === 'storefront' ? styleOf(c.key, place) : styleOf('', place), mid: c.p50,
    half: both(c.p25, c.p75), most: both(c.p05, c.p95), runs: c.runs, few: c.few,
  };
}

const names: Record<string, Key> = {
  direct: 'key.direct', bukalapak: 'key.smallShops', local: 'key.local', import: 'key.import', brand: 'key.brand', nano: 'key.nano', micro: 'key.micro', macro: 'key.macro',
  joint: 'key.joint', entrant: 'key.entrant', mega: 'key.mega', fashion: 'key.fashion', beauty: 'key.beauty', electronics: 'key.electronics', home: 'key.home', daily: 'key.daily', other: 'key.other', all: 'key.all',
};

const owners: Record<string, string> = { bytedance: 'ByteDance', sea: 'Sea (Shopee)', goto: 'GoTo', alibaba: 'Alibaba (Lazada)', buka: 'Bukalapak', djarum: 'Djarum (Blibli)' };

/** nameOf is the name of a column's line. */
export function nameOf(c: Column, meta: Meta): string {
  if (c.by === '' || c.key === '') return t(c.metric === 'hhi' ? (`key.${c.by}` as Key) : 'key.all');
  if (c.key in names) return t(names[c.key]!);
  const m = /^(\d+)-(\d+)$/.exec(c.key);
  if (m) return t('key.tenth', { from: m[1]!, to: m[2]! });
  const channel = meta.channels.find((x) => x.key === c.key);
  return channel ? said(channel.name) : (owners[c.key] ?? c.key);
}

/** numbered are the events of the strip, in the order of their dates. */
export const numbered = (s: Scenario | null) => (s?.events ?? []).filter((e) => e.headline).sort((a, b) => (a.at ?? '9').localeCompare(b.at ?? '9'));

/** marksOf are the numbered events that have a date. */
export function marksOf(s: Scenario | null): Mark[] {
  return numbered(s).flatMap((e, i) => (e.at ? [{ n: i + 1, at: ms(e.at), text: said(e.mark) }] : []));
}

/** shadesOf are the closures and pilots. */
export function shadesOf(s: Scenario | null, status: Status | null): Shade[] {
  const end = status?.end ?? s?.end ?? '2100-01-01';
  return (s?.spans ?? []).map((x) => ({ kind: x.kind, from: ms(x.from), to: ms(x.to || end), text: x.shop }));
}

// Observed values stand where their line is, within the weeks of the run.
function pointsOf(v: View, unit: string, meta: Meta, lines: Line[], dates: string[]): Point[] {
  const first = dates[0], last = dates[dates.length - 1];
  if (!first || !last) return [];
  return meta.observed
    .filter((o) => o.metric === v.metric && o.by === v.by && o.unit === unit && lines.some((l) => l.key === o.key && l.of !== 'base') && o.to >= first && o.from <= last)
    .map((o) => ({ key: o.key, from: Math.max(ms(o.from), ms(first)), to: Math.min(ms(o.to), ms(last)), value: o.value, lo: o.lo, hi: o.hi, fact: o }));
}

import { describe, expect, it } from 'vitest';
import { csvOf, footnotes, keyOf, picture, wrap } from '../../src/chart/export';
import { balance, layout, scaleOf, through, together } from '../../src/chart/flow';
import { extent, frame, nearest, spread, weeksOf } from '../../src/chart/frame';
import { bandPath, linePath } from '../../src/chart/paths';
import { linear } from '../../src/chart/scale';
import { summary, valueText } from '../../src/chart/say';
import { chartOf, type Setting } from '../../src/run/charts';
import { partial } from '../../src/run/partial';
import { offered, views } from '../../src/run/views';
import { meta, series, status } from './fixture';

const same = { x: (v: number) => v, y: (v: number) => v };
const setting: Setting = { scenario: null, status, meta, baseName: 'No ban' };
const chart = chartOf(views[0]!, setting, series, null, null);

describe('key', () => {
  it('says where an axis does not begin at 0', () => {
    const of = (zero: boolean, mid: number[]) => keyOf({ ...chart, zero, points: [], lines: [{ ...chart.lines[0]!, mid: mid.map((v) => v * chart.scale.by), half: undefined, most: undefined }] });
    expect(of(false, [100, 110, 104])).toContain('does not begin at 0');
    expect(of(true, [100, 110, 104])).not.toContain('does not begin');
    expect(of(false, [-5, 110, 104])).not.toContain('does not begin');
  });
});

describe('paths', () => {
  it('have gaps where values have', () => {
    expect(linePath([0, 1, 2, 3], [1, 2, null, 4], same)).toBe('M0,1L1,2M3,4Z');
    expect(bandPath([0, 1], [-2, -1], [2, null], same)).toBe('M0,2L0,-2Z');
  });
  it('may go below zero', () => {
    expect(bandPath([0, 1], [-2, -3], [-1, 1], same)).toBe('M0,-1L1,1L1,-3L0,-2Z');
  });
});

describe('frame', () => {
  const weeks = weeksOf(['2023-10-02', '2023-10-09', '2023-10-16']);
  it('puts the first week left, the last right, and zero at the foot', () => {
    const f = frame(500, 300, { top: 10, right: 20, bottom: 30, left: 40 }, weeks, 0, 97);
    expect(f.x(weeks.at[0]!)).toBe(40);
    expect(f.x(weeks.at[2]!)).toBe(480);
    expect(f.y(0)).toBe(270);
    expect(f.ticks).toEqual([0, 20, 40, 60, 80, 100]);
  });
  it('has room for the whole run while it is being played', () => {
    expect(weeksOf(['2023-10-02'], '2023-10-22').until).toBe(weeks.at[2]);
    expect(nearest(weeks, weeks.at[1]! + 3.4 * 864e5)).toBe(1);
  });
  it('reads extents over gaps', () => {
    expect(extent([[null, 3], [5]], true)).toEqual([0, 5]);
    expect(extent([[-2, 3]], false)).toEqual([-2, 3]);
    expect(extent([Array.from({ length: 3e5 }, (_, i) => i)], true)).toEqual([0, 3e5 - 1]); // 64 runs to 2030
  });
  it('moves labels apart without changing their order', () => {
    expect(spread([50, 50, 52], 10, 0, 100)).toEqual([50, 60, 70]);
    const ys = spread([99, 98, 97], 10, 0, 100);
    expect(Math.max(...ys)).toBeLessThanOrEqual(100);
    expect(ys[0]! - ys[1]!).toBeGreaterThanOrEqual(10);
  });
  it('is linear, with round ends', () => {
    const s = linear([0.3, 9.7], [0, 100], 5);
    expect(s.domain).toEqual([0, 10]);
    expect(s(5)).toBe(50);
  });
  it('has round ticks, also below zero, between tenths and for a single value', () => {
    expect(linear([0, 0.3], [0, 1]).ticks(5)).toEqual([0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3]);
    expect(linear([-7, 12], [0, 1], 5).domain).toEqual([-10, 15]);
    expect(linear([-7, 12], [0, 1], 5).ticks(5)).toEqual([-10, -5, 0, 5, 10, 15]);
    expect(linear([3.1e8, 2.6e9], [0, 1], 5).domain).toEqual([0, 3e9]);
    expect(linear([4, 4], [0, 1], 5).ticks(5)).toEqual([4]);
  });
});

describe('a chart of a run', () => {
  it('has platforms in their order, small ones together, and none that never opened', () => {
    expect(chart.lines.map((l) => l.key)).toEqual(['tiktok', 'bukalapak']);
    expect(chart.lines[1]!.mid).toEqual([4e9, 4e9, 4e9]);
    expect(chart.unit).toBe('Rp billion a day');
  });
  it('shows the base where there is one line, grey, dashed, without a band', () => {
    const c = chartOf(views.find((v) => v.id === 'total')!, setting, series, series, null);
    expect(c.lines.map((l) => [l.name, l.of ?? '', l.style.dash])).toEqual([['As it happened', '', ''], ['No ban', 'base', '5 4']]);
    expect(c.lines[1]!.most).toBeUndefined();
  });
  it('draws observed values of its own unit only', () => {
    expect(chart.points.map((p) => p.fact.id)).toEqual(['1']);
  });
  it('says in words what it shows', () => {
    expect(valueText(chart, 0)).toBe('Week of 2 Oct 2023. TikTok Shop 5.00; Bukalapak, Blibli 4.00.');
    expect(summary(chart)).toContain('TikTok Shop: 5.00 at first, 2.00 at the end, highest 5.00 (week of 2 Oct 2023).');
  });
  it('offers what a run has', () => {
    expect(offered(series.columns).map((v) => v.id)).toEqual(['sales', 'total']);
  });
  it('draws weeks as they come, of the first seed', () => {
    const f = (seed: number, week: string, v: number) => ({ columns: [{ metric: 'gmv', by: 'platforms', key: 'all', unit: 'IDR/day' }], frames: [{ seed, week, values: [v] }] });
    let p = partial(null, 'k', f(1, '2023-10-09', 2));
    p = partial(p, 'k', f(1, '2023-10-02', 1));
    p = partial(p, 'k', f(2, '2023-10-16', 9));
    expect([p.dates, p.values]).toEqual([['2023-10-02', '2023-10-09'], [[1], [2]]]);
  });
});

describe('files', () => {
  it('are tidy, with points for decimals and the command above', () => {
    const lines = csvOf(chart).trim().split('\n');
    expect(lines[0]).toMatch(/^# pasar compare /);
    expect(lines[3]).toBe('week,series,world,p05,p25,p50,p75,p95,unit');
    expect(lines[4]).toBe('2023-10-02,TikTok Shop,scenario,,,5,,,Rp billion a day');
    expect(lines).toHaveLength(4 + 6);
    expect(lines[7]).toContain('"Bukalapak, Blibli"');
  });
  it('hold title, unit, keys, source and badge in a picture', () => {
    const svg = picture({ ...chart, marks: [{ n: 1, at: chart.weeks.at[1]!, text: 'closes <now>' }] });
    for (const text of ['Sales by platform', 'Rp billion a day', 'simulated', 'TikTok Shop', '1 closes &lt;now&gt; (9 Oct 2023)', 'seed 1', '1f3c9be2']) expect(svg).toContain(text);
    expect(footnotes(chart)[0]).toContain('Too few runs');
    expect(wrap('a bb ccc', 4)).toEqual(['a bb', 'ccc']);
  });
});

describe('flows', () => {
  const node = (id: string, column: number) => ({ id, column, name: { en: id, id } });
  const nodes = [node('buyers', 0), node('shop', 1), node('small', 1), node('smes', 2), node('fees', 2)];
  const links = together(nodes, [
    { from: 'buyers', to: 'shop', values: [10, 20] }, { from: 'buyers', to: 'tiny', values: [1, 1] }, { from: 'buyers', to: 'small', values: [2, 2] },
    { from: 'shop', to: 'smes', values: [9, 18] }, { from: 'shop', to: 'fees', values: [1, 2] }, { from: 'tiny', to: 'smes', values: [1, 1] }, { from: 'small', to: 'smes', values: [2, 2] },
  ], { tiny: 'small' });
  const box = { width: 300, height: 200, left: 0, right: 0, bar: 10, gap: 10 };
  it('take in what they give out', () => {
    expect(balance(nodes, links, 0)).toBe(0);
    expect(balance(nodes, links, 1)).toBe(0);
    expect(through('small', links, 0)).toBe(3);
  });
  it('have one scale for all weeks and a fixed order', () => {
    const scale = scaleOf(nodes, links, 2, box);
    const a = layout(nodes, links, 0, scale, box), b = layout(nodes, links, 1, scale, box);
    expect(b.nodes[0]!.height / a.nodes[0]!.height).toBeCloseTo(23 / 13);
    expect(a.nodes.map((n) => n.node.id)).toEqual(b.nodes.map((n) => n.node.id));
    expect(Math.max(...b.nodes.map((n) => n.y + n.height))).toBeLessThanOrEqual(200.001);
  });
});

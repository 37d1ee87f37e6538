import { describe, expect, it } from 'vitest';
import type { Chart, Line } from '../../src/chart/model';
import { guessLine, partsOf } from '../../src/run/guess';
import { baseStyle, worldStyle } from '../../src/tokens';

const week = 7 * 864e5;
const at = Array.from({ length: 14 }, (_, i) => i * week);
const line = (key: string, of: (i: number) => number | null, base?: boolean): Line => ({ key, name: key, style: base ? baseStyle : worldStyle, mid: at.map((_, i) => of(i)), ...(base ? { of: 'base' } : {}) });
const chart = (lines: Line[]): Chart => ({
  id: 'total', title: '', unit: '', scale: { by: 1e9, name: 'billion' }, weeks: { at, until: at[13]! }, lines, marks: [], shades: [], points: [], zero: false, badge: 'simulated', source: '', glossary: 'sales',
});

describe('a prediction', () => {
  const c = chart([line('world', (i) => (i < 2 ? 10 : 5)), line('base', (i) => 10 + (i % 2 ? 1 : -1), true)]);
  const parts = partsOf(c, 2 * week);
  it('is of three stretches that hold each week since the announcement once', () => {
    expect(parts.map((p) => [p.from, p.mid, p.to])).toEqual([[2, 3, 5], [6, 7, 9], [10, 11, 13]]);
    expect(parts.map((p) => [p.base, p.came])).toEqual([[10, 5], [10, 5], [10, 5]]);
  });
  it('is a line through its points, level at both ends, and nowhere before the announcement', () => {
    expect(guessLine(c, parts, [8, 4, 6]).mid).toEqual([null, null, 8, 8, 7, 6, 5, 4, 4.5, 5, 5.5, 6, 6, 6]);
  });
  it('needs both worlds, and values of both', () => {
    expect(partsOf(null, 0)).toEqual([]);
    expect(partsOf(chart([line('world', () => 1)]), 0)).toEqual([]);
    expect(partsOf(chart([line('world', (i) => (i < 10 ? 1 : null)), line('base', () => 1, true)]), 2 * week)).toEqual([]);
  });
});

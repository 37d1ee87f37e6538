// A small made-up run for the tests: three weeks, two pairs.
import type { Meta, Series, SeriesColumn, Status } from '../../src/api';

const both = (s: string) => ({ en: s, id: s });

export const status: Status = {
  key: 'b'.repeat(32), base_key: 'a'.repeat(32), state: 'done', position: 0, scenario: 'pilot', title: both('As it happened'), hash: '1f3c9be2', seed: 1, n: 2, buyers: 2000,
  start: '2023-10-01', end: '2023-10-22', done: 2, started: 2, command: 'pasar run pilot', quick: true,
};

export const meta: Meta = {
  version: 'x', human: '0', shared: false, quick: { buyers: 2000, n: 8 }, limits: { buyers: 20000, n: 64, text: 1, set: 64 }, bands: 8, few: 30, groups_from: 20000,
  channels: [{ key: 'tiktok', name: both('TikTok Shop') }], outcomes: [], charts: [], glossary: [],
  observed: [{ id: '1', metric: 'gmv', by: 'storefront', key: 'tiktok', unit: 'IDR/day', from: '2023-10-02', to: '2023-10-08', value: 3e9, lo: null, hi: null, source: 's', grade: 'B', fitted: false, note: both('n') },
    { id: '2', metric: 'gmv', by: 'storefront', key: 'tiktok', unit: 'USD/month', from: '2023-10-02', to: '2023-10-08', value: 6e8, lo: null, hi: null, source: 's', grade: 'B', fitted: false, note: both('n') }],
};

export const column = (key: string, runs: number[][], metric = 'gmv', by = 'storefront', unit = 'IDR/day'): SeriesColumn => ({
  metric, by, key, unit, p05: null, p25: null, p50: runs[0]!.map((_, i) => runs.reduce((s, r) => s + r[i]!, 0) / runs.length), p75: null, p95: null, runs,
});

export const series: Series = {
  key: status.key, by: 'week', dates: ['2023-10-02', '2023-10-09', '2023-10-16'], seeds: [1, 2], n: 2,
  columns: [column('tiktok', [[4e9, 0, 1e9], [6e9, 0, 3e9]]), column('bukalapak', [[1e9, 2e9, 3e9], [3e9, 2e9, 1e9]]), column('blibli', [[3e9, 2e9, 1e9], [1e9, 2e9, 3e9]]), column('newco', [[0, 0, 0], [0, 0, 0]]),
    column('all', [[9e9, 4e9, 5e9], [9e9, 4e9, 7e9]], 'gmv', 'platforms')],
};

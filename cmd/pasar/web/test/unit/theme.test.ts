import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { base } from '../../../../../scenarios/report/svgplot/tokens.json';

const css = readFileSync('src/style.css', 'utf8');
const roots = [...css.matchAll(/:root \{([^}]*)\}/g)].map((m) => Object.fromEntries([...m[1]!.matchAll(/--([\w-]+): (#[0-9a-f]+)/g)].map((x) => [x[1]!, x[2]!])));
const light = (hex: string) => {
  const full = hex.length === 4 ? hex.replace(/[0-9a-f]/g, '$&$&') : hex;
  const [r, g, b] = [1, 3, 5].map((i) => parseInt(full.slice(i, i + 2), 16) / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
};
const contrast = (a: string, b: string) => (Math.max(light(a), light(b)) + 0.05) / (Math.min(light(a), light(b)) + 0.05);

describe('both themes', () => {
  it('set the same colours, the dark one those of the charts', () => {
    expect(roots.map((r) => Object.keys(r).sort())).toEqual([Object.keys(roots[0]!).sort(), Object.keys(roots[0]!).sort()]);
    const dark = roots[1]!;
    expect([dark.paper, dark.ink, dark.quiet, dark.rule]).toEqual([base.paper, base.ink, base.quiet, base.grid].map((c) => c.dark.toLowerCase()));
  });
  it('can be read: text 4.5 to 1, the ring of focus and borders that mean something 3 to 1', () => {
    for (const r of roots) {
      for (const ground of ['paper', 'card', 'tint']) {
        for (const text of ['ink', 'quiet', 'main', 'good']) expect(contrast(r[text]!, r[ground]!), `${text} on ${ground}`).toBeGreaterThanOrEqual(4.5);
        expect(contrast(r.focus!, r[ground]!), `focus on ${ground}`).toBeGreaterThanOrEqual(3);
      }
      for (const ground of ['warn', 'bad']) expect(contrast(r.ink!, r[ground]!), ground).toBeGreaterThanOrEqual(4.5);
      expect(contrast(r['main-ink']!, r.main!)).toBeGreaterThanOrEqual(4.5);
    }
  });
});

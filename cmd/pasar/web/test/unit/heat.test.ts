import { describe, expect, it } from 'vitest';
import { shade } from '../../src/sweep/heat';

describe('colours of the heat map', () => {
  it('have a sign, and a loss is as dark as a gain of its size', () => {
    const [, loss, much] = /, (#\w+) (\d+)%/.exec(shade(-0.8))!, [, gain, same] = /, (#\w+) (\d+)%/.exec(shade(0.8))!;
    expect(loss).not.toBe(gain);
    expect([much, same]).toEqual(['80', '80']);
    expect(Number(/ (\d+)%/.exec(shade(-0.9))![1])).toBeGreaterThan(Number(/ (\d+)%/.exec(shade(-0.2))![1]));
    const light = (hex: string) => [1, 3, 5].map((i) => Number.parseInt(hex.slice(i, i + 2), 16) / 255).map((c) => ((c + 0.055) / 1.055) ** 2.4).reduce((a, c, i) => a + c * [0.2126, 0.7152, 0.0722][i]!, 0);
    expect(Math.abs(light(loss!) - light(gain!))).toBeLessThan(0.03);
    for (const end of [loss!, gain!]) expect((light(end) + 0.05) / (light('#1f2328') + 0.05)).toBeGreaterThan(4.5); // letters can be read on the darkest
  });
});

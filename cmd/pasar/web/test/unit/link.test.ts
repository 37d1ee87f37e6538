import { describe, expect, it } from 'vitest';
import { command, home, longest, parse, print, quote, screens, withSet, world, type Link } from '../../src/link';

// Luck of the tests: the same numbers each time.
function numbers(seed: number) {
  let s = seed;
  return () => (s = (s * 1103515245 + 12345) % 2147483648) / 2147483648;
}

const paths = ['pilot.duration', 'pilot.caps.share_of_pre', 'params.disc.rho', 'params.buyer.habit_beta', 'aud.decision', 'vars.x', 'sep.linkout', 'fee2-tiktok.share'];
const values = ['0', 'false', 'true', '', '.30', '122d', '2023-12-12T00:00+07:00', 'a b', 'x&y=z', 'ü:é', '[shopee, tokopedia]', '50%', '−1', "it's"];

function anyLink(r: () => number): Link {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(r() * list.length)]!;
  const side = (name: string) => {
    let w = { ...world(name), hash: r() < 0.5 ? '1f3c9be2' : '', text: r() < 0.2 ? 'scenario: mine\nextends: pilot # why\n' : '' };
    for (let i = 0; i < 3; i++) if (r() < 0.6) w = withSet(w, pick(paths), pick(values));
    return w;
  };
  const screen = pick(screens);
  const l: Link = { ...home(), screen, lang: pick(['', 'en', 'id'] as const) };
  if (['run', 'compare', 'agent', 'sweep'].includes(screen)) {
    Object.assign(l, { base: side(pick(['no-ban', 'ban'])), world: side(pick(['pilot', 'long-pilot'])), seed: Math.floor(r() * 1e6), n: 1 + Math.floor(r() * 64), buyers: pick([500, 2000, 20000]), week: pick(['', '2024-02-26']), outcomes: pick([[], ['sales', 'sme']]) });
  }
  if (screen === 'edit') l.world = side('pilot');
  if (screen === 'agent') l.agent = pick(['', 'sme:12', 'creator:0', 'buyer:9']);
  if (screen === 'docs') l.page = pick(['', 'sure']);
  l.tour = pick(['', 'start.2']);
  return l;
}

describe('link', () => {
  it('comes back as it was, for any overrides on either side', () => {
    const r = numbers(7);
    for (let i = 0; i < 3000; i++) {
      const l = anyLink(r);
      const [back, ignored] = parse(print(l));
      expect(ignored, print(l)).toEqual([]);
      expect(back, print(l)).toEqual(l);
    }
  });

  it('always says seed and pairs where something is played', () => {
    expect(print({ ...home(), screen: 'run' })).toBe('#/run?base=no-ban&s=pilot&seed=1&n=8');
    expect(print({ ...home(), screen: 'compare' })).toBe('#/compare?a=no-ban&b=pilot&seed=1&n=8');
  });

  it('takes back one override and leaves the others', () => {
    const w = withSet(withSet(world('pilot'), 'a.b', '0'), 'c', 'false');
    expect(withSet(w, 'a.b', null).set).toEqual([{ path: 'c', value: 'false' }]);
    expect(withSet(w, 'zz', null).set).toEqual(w.set);
  });

  it('names each part that it does not use', () => {
    const [l, ignored] = parse('#/compare?a=no-ban&b=pilot&foo=1&seed=-3&n=x&w=2023-13-45&set=pilot.x:1&set=b.x:1&set=b.x:2&lang=fr&seed=4&y=%E0');
    expect(ignored.map((i) => [i.part, i.why])).toEqual([
      ['foo=1', 'unknown'], ['seed=-3', 'number'], ['n=x', 'number'], ['w=2023-13-45', 'date'], ['set=pilot.x:1', 'value'], ['set=b.x:2', 'twice'],
      ['lang=fr', 'value'], ['seed=4', 'twice'], ['y=%E0', 'encoding'],
    ]);
    expect(l.world.set).toEqual([{ path: 'x', value: '1' }]);
    expect(parse('#/rum?s=pilot')[1][0]).toEqual({ part: 'rum', why: 'screen' });
  });

  it('keeps a text that is too long out of the address, and finds it again in this tab only', () => {
    const l: Link = { ...home(), screen: 'edit', world: { ...world('mine'), text: 'x'.repeat(longest + 1) } };
    const hash = print(l);
    expect(hash.length).toBeLessThan(100);
    expect(parse(hash)[0].world.text).toBe(l.world.text);
    expect(parse(hash.replace(/file=\w+/, 'file=00000000'))[1]).toEqual([{ part: 's.file=00000000', why: 'file' }]);
  });

  it('is the command line that gives the same numbers', () => {
    const l: Link = { ...home(), screen: 'compare', world: withSet(world('pilot'), 'pilot.caps.share_of_pre', '.1'), seed: 3, n: 16 };
    expect(command(l)).toBe('pasar compare no-ban pilot+pilot.caps.share_of_pre=.1 --reps 16 --buyers 2000 --seed 3');
    expect(command({ ...l, world: withSet(world('pilot'), 'x', 'a b') })).toContain(`'pilot+x=a b'`);
  });

  it('quotes for a shell only where that is needed', () => {
    for (const plain of ['runs/mine', 'pilot+pilot.caps.share_of_pre=.1', '5%', 'nats://a:4222,b:4222']) expect(quote(plain)).toBe(plain);
    for (const word of ['my runs/r', '', '~/r', '$HOME', 'a;b', 'a&b|c', 'a*?[x]{y}(z)', '#a!"`<>', 'a\nb', 'pasar-é']) expect(quote(word)).toBe(`'${word}'`);
    expect(quote("it's")).toBe(`'it'\\''s'`);
  });
});

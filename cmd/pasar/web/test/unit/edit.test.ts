import { describe, expect, it } from 'vitest';
import { blocks } from '../../src/docs/markdown';
import { nameOf } from '../../src/edit/mine';
import { patch } from '../../src/edit/patch';
import { spell } from '../../src/run/levers';
import { nearestName } from '../../src/run/scenario';

const text = `scenario: mine # my own
extends: pilot
params:
  disc: {rho: {value: .7, source: my survey, grade: C}} # keep this
actions:
  - {id: pilot, duration: 122d, caps: {share_of_pre: .30, ramp_to_none: 2024-01-31}} # and this
  - {id: aud, at: 2024-04-25T00:00+07:00, decision: approve}
`;

describe('patch', () => {
  const changed = (path: string, value: string) => {
    const after = patch(text, path, value)!;
    const a = text.split('\n'), b = after.split('\n');
    return a.length === b.length ? b.filter((l, i) => l !== a[i]) : b.filter((l) => !a.includes(l));
  };
  it('replaces only the value, so that comments survive', () => {
    expect(changed('pilot.duration', '200d')).toEqual(['  - {id: pilot, duration: 200d, caps: {share_of_pre: .30, ramp_to_none: 2024-01-31}} # and this']);
    expect(changed('pilot.caps.share_of_pre', '0.1')[0]).toContain('share_of_pre: 0.1, ramp_to_none: 2024-01-31}} # and this');
    expect(changed('params.disc.rho', '.5')[0]).toBe('  disc: {rho: {value: .5, source: my survey, grade: C}} # keep this');
    expect(changed('aud.at', '2024-05-01')[0]).toContain('at: 2024-05-01, decision');
  });
  it('adds a line for what is inherited', () => {
    expect(changed('sep.linkout', '.2')).toEqual(['  - {id: sep, linkout: .2}']);
    expect(changed('params.buyer.habit_beta', '2')).toEqual(['  buyer: {habit_beta: 2}']);
    expect(changed('pilot.integration', '90d')[0]).toContain('{id: pilot, integration: 90d, duration: 122d');
    expect(patch('scenario: a\nextends: b', 'sep.linkout', '0')).toBe('scenario: a\nextends: b\n\nactions:\n  - {id: sep, linkout: 0}\n');
  });
});

describe('small things', () => {
  it('spell values as --set takes them', () => {
    expect(spell(0.30000000000000004, { step: 0.02, type: 'number' })).toBe('0.3');
    expect(spell(122, { step: 1, type: 'days' })).toBe('122d');
    expect(spell(0, { step: 5, type: 'number' })).toBe('0');
  });
  it('find the nearest name', () => expect(nearestName('pilo', ['ban', 'pilot', 'deal'])).toBe('pilot'));
  it('name a file', () => expect(nameOf('My Scenario (2).yaml')).toBe('my-scenario-2'));
  it('cut Markdown into blocks', () => {
    expect(blocks('# A\n\ntext\nmore\n\n- one\n  two\n- three\n\n| a | b |\n|---|---|\n| 1 | 2 |\n```sh\n# no\n```\n').map((b) => [b.kind, b.lines.length])).toEqual([['h', 1], ['p', 1], ['ul', 2], ['table', 3], ['code', 1]]);
  });
});

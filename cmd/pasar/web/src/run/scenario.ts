// The scenario that a link names, as the server reads it.
import { signal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { getScenario, validate, type Scenario } from '../api';
import { world, type World } from '../link';
import { result } from './live';
import { ignore, keep, library, link } from '../state';

const known = signal<{ id: string; scenario: Scenario } | null>(null);

/** useScenario is the scenario of a world with its overrides; the one before stays until the new one is there. */
export function useScenario(w: World): Scenario | null {
  const id = JSON.stringify([w.scenario, w.text, w.set]);
  useEffect(() => {
    if (known.value?.id === id) return;
    let gone = false;
    const settle = (s: Scenario | null) => {
      if (!gone && s) known.value = { id, scenario: s };
    };
    if (w.text) validate(w).then((v) => settle(v.scenario), () => undefined);
    else getScenario(w.scenario, w.set.map((o) => `${o.path}=${o.value}`)).then(settle, () => {
      // an override that cannot be used is told by the run itself; the timeline is then that of the file
      if (w.set.length) void getScenario(w.scenario).then(settle, () => undefined);
    });
    return () => void (gone = true);
  }, [id]);
  useEffect(check, [w.scenario, w.hash, link.value.base.scenario]);
  return known.value && JSON.parse(known.value.id)[0] === w.scenario ? known.value.scenario : null;
}

/** useDrawn is the scenario of the lines on screen: on the way to another one these are still of the one before, and so is all that is drawn with them. */
export function useDrawn(scenario: Scenario | null): Scenario | null {
  const last = useRef(scenario), of = result.value?.status.scenario;
  if (!of || scenario?.name === of) last.current = scenario;
  return of && last.current?.name !== of ? null : last.current;
}

// check names what a link says of scenarios that is not so here: no such name, or a file that was changed since.
function check() {
  const cards = library.value ?? [];
  const l = link.value;
  const of = (name: string) => cards.find((c) => c.name === name);
  const main = of(l.world.scenario), other = of(l.base.scenario);
  if (main && other && main.market !== other.market) {
    ignore(other.name, 'market');
    return keep({ base: world(main.base ?? main.name) });
  }
  for (const side of ['world', 'base'] as const) {
    const w = l[side];
    if (w.text) continue;
    const card = cards.find((c) => c.name === w.scenario || c.aliases?.includes(w.scenario));
    if (!card) {
      ignore(w.scenario, 'scenario');
      keep({ [side]: { ...w, scenario: nearestName(w.scenario, cards.map((c) => c.name)), hash: '' } });
    } else if (card.name !== w.scenario) keep({ [side]: { ...w, scenario: card.name } });
    else if (w.hash && !card.hash.startsWith(w.hash)) {
      ignore(`${w.scenario}@${w.hash} → ${card.hash.slice(0, 8)}`, 'hash');
      keep({ [side]: { ...w, hash: card.hash.slice(0, 8) } });
    } else if (!w.hash) keep({ [side]: { ...w, hash: card.hash.slice(0, 8) } });
  }
}

/** nearestName is the name with the fewest changes of a letter to what was written. */
export function nearestName(written: string, names: string[]): string {
  const distance = (a: string, b: string) => {
    let row = Array.from({ length: b.length + 1 }, (_, i) => i);
    for (let i = 1; i <= a.length; i++) {
      const next = [i];
      for (let j = 1; j <= b.length; j++) next[j] = Math.min(next[j - 1]! + 1, row[j]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1));
      row = next;
    }
    return row[b.length]!;
  };
  return [...names].sort((a, b) => distance(written, a) - distance(written, b) || a.localeCompare(b))[0] ?? written;
}

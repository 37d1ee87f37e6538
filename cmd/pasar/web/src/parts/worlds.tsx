// The choice of a scenario. Worlds of two markets cannot be compared: as a base those of another market are not offered, and whoever goes over
// to another market takes its base along.
import { world } from '../link';
import { go, library, link } from '../state';
import { said, t } from '../strings';

const cardOf = (name: string) => library.value?.find((c) => c.name === name);
const marketOf = (name: string) => cardOf(name)?.market ?? '';

/** Worlds chooses one side of a comparison. */
export function Worlds({ side }: { side: 'base' | 'world' }) {
  const l = link.value;
  const elsewhere = (name: string) => marketOf(name) !== marketOf(l[side === 'base' ? 'world' : 'base'].scenario);
  const choose = (name: string) => go({ [side]: world(name), ...(elsewhere(name) ? { base: world(cardOf(name)?.base ?? name) } : {}) });
  return (
    <select value={l[side].scenario} onChange={(e) => choose(e.currentTarget.value)}>
      {library.value!.map((c) => <option key={c.name} value={c.name} disabled={side === 'base' && elsewhere(c.name) && c.name !== l.base.scenario}>{said(c.title)}{c.market && ` (${t('gallery.otherMarketShort')})`}</option>)}
    </select>
  );
}

/** Alone is what is said where a world would be compared with itself. */
export function Alone() {
  return <p class="card">{t(marketOf(link.value.world.scenario) ? 'compare.otherMarket' : 'compare.alone')}</p>;
}

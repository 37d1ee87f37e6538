// How much is played, and with which luck: always visible, and part of the link.
import { go, link, meta } from '../state';
import { num } from '../format';
import { lang, t } from '../strings';
import { Explain } from '../parts/explain';
import { Worlds } from '../parts/worlds';

/** Size is the panel of base, pairs, people and seed. */
export function Size() {
  const l = link.value, m = meta.value!;
  const pairs = [2, 8, 16, 32, 64].filter((n) => n <= m.limits.n || n === l.n);
  const buyers = [500, 2000, 5000, 20000].filter((n) => n <= m.limits.buyers);
  const options = (list: number[], now: number) => [...new Set([...list, now])].sort((a, b) => a - b);
  return (
    <section class="card size" aria-labelledby="size">
      <div class="row"><h2 id="size">{t('run.settings')}</h2> <Explain entry="run" title={t('run.settings')} /></div>
      <label>{t('run.base')}
        <Worlds side="base" />
      </label>
      <label>{t('run.pairsChoose')}
        <select value={String(l.n)} onChange={(e) => go({ n: Number(e.currentTarget.value) })}>{options(pairs, l.n).map((n) => <option key={n} value={n}>{n}</option>)}</select>
      </label>
      <label>{t('run.buyersChoose')}
        <select value={String(l.buyers)} onChange={(e) => go({ buyers: Number(e.currentTarget.value) })}>{options(buyers, l.buyers).map((n) => <option key={n} value={n}>{num(n, 0, lang.value)}</option>)}</select>
      </label>
      <label>{t('run.seedChoose')}
        <input type="number" min={0} step={1} value={l.seed} onChange={(e) => Number.isSafeInteger(e.currentTarget.valueAsNumber) && go({ seed: e.currentTarget.valueAsNumber })} />
      </label>
    </section>
  );
}

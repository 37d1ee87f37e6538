// The main outcomes against the base: a difference never stands without its range and a plain word on whether it is clear.
import type { Headline } from '../api';
import { day, inUnit, range, signed } from '../format';
import { unitWords } from '../chart/units';
import { Explain } from '../parts/explain';
import { predicting } from '../state';
import { lang, said, t, type Both, type Key } from '../strings';
import { en } from '../strings.en';
import { result, stale } from './live';

/** Headlines lists the main outcomes of the run on screen. */
export function Headlines({ baseName }: { baseName: string }) {
  const c = predicting.value ? null : result.value?.comparison;
  const withheld = new Map<string, string[]>();
  for (const h of c?.headlines ?? []) if (h.withheld) withheld.set(said(h.withheld), [...(withheld.get(said(h.withheld)) ?? []), outcomeName(h)]);
  return (
    <section class={'card headlines' + (stale.value ? ' stale' : '')} aria-labelledby="headlines">
      <div class="row"><h2 id="headlines">{t('run.headlines', { base: baseName })}</h2> <Explain entry="difference" title={t('run.headlines', { base: baseName })} /></div>
      {!c && <p class="quiet">{t(predicting.value ? 'predict.hidden' : result.value?.base && result.value.base.seeds.length > 1 ? 'state.compared' : 'run.noHeadlines')}</p>}
      {c && <p class="quiet">{t('run.headlinesSub', { from: day(c.from, lang.value), to: day(c.periods.find((p) => p.name === 'since')?.to ?? c.b.end ?? c.from, lang.value) })}</p>}
      {c?.headlines.filter((h) => !h.withheld).map((h) => <One key={h.outcome} h={h} />)}
      {[...withheld].map(([why, names]) => <div key={why} class="headline"><p class="name">{names.join('; ')}</p><p class="quiet">{t('run.withheld')}: {why}</p></div>)}
    </section>
  );
}

/** Brief is one of them in a line: the first that is clear, or the first. */
export function Brief() {
  const all = predicting.value ? [] : (result.value?.comparison?.headlines.filter((x) => !x.withheld) ?? []);
  const h = all.find((x) => x.verdict === 'clear') ?? all[0];
  return h ? <p class={stale.value ? 'quiet' : ''}>{outcomeName(h)}: <b>{h.verdict === 'clear' || h.verdict === 'depends' ? difference(h) : verdictText(h)}</b> {h.verdict !== 'the same' && interval(h) && `(${interval(h)})`}</p> : null;
}

function One({ h }: { h: Headline }) {
  return (
    <div class={'headline is-' + h.verdict.replace(' ', '-')}>
      <p class="name">{outcomeName(h)}</p>
      <p><b>{h.verdict === 'clear' || h.verdict === 'depends' ? difference(h) : verdictText(h)}</b> {h.verdict === 'clear' && <span class="verdict">● {t('run.clear')}</span>}
        {h.verdict === 'depends' && <span class="verdict">◐ {t('run.depends')}</span>}</p>
      {h.verdict !== 'the same' && interval(h) && <p class="quiet">{wide(h) ? t('run.wide') : t('run.average', { range: interval(h)! })}</p>}
      {h.verdict === 'clear' && worst(h) && <p class="quiet">{t('run.worst', { value: worst(h)! })}</p>}
    </div>
  );
}

// A range that goes from half to one and a half of the base, or further, tells nothing.
const wide = (h: Headline) => (h.relative_hi ?? 0) - (h.relative_lo ?? 0) > 1;

// The worst four weeks in a row, in per cent of the base in these weeks.
function worst(h: Headline): string | null {
  const w = h.worst;
  if (!w || w.diff === null || !w.base) return null;
  const value = h.unit === 'share' ? `${signed(w.diff * 100, lang.value, 1)}` : `${signed((w.diff / w.base) * 100, lang.value, 1)}%`;
  return `${value} (${day(w.from, lang.value)} – ${day(w.to, lang.value)})`;
}

/** outcomeName is an outcome in plain words; one that has none here goes by its name from the server. */
export function outcomeName(h: { outcome: string; name: Both }): string {
  const key = `outcome.${h.outcome}`;
  return key in en ? t(key as Key) : said(h.name);
}

/** verdictText is what is said instead of a number where nothing is clear. */
export const verdictText = (h: { verdict: string }) => (h.verdict === 'the same' ? `= ${t('run.same')}` : `○ ${t('run.notClear')}`);

/** difference is a difference in per cent of the base, or in its unit where that says more. */
export function difference(h: Pick<Headline, 'relative' | 'diff' | 'unit'>): string {
  if (h.diff === null) return '–';
  if (h.unit === 'share') return `${signed(h.diff * 100, lang.value, 1)} ${lang.value === 'id' ? 'poin persen' : 'percentage points'}`;
  if (h.relative !== null) return `${signed(h.relative * 100, lang.value, 1)}%`;
  return (h.diff > 0 ? '+' : '') + inUnit(h.diff, unitWords(h.unit), lang.value);
}

/** interval is the 95% range of the average difference, in the same terms. */
export function interval(h: Pick<Headline, 'relative_lo' | 'relative_hi' | 'lo' | 'hi' | 'unit'>): string | null {
  if (h.lo === null || h.hi === null) return null;
  const two = (lo: number, hi: number, sign: string) => range(signed(lo, lang.value, 1) + sign, signed(hi, lang.value, 1) + sign, lang.value);
  if (h.unit === 'share') return two(h.lo * 100, h.hi * 100, '');
  if (h.relative_lo !== null && h.relative_hi !== null) return two(h.relative_lo * 100, h.relative_hi * 100, '%');
  return range(inUnit(h.lo, unitWords(h.unit), lang.value), inUnit(h.hi, unitWords(h.unit), lang.value), lang.value);
}


// With what a screen was played: no number stands without its luck, its size and what was changed.
import { num } from '../format';
import { link } from '../state';
import { lang, t } from '../strings';

/** Pills stand below a title; pairs only where nothing else tells them. */
export function Pills({ seed, pairs }: { seed?: number | undefined; pairs?: boolean }) {
  const { base, world, screen, ...l } = link.value;
  const sides = screen === 'run' ? [['', world] as const] : [['A ', base] as const, ['B ', world] as const];
  return (
    <p class="pills">
      <span class="pill warn">{t('run.badge')}</span>
      <span class="pill">{t('run.seed', { seed: seed ?? l.seed })}</span>
      {pairs && <span class="pill">{t('run.pairs', { n: l.n })}</span>}
      <span class="pill">{t('run.buyers', { n: num(l.buyers, 0, lang.value) })}</span>
      {sides.flatMap(([letter, w]) => w.set.map((o) => <span key={letter + o.path} class="pill set">{letter}{o.path} = {o.value}</span>))}
    </p>
  );
}

// What was played on this server lately, and a choice of two to compare.
import { useState } from 'preact/hooks';
import type { Status } from '../api';
import { num } from '../format';
import { world, type World } from '../link';
import { href } from '../state';
import { lang, said, t } from '../strings';

/** Recent lists the latest runs. */
export function Recent({ runs }: { runs: Status[] | null }) {
  const [chosen, choose] = useState<string[]>([]);
  if (!runs) return null;
  const list = runs.filter((r) => !r.text).slice(0, 10);
  const two = chosen.map((k) => list.find((r) => r.key === k)).filter((r): r is Status => !!r);
  const first = two[0], second = two[1];
  return (
    <section>
      <h2>{t('gallery.recent')}</h2>
      {!list.length && <p class="quiet">{t('gallery.noRecent')}</p>}
      <ul class="recent">
        {list.map((r) => (
          <li key={r.key}>
            <input type="checkbox" id={r.key} checked={chosen.includes(r.key)} aria-label={`${said(r.title)} ${(r.set ?? []).join(' ')}`}
              onChange={(e) => choose(e.currentTarget.checked ? [...chosen, r.key].slice(-2) : chosen.filter((k) => k !== r.key))} />
            <a href={href({ screen: 'run', world: worldOf(r), seed: r.seed, n: r.n, buyers: r.buyers, week: '', outcomes: [] })}>{said(r.title)}</a>
            {r.set?.map((s) => <code key={s}>{s}</code>)}
            <small class="quiet">
              {t('gallery.seed', { seed: r.seed })} · {t('gallery.runs', { done: r.done, n: r.n })} · {t('run.buyers', { n: num(r.buyers, 0, lang.value) })}
            </small>
          </li>
        ))}
      </ul>
      {first && second && (
        <a class="button main" href={href({ screen: 'compare', base: worldOf(first), world: worldOf(second), seed: second.seed, n: Math.min(first.n, second.n), buyers: second.buyers, week: '', outcomes: [] })}>
          {t('gallery.compareTwo', { n: 2 })}
        </a>
      )}
    </section>
  );
}

function worldOf(r: Status): World {
  const set = (r.set ?? []).map((s) => {
    const at = s.indexOf('=');
    return { path: s.slice(0, at), value: s.slice(at + 1) };
  });
  return { ...world(r.scenario), set };
}

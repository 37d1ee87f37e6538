// Whose story may be worth hearing, and any other.
import { useState } from 'preact/hooks';
import type { Agents, Pick } from '../api';
import { day, num } from '../format';
import { meta } from '../state';
import { lang, said, t, type Key } from '../strings';

const kinds = ['sme', 'creator', 'buyer'] as const;
const lists: { of: keyof Agents['picks']; title: Key }[] = [
  { of: 'closed', title: 'agent.closed' }, { of: 'moved', title: 'agent.moved' }, { of: 'dependent', title: 'agent.dependent' },
];

/** Picker offers agents by what became of them, and by number. */
export function Picker({ agents, chosen, choose }: { agents: Agents | null; chosen: string; choose: (agent: string) => void }) {
  const [kind, setKind] = useState<(typeof kinds)[number]>('sme');
  const tracked = agents?.tracked.filter((a) => a.kind === kind).slice(0, 200) ?? [];
  const enter = (e: SubmitEvent) => {
    e.preventDefault();
    const n = new FormData(e.currentTarget as HTMLFormElement).get('n') as string;
    if (/^\d+$/.test(n)) choose(`${kind}:${n}`);
  };
  return (
    <aside class="card picker" aria-label={t('agent.who')}>
      <h2>{t('agent.who')}</h2>
      {!agents && <p class="quiet">{t('agent.wait')}</p>}
      {agents && lists.map(({ of, title }) => agents.picks[of].length > 0 && (
        <div key={of}>
          <h3>{t(title)}</h3>
          <ul>{agents.picks[of].slice(0, 5).map((p) => (
            <li key={p.agent}><button type="button" class="who" aria-pressed={chosen === p.agent} onClick={() => choose(p.agent)}><b>{nameOf(p.agent)}</b> <small>{why(of, p)}</small></button></li>
          ))}</ul>
        </div>
      ))}
      <h3>{t('agent.other')}</h3>
      <form onSubmit={enter}>
        <label>{t('agent.kind')} <select value={kind} onChange={(e) => setKind(e.currentTarget.value as (typeof kinds)[number])}>{kinds.map((k) => <option key={k} value={k}>{t(`agent.${k}`)}</option>)}</select></label>
        <label>{t('agent.number')} <input name="n" type="number" min={0} step={1} required list="tracked" /></label>
        <datalist id="tracked">{tracked.map((a) => <option key={a.agent} value={a.agent.split(':')[1]}>{[a.type, a.region].filter(Boolean).join(', ')}</option>)}</datalist>
        <button type="submit">{t('agent.show')}</button>
      </form>
    </aside>
  );
}

/** nameOf is an agent's name for people: "SME 12". */
export function nameOf(agent: string): string {
  const [kind, n] = agent.split(':');
  return kinds.some((k) => k === kind) ? `${t(`agent.${kind as (typeof kinds)[number]}`)} ${n}` : agent;
}

const channel = (key: string | undefined) => said(meta.value?.channels.find((c) => c.key === key)?.name) || key || '';

function why(of: keyof Agents['picks'], p: Pick): string {
  if (of === 'closed' && p.closed) return t('agent.whyClosed', { day: day(p.closed, lang.value) });
  if (of === 'moved') return t('agent.whyMoved', { from: channel(p.from), to: channel(p.to) });
  return t('agent.whyDependent', { share: num((p.share ?? 0) * 100, 0, lang.value), shop: channel(p.from) });
}

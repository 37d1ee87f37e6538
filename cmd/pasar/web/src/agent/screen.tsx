// One seller, creator or buyer: what became of it, and what each decision was a reaction to; in one world or in two.
import { useEffect, useState } from 'preact/hooks';
import { getAgents, getStory, Refused, type Agents, type Story } from '../api';
import { FailedBanner, LiveBanner, RefusedBanner, RefusedNote } from '../parts/banners';
import { Pills } from '../parts/pills';
import { Status } from '../parts/status';
import { result } from '../run/live';
import { useRun } from '../run/follow';
import { useScenario } from '../run/scenario';
import { go, library, link } from '../state';
import { lang, said, t } from '../strings';
import { Lives } from './lives';
import { Picker } from './picker';

/** AgentScreen follows one agent. */
export function AgentScreen() {
  const l = link.value;
  useScenario(l.world);
  useRun();
  const s = result.value?.status;
  const [agents, setAgents] = useState<Agents | null>(null);
  const [problem, setProblem] = useState<Refused | null>(null);
  const ready = s && s.done > 0 ? s.key : '';
  useEffect(() => {
    if (!ready) return;
    let gone = false;
    getAgents(ready).then((a) => !gone && setAgents(a), (e: unknown) => !gone && e instanceof Refused && setProblem(e));
    return () => void (gone = true);
  }, [ready, lang.value]);
  const name = (scenario: string) => said(library.value?.find((c) => c.name === scenario)?.title) || scenario;
  return (
    <>
      <div class="heading">
        <h1>{t('agent.title')}</h1>
        <p class="lead">{t('agent.lead', { a: name(l.base.scenario), b: name(l.world.scenario) })}</p>
        <Pills seed={agents?.seed} />
        <Status />
      </div>
      <LiveBanner />
      <RefusedBanner />
      <FailedBanner />
      {problem && <RefusedNote e={problem} />}
      <div class="agents">
        <Picker agents={agents} chosen={l.agent} choose={(agent) => go({ agent })} />
        {l.agent ? <Told key={`${l.agent} ${ready} ${s?.base_key ?? ''} ${lang.value}`} agent={l.agent} world={ready} base={s?.base_key ?? ''} name={name} /> : <p class="card quiet">{t('agent.choose')}</p>}
      </div>
    </>
  );
}

function Told({ agent, world, base, name }: { agent: string; world: string; base: string; name: (s: string) => string }) {
  const [story, set] = useState<Story | null>(null);
  const [problem, fail] = useState<Refused | Error | null>(null);
  const [slow, setSlow] = useState(false);
  const [kind, number] = agent.split(':');
  useEffect(() => {
    if (!world) return;
    let gone = false;
    const timer = setTimeout(() => setSlow(true), 300);
    (base ? getStory(base, agent, world) : getStory(world, agent)).then((s) => !gone && set(s), (e: Error) => !gone && fail(e));
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [agent, world, base]);
  if (problem instanceof Refused) return <RefusedNote e={problem} />;
  if (problem) return <section class="banner" role="alert">{t('app.noServer')} {t('app.noServerHow')}</section>;
  if (!story) return <p class="card quiet" role="status">{!world ? t('agent.first') : slow && t('agent.reading', { agent: `${t(`agent.${kind as 'sme'}`)} ${number}` })}</p>;
  return <Lives story={story} name={name} />;
}

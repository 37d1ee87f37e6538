// Studies: what the library and the folder of runs hold, how far each is, and what came of it.
import { useEffect, useState } from 'preact/hooks';
import { beginSweep, endSweep, getSweep, getSweeps, type Sweep, type SweepCard } from '../api';
import { elapsed, num, range } from '../format';
import { Terms } from '../parts/terms';
import { say } from '../run/levers';
import { keep, library, meta } from '../state';
import { lang, said, t } from '../strings';

/** The page of a link to the list of studies; a dot and a name behind it choose one. */
export const studiesPage = 'studies';

const every = 2000; // ms between looks while one is played
const count = (n: number) => num(n, 0, lang.value);

/** Studies lists all studies, with the chosen one opened. */
export function Studies({ chosen }: { chosen: string }) {
  const [list, setList] = useState<SweepCard[] | null>(null);
  const [open, setOpen] = useState<Sweep | null>(null);
  const [wrong, setWrong] = useState(''); // with what was asked for
  const [lost, setLost] = useState(''); // why nothing new is known
  const [turn, look] = useState(0);
  useEffect(() => {
    let timer = 0, gone = false;
    const see = async () => {
      try {
        const all = await getSweeps();
        const one = all.some((c) => c.name === chosen) ? await getSweep(chosen) : null;
        if (gone) return;
        setList(all);
        setOpen(one);
        setLost('');
        if (all.some((c) => c.state === 'running')) timer = window.setTimeout(() => void see(), every);
      } catch (e) {
        if (gone) return;
        setLost((e as Error).message);
        timer = window.setTimeout(() => void see(), every);
      }
    };
    void see();
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [chosen, turn]);
  const act = (deed: Promise<SweepCard>) => {
    setWrong('');
    void deed.catch((e: Error) => setWrong(e.message)).then(() => look(turn + 1));
  };
  return (
    <>
      <p class="quiet">{t(meta.value!.shared ? 'study.shared' : 'study.lead')}</p>
      {(wrong || lost) && <p class="card" role="alert">{wrong || lost}</p>}
      {!list && !lost && <p class="card">{t('state.reading', { what: t('sweep.studies') })}</p>}
      {list?.map((c) => (
        <section class="card" key={c.name} aria-label={said(c.title)}>
          <h2><button type="button" class="link" aria-expanded={c.name === chosen} onClick={() => keep({ page: c.name === chosen ? studiesPage : `${studiesPage}.${c.name}` })}>{said(c.title)}</button></h2>
          <p><Terms text={said(c.question)} /></p>
          <Standing card={c} act={act} />
          {c.name === chosen && open?.name === chosen && <Opened sweep={open} />}
        </section>
      ))}
    </>
  );
}

function Standing({ card: c, act }: { card: SweepCard; act: (deed: Promise<SweepCard>) => void }) {
  const on = c.state === 'running';
  return (
    <>
      <div class="plan">
        <span role="status">{t(`study.${c.state}`)}: {t('study.runs', { done: count(c.done), of: count(c.runs) })}{c.failed > 0 && ` · ${t('sweep.failed', { n: count(c.failed) })}`}</span>
        {c.state !== 'not begun' && <progress max={c.runs} value={c.done} aria-label={t('sweep.plan')} />}
        {on && c.left_ms !== null && <span class="quiet">{t('state.left', { time: hours(c.left_ms / 1000) })}</span>}
        {!meta.value!.shared && (on ? <button type="button" onClick={() => act(endSweep(c.name))}>{t('state.stop')}</button>
          : c.state !== 'done' && <button type="button" class="main" onClick={() => act(beginSweep(c.name))}>{t(c.state === 'stopped' ? 'sweep.resume' : 'sweep.start')}</button>)}
      </div>
      {c.error && <p role="alert">{c.error}</p>}
    </>
  );
}

const hours = (s: number) => (s < 3600 ? elapsed(s, lang.value) : t('study.hours', { n: num(s / 3600, 1, lang.value) }));

// Files of a study are sent in the language of the reader.
const inLang = () => `?lang=${lang.value}`;

const title = (name: string) => said(library.value?.find((c) => c.name === name)?.title) || name;

// titled calls scenarios by their titles where the finding of a study says "pilot compared with no-ban".
const titled = (text: string) => text.replace(/([\w-]+) (compared with|dibandingkan dengan) ([\w-]+)/g, (_, b: string, less: string, a: string) => `“${title(b)}” ${less} “${title(a)}”`);

// Opened is what was asked and what came of it.
function Opened({ sweep: s }: { sweep: Sweep }) {
  const told = s.findings[lang.value];
  return (
    <>
      {told.length > 0 && <><h3>{t('study.found')}</h3><ul>{told.map((x) => <li key={x}><Terms text={titled(x)} /></li>)}</ul></>}
      {s.report && <p><a href={s.report + inLang()}>{t('nav.report')}</a></p>}
      {s.failures.length > 0 && (
        <details open><summary>{t('study.failures', { n: count(s.failed) })}</summary>
          <ul>{s.failures.map((f) => <li key={f.error}>{count(f.runs)} × {f.error} <span class="quiet">({f.first})</span></li>)}</ul>
        </details>
      )}
      <div class="pictures">{s.figures.map((f) => <a key={f} href={f + inLang()}><img src={f + inLang()} alt={about(s, f)} loading="lazy" /></a>)}</div>
      <h3>{t('study.asked')}</h3>
      <p><Terms text={`${said(s.happens)} ${said(s.notice)}`} /></p>
      <p>{t('study.size', { worlds: s.scenarios.map(title).join(', '), points: count(s.points), n: count(s.replications) })}</p>
      <div class="wrap" tabIndex={0} role="region" aria-label={t('study.varied')}>
        <table class="plain">
          <thead><tr><th scope="col">{t('study.varied')}</th><th scope="col">{t('study.range')}</th></tr></thead>
          <tbody>{s.factors.map((f) => <tr key={f.path}><th scope="row">{said(f.label)}</th><td>{within(f)}</td></tr>)}</tbody>
        </table>
      </div>
      <p class="quiet">{t('study.command')} <code>{s.command}</code></p>
    </>
  );
}

function within(f: Sweep['factors'][number]): string {
  if (f.low === null || f.high === null) return f.values.join(', ');
  const as = { unit: f.unit, step: Math.max(1e-3, (f.high - f.low) / 50), type: 'number' as const };
  return range(say(f.low, as), say(f.high, as), lang.value);
}

// The name of a picture begins with its outcome; the rest says what it draws.
function about(s: Sweep, figure: string): string {
  const name = figure.split('/').at(-1)!.replace('.svg', ''), o = s.outcomes.find((x) => name.startsWith(x.name + '-'));
  return (o ? `${said(o.label)}: ${name.slice(o.name.length + 1)}` : name).replaceAll('-', ' ');
}

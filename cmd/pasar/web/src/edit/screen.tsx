// A scenario file, as text and as a form. The text is what counts: the form changes values in it, and the validator of the command line
// judges both. Text and form change places only when the text can be read.
import { useEffect, useRef, useState } from 'preact/hooks';
import { getScenario, Refused, validate, type Mistake, type Scenario } from '../api';
import { save } from '../chart/export';
import { longest, world } from '../link';
import { go, href, keep, link } from '../state';
import { t } from '../strings';
import { Form } from './form';
import { nameOf, open } from './mine';
import { Mistakes } from './mistakes';
import { patch } from './patch';
import { Text } from './text';

/** EditScreen edits the scenario of the link. */
export function EditScreen() {
  const w = link.value.world;
  const [text, setText] = useState<string | null>(w.text || null);
  const [original, setOriginal] = useState('');
  const [form, showForm] = useState(false);
  const [checked, setChecked] = useState<{ text: string; mistakes: Mistake[]; scenario: Scenario | null } | null>(null);
  const [problem, setProblem] = useState('');
  const [note, setNote] = useState('');
  const area = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    if (w.text) {
      if (w.text !== text) setText(w.text);
      return;
    }
    let gone = false;
    getScenario(w.scenario).then((s) => !gone && (setText(s.text), setOriginal(s.text)), (e: Error) => !gone && setProblem(e.message));
    return () => void (gone = true);
  }, [w.scenario, w.text]);
  useEffect(() => {
    if (text === null) return;
    const stop = new AbortController();
    const timer = setTimeout(() => {
      validate({ ...world(w.scenario), text, set: w.set }, stop.signal).then((v) => {
        setChecked({ text, mistakes: v.mistakes, scenario: v.scenario });
        setProblem('');
      }, (e: unknown) => e instanceof Refused && setProblem(e.message));
    }, 350);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [text, w.set]);
  const changed = text !== null && text !== original;
  useEffect(() => {
    if (!changed) return;
    const warn = (e: BeforeUnloadEvent) => e.preventDefault();
    addEventListener('beforeunload', warn);
    return () => removeEventListener('beforeunload', warn);
  }, [changed]);
  const write = (to: string) => {
    setText(to);
    const name = /^scenario:\s*([a-z0-9][a-z0-9-]*)/m.exec(to)?.[1] ?? w.scenario;
    keep({ world: { ...w, scenario: name, hash: '', text: to } });
  };
  const set = async (path: string, value: string) => {
    const to = patch(text ?? '', path, value);
    const v = to === null ? null : await validate({ ...world(w.scenario), text: to }).catch(() => null);
    if (to !== null && v && !v.mistakes.length) {
      setNote('');
      write(to);
    } else setNote(t('edit.noPlace', { path, why: v?.mistakes[0]?.message ?? '' }));
  };
  const now = checked?.text === text ? checked : null;
  const sound = now !== null && !now.mistakes.length;
  if (text === null) return <p class="wait" role="status">{problem || t('state.reading', { what: w.scenario })}</p>;
  return (
    <>
      <div class="heading row">
        <h1>{w.scenario}.yaml {changed && <span class="pill warn">{t('run.changed')}</span>}</h1>
        <div class="tools">
          <div class="tools" role="group" aria-label={t('edit.view')}>
            <button type="button" aria-pressed={form} disabled={!sound && !form} onClick={() => showForm(true)}>{t('edit.form')}</button>
            <button type="button" aria-pressed={!form} onClick={() => showForm(false)}>{t('edit.text')}</button>
          </div>
          <label class="button file">{t('gallery.open')}<input type="file" accept=".yaml,.yml,text/yaml" onChange={(e) => void open(e.currentTarget)} /></label>
          <button type="button" onClick={() => (save(`${nameOf(w.scenario)}.yaml`, text, 'application/yaml'), setOriginal(text))}>{t('edit.download')}</button>
          <a class="button main" href={href({ screen: 'run' })} aria-disabled={!sound} onClick={(e) => {
            e.preventDefault();
            if (sound) go({ screen: 'run', world: changed ? { ...w, text } : w });
          }}>{t('gallery.run')}</a>
        </div>
      </div>
      <p class="quiet">{t('edit.lead')} {changed && text.length > longest && t('edit.long')}</p>
      <p role="status" class={'check' + (sound ? ' ok' : '')}>{!now ? t('edit.checking') : sound ? `✓ ${t('edit.ok')}` : `✗ ${t('edit.mistakes', { n: now.mistakes.length })}`}</p>
      {(problem || note) && <p class="banner bad" role="alert">{problem || note}</p>}
      {now && now.mistakes.length > 0 && <Mistakes list={now.mistakes} area={area} toText={() => showForm(false)} />}
      {form && (now?.scenario ?? checked?.scenario) ? <Form scenario={(now?.scenario ?? checked?.scenario)!} set={(p, v) => void set(p, v)} /> : <Text text={text} write={write} mistakes={now?.mistakes ?? []} area={area} />}
    </>
  );
}

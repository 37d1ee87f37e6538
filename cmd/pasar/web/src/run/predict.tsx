// Predict first: say what you think, or draw it, before the charts are shown; then both are shown.
import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { ChartCard, shown as worded } from '../chart/card';
import type { Chart } from '../chart/model';
import { num, signed } from '../format';
import { focusOn, link, predicting } from '../state';
import { lang, t } from '../strings';
import { Guess, guessLine, mean, partsOf, spanOf } from './guess';
import { outcomeName } from './headlines';
import { identity, result } from './live';
import { views, type View } from './views';

type Answer = 'up' | 'down' | 'same';
const answers: Answer[] = ['up', 'same', 'down'];

/** Predict stands before the charts while a person predicts; chartOf draws a view of the run with its base. */
export function Predict({ chartOf, baseName, children }: { chartOf: (v: View) => Chart | null; baseName: string; children: ComponentChildren }) {
  const [asking, ask] = useState(false);
  const [answer, set] = useState<Answer | null>(null);
  const [moved, move] = useState<(number | undefined)[]>([]);
  const [shown, show] = useState(false);
  const world = link.value.world.scenario;
  useEffect(() => ask(false), [world]);
  useEffect(() => { // another run is another question
    if (shown) ask(false);
    set(null);
    move([]);
    show(false);
  }, [identity(link.value)]);
  useEffect(() => () => void (predicting.value = false), []);
  useEffect(() => void (predicting.value = asking && !shown), [asking, shown]);
  if (!asking) {
    return (
      <>
        <p class="predictrow"><button type="button" id="predict" onClick={() => (ask(true), focusOn('predict'))}>{t('run.predict')}</button> <span class="quiet">{t('predict.why')}</span></p>
        {children}
      </>
    );
  }
  const heads = result.value?.comparison?.headlines ?? [];
  const people = heads.some((h) => h.outcome === 'sme_income' && !h.withheld); // else there are too few SMEs to speak of
  const outcome = people ? 'sme_income' : 'gmv';
  const head = heads.find((h) => h.outcome === outcome);
  const came: Answer | null = !head || head.withheld ? null : head.verdict !== 'clear' ? 'same' : (head.diff ?? 0) > 0 ? 'up' : 'down';
  const view = views.find((v) => v.id === (people ? 'sme' : 'total'))!;
  const chart = chartOf(people ? { ...view, keys: ['local'] } : view);
  const parts = partsOf(chart, chart?.marks[0]?.at ?? 0);
  const guess = parts.map((p, k) => moved[k] ?? p.base);
  const drawn = chart && parts.length > 0;
  return (
    <>
      <section class="card predict">
        <h2 id="predict" tabIndex={-1}>{t('predict.title')}</h2>
        <fieldset disabled={shown}>
          <legend>{t('predict.question', { what: head ? outcomeName(head) : t('outcome.gmv'), base: baseName })}</legend>
          {answers.map((g) => <label key={g}><input type="radio" name="guess" checked={answer === g} onChange={() => set(g)} /> {t(`predict.${g}`)}</label>)}
        </fieldset>
        {!shown && drawn && <><p>{t('predict.drag')}</p><Guess chart={chart} parts={parts} guess={guess} move={(k, to) => move(Object.assign([...moved], { [k]: to }))} /></>}
        {!shown && <p class="tools"><button type="button" class="main" disabled={!answer && !moved.length} onClick={() => (show(true), focusOn('predict'))}>{t('predict.reveal')}</button> <button type="button" onClick={() => (ask(false), focusOn('predict'))}>{t('predict.skip')}</button></p>}
        {shown && (
          <div role="status">
            {answer && <p>{t('predict.said', { guess: t(`predict.${answer}`) })} {came ? <b>{t(came === answer ? 'predict.right' : 'predict.wrong', { came: t(`predict.${came}`) })}</b> : t('predict.open')}</p>}
            {moved.length > 0 && drawn && (
              <>
                <p><b>{t('predict.off', { off: num(mean(parts.map((p, k) => Math.abs(guess[k]! / p.came - 1))) * 100, 0, lang.value), unit: chart.unit })}</b></p>
                <ul>{parts.map((p, k) => <li key={k}>{t('predict.part', { span: spanOf(chart, p), yours: worded(guess[k], chart), came: worded(p.came, chart), off: signed((guess[k]! / p.came - 1) * 100, lang.value, 0) })}</li>)}</ul>
              </>
            )}
          </div>
        )}
      </section>
      {shown && moved.length > 0 && drawn && <ChartCard chart={{ ...chart, id: 'guess', title: `${t('predict.yours')}: ${chart.title}`, lines: [...chart.lines, guessLine(chart, parts, guess)] }} height={260} />}
      {shown ? children : <div class="card chart empty"><div class="blank">{t('predict.hidden')}</div></div>}
    </>
  );
}

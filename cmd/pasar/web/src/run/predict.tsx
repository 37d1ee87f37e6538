// Predict first: say what you think before the chart is shown; then both are shown.
import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Chart } from '../chart/model';
import { link, predicting } from '../state';
import { t } from '../strings';
import { result } from './live';

type Guess = 'up' | 'down' | 'same';
const guesses: Guess[] = ['up', 'same', 'down'];

/** Predict stands before the charts while a person predicts. */
export function Predict({ chart, children }: { chart: Chart | undefined; children: ComponentChildren }) {
  const [asking, ask] = useState(false);
  const [guess, set] = useState<Guess | null>(null);
  const [shown, show] = useState(false);
  const world = link.value.world.scenario;
  useEffect(() => {
    ask(false);
    set(null);
    show(false);
    return () => void (predicting.value = false);
  }, [world]);
  useEffect(() => void (predicting.value = asking && !shown), [asking, shown]);
  const head = result.value?.comparison?.headlines.find((h) => h.outcome === 'gmv') ?? null;
  if (!asking) {
    return (
      <>
        <p class="predictrow"><button type="button" onClick={() => ask(true)}>{t('run.predict')}</button> <span class="quiet">{t('predict.why')}</span></p>
        {children}
      </>
    );
  }
  const came: Guess | null = !head || head.withheld ? null : head.verdict !== 'clear' ? 'same' : (head.diff ?? 0) > 0 ? 'up' : 'down';
  return (
    <>
      <section class="card predict">
        <h2>{t('predict.title')}</h2>
        <fieldset disabled={shown}>
          <legend>{t('predict.question')}</legend>
          {guesses.map((g) => <label key={g}><input type="radio" name="guess" checked={guess === g} onChange={() => set(g)} /> {t(`predict.${g}`)}</label>)}
        </fieldset>
        {!shown && <p class="tools"><button type="button" class="main" disabled={!guess} onClick={() => show(true)}>{t('predict.reveal')}</button> <button type="button" onClick={() => ask(false)}>{t('predict.skip')}</button></p>}
        {shown && (
          <p role="status">
            {t('predict.said', { guess: t(`predict.${guess ?? 'same'}`) })} {came ? <b>{t(came === guess ? 'predict.right' : 'predict.wrong', { came: t(`predict.${came}`) })}</b> : t('predict.open')}
          </p>
        )}
      </section>
      {shown ? children : <div class="card chart empty"><div class="blank">{chart ? t('predict.hidden') : ''}</div></div>}
    </>
  );
}

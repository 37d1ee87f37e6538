// Guided tours: saved links with a sentence each, and no machinery besides.
import { link, go, href } from '../state';
import { parse } from '../link';
import { t } from '../strings';
import { tours } from '../docs/tours';

/** Tour is the strip that leads through a tour, where the address names one. */
export function Tour() {
  const [name, at] = link.value.tour.split('.');
  const tour = tours().find((x) => x.id === name);
  const i = Number(at) - 1;
  const step = tour?.steps[i];
  if (!tour || !step) return null;
  const place = (n: number) => ({ ...parse(tour.steps[n]!.hash)[0], lang: link.value.lang, tour: `${tour.id}.${n + 1}` });
  return (
    <aside class="tour" aria-label={tour.title}>
      <p><b>{tour.title} · {t('tour.step', { n: i + 1, of: tour.steps.length })}</b> {step.text}</p>
      <p class="tools">
        {i > 0 && <a class="button" href={href(place(i - 1))}>{t('tour.back')}</a>}
        {i + 1 < tour.steps.length && <a class="button main" href={href(place(i + 1))}>{t('tour.next')}</a>}
        <button type="button" onClick={() => go({ tour: '' })}>{t('tour.end')}</button>
      </p>
    </aside>
  );
}

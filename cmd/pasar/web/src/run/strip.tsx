// The event strip: one row an event, on the same x-scale as the charts. A row is a button that leads there.
import { useRef } from 'preact/hooks';
import type { Event, Scenario, Span } from '../api';
import { leftGutter } from '../chart/card';
import { frame, nearest } from '../chart/frame';
import { narrow, textWidth, useWidth } from '../chart/measure';
import type { Chart } from '../chart/model';
import { clock, day, iso, ms } from '../format';
import { week } from '../state';
import { lang, said, t } from '../strings';
import { numbered } from './charts';
import { Dater, Edge, type Moment } from './edge';

/** Strip shows what is decided when; one that is passing is of a scenario that was left, and cannot be changed any more. */
export function Strip({ scenario: s, passing, chart, gutter }: { scenario: Scenario | null; passing: boolean; chart: Chart | undefined; gutter: number }) {
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  const events = numbered(s);
  const weeks = chart?.weeks.at.length ? chart.weeks : s ? { at: [ms(s.start), ms(s.end)], until: ms(s.end) } : { at: [0, 1], until: 1 };
  const f = frame(width || 640, 10, { top: 0, bottom: 0, left: leftGutter, right: narrow(width) ? 14 : gutter }, weeks, 0, 1);
  const now = week.value === null ? undefined : chart?.weeks.at[week.value];
  return (
    <section class={'card striped' + (passing ? ' stale' : '')} inert={passing} aria-labelledby="strip">
      <h2 id="strip">{t('run.timeline')}</h2>
      <div ref={box} class={'strip' + (narrow(width) ? ' list' : '')}>
        {s && !events.length && <p class="quiet">{t('run.timelineNone')}</p>}
        <ol>
          {events.map((e, i) => <Row key={e.id} e={e} n={i + 1} s={s!} x={f.x} back={(px) => weeks.at[0]! + ((px - f.margins.left) / Math.max(1, f.width - f.margins.left - f.margins.right)) * (weeks.until - weeks.at[0]!)} width={width} right={f.width - f.margins.right} weeks={chart?.weeks.at ?? []} />)}
        </ol>
        {now !== undefined && !narrow(width) && <i class="now" style={{ left: `${f.x(now)}px` }} aria-hidden="true" />}
      </div>
    </section>
  );
}

// spanOf is the stretch of days that an event begins, if charts mark one.
const spanOf = (e: Event, s: Scenario): Span | undefined =>
  e.at ? s.spans.find((p) => p.from === iso(ms(e.at!)) && p.kind === (e.do === 'start_pilot' ? 'pilot' : /separation|close|revoke|end_pilot|promo_only/.test(e.do) ? 'ban' : '')) : undefined;

// moments are the dates of an event that can be moved. What opens a shop again and what closed it share one: either way all that hangs on it moves.
function moments(e: Event, s: Scenario): { begins?: Moment; ends?: Moment } {
  if (!e.at || e.condition) return {};
  const what = said(e.mark), path = `${e.id}.at`, closure = s.events.find((x) => x.end?.path === path && x.end.with.length > 0);
  const least = (x: Event) => ms(x.at!) + 864e5;
  return {
    begins: { what, path, at: e.at, with: closure?.end?.with ?? [], least: closure ? least(closure) : 0 },
    ...(e.end ? { ends: { what: t('run.end', { what }), path: e.end.path, at: e.end.at, since: e.end.days ? e.at : undefined, with: e.end.with, least: least(e) } } : {}),
  };
}

type RowProps = { e: Event; n: number; s: Scenario; x: (at: number) => number; back: (px: number) => number; width: number; right: number; weeks: number[] };

function Row({ e, n, s, x, back, width, right, weeks }: RowProps) {
  const at = e.at ? ms(e.at) : null;
  const span = spanOf(e, s);
  const open = span?.kind === 'ban' && !span.reopens; // for good, or until something decides otherwise in the run
  const until = span?.to ?? (e.end ? iso(ms(e.end.at) - 1) : null); // the last day
  const hour = e.at ? clock(e.at, lang.value) : '';
  const first = at === null ? t('run.when', { when: e.condition ?? '' }) : day(at, lang.value) + (hour && !said(e.mark).includes(hour.slice(0, 5)) ? `, ${hour}` : '');
  const whole = first + (open ? ` – ${t('run.openEnd')}` : until ? ` – ${day(until, lang.value)}` : '');
  const go = () => {
    if (at !== null && weeks.length) week.value = nearest({ at: weeks, until: 0 }, at);
  };
  const { begins, ends } = moments(e, s);
  if (narrow(width)) {
    const label = <span><b>{n}</b> {said(e.mark)} <small>{whole}</small></span>;
    return (
      <li>
        {begins ? (
          <details name="event" onToggle={(d) => d.currentTarget.open && go()}>
            <summary title={said(e.sentence)}>{label}</summary>
            <p class="quiet">{said(e.sentence)}.</p>
            <Dater of={begins} label={t(ends ? 'run.begins' : 'run.date')} />
            {ends && <Dater of={ends} label={t(span?.kind === 'ban' ? 'run.reopens' : 'run.ends')} />}
          </details>
        ) : <p>{label}</p>}
      </li>
    );
  }
  const from = at === null ? leftGutter : x(at);
  const to = until ? Math.min(right, x(ms(until))) : from;
  const room = (when: string) => textWidth(`${n} ${said(e.mark)}`, 14) + textWidth(when, 12) + 24;
  // what does not fit is left out from its end; the end of a span can be read off the axis, and all of it stands in the title
  const when = [whole, first, first.split(',')[0]!].find((s) => from > room(s) || width - to > room(s)) ?? '';
  const after = width - to > room(when);
  const left = from > room(when) || (!after && from > width - from);
  return (
    <li>
      <button type="button" onClick={go} title={`${said(e.sentence)}, ${whole}`}>
        {to > from && <i class={`span ${span?.kind ?? 'plain'}${open ? ' open' : ''}`} style={{ left: `${from}px`, width: `${Math.max(3, to - from)}px` }} />}
        {at !== null && <i class="dot" style={{ left: `${from - 2}px` }} />}
        <span class={left || after ? '' : 'over'} style={left ? { right: `${width - from + 8}px` } : { left: `${(to > from && after ? to : from) + 10}px` }}><b>{n}</b> {said(e.mark)} <small>{when}</small></span>
        {open && !when.includes('–') && <span class="over" style={{ left: `${from + 10}px` }}><small>{t('run.openEnd')}</small></span>}
        <span class="hidden">{said(e.sentence)}{open && `, ${t('run.openEnd')}`}{said(e.source) ? `. ${t('run.source', { source: said(e.source) })}` : ''}</span>
      </button>
      {begins && <Edge of={begins} x={x} back={back} />}
      {ends && <Edge of={ends} x={(v) => Math.min(right, x(v))} back={back} />}
    </li>
  );
}

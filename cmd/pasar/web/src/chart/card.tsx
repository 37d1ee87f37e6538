// A chart with all that belongs to it: title with its glossary entry, table twin, files, cursor, read-out, summary.
import type { ComponentChildren } from 'preact';
import { useId, useMemo, useRef, useState } from 'preact/hooks';
import { num } from '../format';
import { BadgeOf, Explain } from '../parts/explain';
import { focusOn, playhead, week } from '../state';
import { lang, t } from '../strings';
import { csvOf, keyOf, save, savePicture } from './export';
import { extent, frame, nearest, type Frame, type Margins } from './frame';
import { narrow, textWidth, useWidth } from './measure';
import { scaled, values, type Chart } from './model';
import { Plot } from './plot';
import { ReadOut } from './readout';
import { summary, valueText } from './say';
import { Table } from './table';

export type CardProps = {
  chart: Chart;
  height?: number;
  gutter?: number; // right margin, shared by charts under each other
  singles?: boolean;
  one?: number;
  stale?: boolean;
  menu?: ComponentChildren; // beside the title
  small?: boolean; // one of many: no summary
};

/** gutterOf is the room that the labels at the lines' ends need. */
export const gutterOf = (charts: Chart[]) =>
  Math.ceil(Math.max(...charts.flatMap((c) => c.lines.map((l) => textWidth(l.name, 12))), 0)) + 36;

export const leftGutter = 60; // room for "+15,000"

/** ChartCard shows a chart. */
export function ChartCard(p: CardProps) {
  const { chart: c } = p;
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  const [table, setTable] = useState(false);
  const id = useId();
  const labels = !p.small && !narrow(width);
  const margins: Margins = { top: c.marks.length ? 28 : 12, right: labels ? (p.gutter ?? gutterOf([c])) : 14, bottom: 26, left: leftGutter };
  const f = useMemo(() => {
    const [lo, hi] = extent(values(c, p.singles ?? false), c.zero);
    return frame(width || 640, p.height ?? 300, margins, c.weeks, lo, hi);
  }, [c, width, p.height, margins.right, p.singles]);
  return (
    <section class={'card chart' + (p.stale ? ' stale' : '')} aria-labelledby={id}>
      <header>
        <div class="title">
          {p.menu ?? <h3 id={id}>{c.title}</h3>}
          {p.menu ? <h3 id={id} class="hidden">{c.title}</h3> : null}
          <Explain entry={c.glossary} title={c.title} />
          <p class="unit">{c.unit} <BadgeOf badge={c.badge} /></p>
        </div>
        <div class="tools">
          <button type="button" id={id + 'table'} aria-pressed={table} data-tool="table" onClick={() => setTable(!table)}>{t(table ? 'chart.chart' : 'chart.table')}</button>
          <button type="button" onClick={() => save(`${c.id}.csv`, csvOf(c), 'text/csv')}>CSV</button>
          <button type="button" onClick={() => void savePicture(c, 'png')}>PNG</button>
          <button type="button" onClick={() => void savePicture(c, 'svg')}>SVG</button>
        </div>
      </header>
      <div ref={box} class="plot">
        {table ? <Table chart={c} /> : <Surface {...p} frame={f} labels={labels} toTable={() => (setTable(true), focusOn(id + 'table'))} />}
      </div>
      <ReadOut chart={c} />
      {!p.small && <details class="summary"><summary>{t('chart.inWords')}</summary><p>{summary(c)}</p></details>}
      <p class="note">{p.small ? c.note : [keyOf(c), c.note].filter(Boolean).join(' ')}</p>
    </section>
  );
}

// Surface is the one tab stop of a chart: a slider over weeks.
function Surface(p: CardProps & { frame: Frame; labels: boolean; toTable: () => void }) {
  const { chart: c, frame: f } = p;
  const last = c.weeks.at.length - 1;
  const now = week.value ?? last;
  const head = playhead.value;
  const move = (to: number) => (week.value = Math.max(0, Math.min(last, to)));
  const point = (e: PointerEvent) => {
    const r = (e.currentTarget as HTMLElement).getBoundingClientRect();
    const x = e.clientX - r.left;
    const span = c.weeks.until - (c.weeks.at[0] ?? 0);
    move(nearest(c.weeks, (c.weeks.at[0] ?? 0) + ((x - f.margins.left) / Math.max(1, f.width - f.margins.left - f.margins.right)) * span));
  };
  const key = (e: KeyboardEvent) => {
    const to = step(e, now, last);
    if (to !== null) {
      move(to);
      e.preventDefault();
    } else if (e.key === 'Escape') (e.currentTarget as HTMLElement).blur();
    else if (e.key === 't' || e.key === 'T') p.toTable();
  };
  return (
    <div
      class="surface" role="slider" tabIndex={0} aria-label={`${c.title}, ${c.unit}`} aria-valuemin={0} aria-valuemax={Math.max(0, last)}
      aria-valuenow={now} aria-valuetext={valueText(c, now)} aria-orientation="horizontal" onKeyDown={key}
      onPointerDown={(e) => {
        (e.currentTarget as HTMLElement).setPointerCapture(e.pointerId);
        point(e);
      }}
      onPointerMove={(e) => e.buttons & 1 && point(e)}
    >
      <svg width={f.width} height={f.height} viewBox={`0 0 ${f.width} ${f.height}`} aria-hidden="true">
        <Plot chart={c} frame={f} labels={p.labels} singles={p.singles ?? false} one={p.one} until={head === null ? undefined : c.weeks.at[head]} />
        <Cursor chart={c} frame={f} />
      </svg>
    </div>
  );
}

/** step is where a key moves the cursor of a chart to, or null. */
export function step(e: KeyboardEvent, now: number, last: number): number | null {
  if (e.ctrlKey || e.altKey || e.metaKey) return null;
  const by = e.shiftKey ? 4 : 1;
  switch (e.key) {
    case 'ArrowRight': case 'ArrowUp': return now + by;
    case 'ArrowLeft': case 'ArrowDown': return now - by;
    case 'PageUp': return now + 13;
    case 'PageDown': return now - 13;
    case 'Home': return 0;
    case 'End': return last;
  }
  return null;
}

// Cursor reads the week by itself, so that moving it does not draw the chart again.
function Cursor({ chart: c, frame: f }: { chart: Chart; frame: Frame }) {
  const i = week.value ?? c.weeks.at.length - 1;
  const at = c.weeks.at[i];
  if (at === undefined) return null;
  const x = f.x(at);
  return (
    <g>
      <line x1={x} x2={x} y1={f.margins.top - 2} y2={f.height - f.margins.bottom} stroke="#1f2328" stroke-width="1.2" />
      {c.lines.map((l) => {
        const v = scaled(l.mid[i], c);
        return v === null ? null : <circle key={l.key + (l.of ?? '')} cx={x} cy={f.y(v)} r="3.6" fill="#fff" stroke={l.style.colour} stroke-width="2" />;
      })}
    </g>
  );
}

/** shown is a value of a chart as its read-out and table show it. */
export function shown(v: number | null | undefined, c: Chart): string {
  const s = scaled(v, c);
  if (s === null || s === undefined) return '–';
  const most = Math.max(...c.lines.map((l) => Math.max(...l.mid.map((x) => Math.abs(scaled(x, c) ?? 0)))));
  const text = num(s, most >= 100 ? 0 : most >= 10 ? 1 : 2, lang.value);
  return c.difference && s > 0 && /[1-9]/.test(text) ? '+' + text : text;
}

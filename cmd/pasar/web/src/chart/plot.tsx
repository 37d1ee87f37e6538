// The drawing inside a chart: axes, spans, bands, lines, labels. Nothing here knows the cursor or the network.
import type { JSX } from 'preact';
import { num, month } from '../format';
import { lang } from '../strings';
import { hatch, ink, quiet, rule, tint } from '../tokens';
import { spread, type Frame } from './frame';
import { scaled, type Chart, type Line } from './model';
import { bandPath, linePath } from './paths';

export type PlotProps = {
  chart: Chart;
  frame: Frame;
  labels: boolean; // at the lines' ends
  singles: boolean; // draw single runs
  one?: number; // draw this single run alone
  until?: number; // pale after this moment
  font?: number;
};

/** Plot draws a chart in its frame. */
export function Plot(p: PlotProps): JSX.Element {
  const { chart: c, frame: f } = p;
  const id = `${c.id}-${Math.round(f.width)}`;
  const right = f.width - f.margins.right;
  const cut = p.until === undefined ? right : f.x(p.until);
  const parts = <Series {...p} />;
  return (
    <g font-family="system-ui, sans-serif" font-size={p.font ?? 12} fill={ink}>
      <defs>
        <pattern id={`h-${id}`} width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect width="1.4" height="7" fill={hatch} opacity="0.5" />
        </pattern>
        <clipPath id={`a-${id}`}><rect x={f.margins.left} y="0" width={Math.max(0, cut - f.margins.left)} height={f.height} /></clipPath>
        <clipPath id={`b-${id}`}><rect x={cut} y="0" width={Math.max(0, right - cut + 2)} height={f.height} /></clipPath>
      </defs>
      <Shades {...p} id={id} />
      <Axes {...p} />
      {p.until === undefined ? parts : (
        <>
          <g clip-path={`url(#a-${id})`}>{parts}</g>
          <g clip-path={`url(#b-${id})`} opacity="0.16">{parts}</g>
        </>
      )}
      <Marks {...p} />
      {p.labels && <EndLabels {...p} />}
    </g>
  );
}

function Shades({ chart: c, frame: f, id }: PlotProps & { id: string }) {
  const top = f.margins.top, height = f.height - f.margins.bottom - top, right = f.width - f.margins.right;
  return (
    <>
      {c.shades.map((s) => {
        const x = Math.max(f.margins.left, f.x(s.from)), w = Math.min(right, f.x(s.to)) - x;
        return w <= 0 ? null : (
          <rect key={s.kind + s.from} x={x} y={top} width={w} height={height} fill={s.kind === 'ban' ? `url(#h-${id})` : tint} opacity={s.kind === 'ban' ? 1 : 0.28} />
        );
      })}
    </>
  );
}

function Axes({ chart: c, frame: f }: PlotProps) {
  const bottom = f.height - f.margins.bottom, right = f.width - f.margins.right;
  const step = (f.ticks[1] ?? 1) - (f.ticks[0] ?? 0);
  const decimals = step >= 1 ? (Number.isInteger(step) ? 0 : 1) : Math.min(4, Math.ceil(-Math.log10(step)));
  return (
    <>
      {f.ticks.map((v) => (
        <g key={v}>
          <line x1={f.margins.left} x2={right} y1={f.y(v)} y2={f.y(v)} stroke={v === 0 ? '#8b9198' : rule} stroke-width={v === 0 && c.difference ? 1.6 : 1} />
          <text x={f.margins.left - 7} y={f.y(v)} dy="0.35em" text-anchor="end" fill={quiet}>
            {c.difference && v > 0 ? '+' : ''}{num(v, decimals, lang.value)}
          </text>
        </g>
      ))}
      {f.months.map((at) => (
        <g key={at}>
          <line x1={f.x(at)} x2={f.x(at)} y1={bottom} y2={bottom + 4} stroke={quiet} />
          <text x={f.x(at)} y={bottom + 17} text-anchor="middle" fill={quiet}>{month(at, lang.value)}</text>
        </g>
      ))}
    </>
  );
}

function Series({ chart: c, frame: f, singles, one }: PlotProps) {
  const at = c.weeks.at;
  const p = { x: f.x, y: (v: number) => f.y(v / c.scale.by) };
  const alone = one !== undefined;
  return (
    <>
      {!alone && c.lines.map((l) => (
        <g key={l.key + (l.of ?? '')} fill={l.style.colour} opacity={l.few ? 0.4 : 1}>
          {l.most && <path d={bandPath(at, l.most[0], l.most[1], p)} opacity="0.13" />}
          {l.half && <path d={bandPath(at, l.half[0], l.half[1], p)} opacity="0.24" />}
        </g>
      ))}
      {singles && !alone && c.lines.map((l) => l.runs?.slice(0, 12).map((r, i) => (
        <path key={l.key + i} d={linePath(at, r, p)} fill="none" stroke={l.style.colour} stroke-width="0.8" opacity="0.42" />
      )))}
      {c.lines.toSorted((a, b) => Number(b.of === 'base') - Number(a.of === 'base')).map((l) => (
        <path
          key={l.key + (l.of ?? '')} d={linePath(at, alone && l.runs?.length ? l.runs[one % l.runs.length]! : l.mid, p)} fill="none" opacity={l.few ? 0.45 : 1}
          stroke={l.style.colour} stroke-width={l.style.width} stroke-dasharray={l.style.dash || undefined} stroke-linejoin="round"
        />
      ))}
      {c.points.map((o) => {
        const s = c.lines.find((l) => l.key === o.key)?.style.colour ?? ink;
        const x1 = f.x(o.from), x2 = f.x(o.to), y = p.y(o.value), mid = (x1 + x2) / 2;
        return (
          <g key={o.fact.id + o.key} stroke={s}>
            <line x1={x1} x2={x2} y1={y} y2={y} stroke-width="1.4" />
            {o.lo !== null && o.hi !== null && <line x1={mid} x2={mid} y1={p.y(o.lo)} y2={p.y(o.hi)} stroke-width="1.4" />}
            <path d={`M${mid} ${y - 5}l5 5l-5 5l-5 -5z`} fill="#fff" stroke-width="1.8" />
          </g>
        );
      })}
    </>
  );
}

function Marks({ chart: c, frame: f }: PlotProps) {
  const bottom = f.height - f.margins.bottom;
  const inside = c.marks.filter((m) => f.x(m.at) >= f.margins.left - 1 && f.x(m.at) <= f.width - f.margins.right + 1);
  const xs = spread(inside.map((m) => f.x(m.at)), 18, f.margins.left, f.width - f.margins.right);
  return (
    <>
      {inside.map((m, i) => (
        <g key={m.n}>
          <path d={`M${xs[i]} ${f.margins.top - 5}L${f.x(m.at)} ${f.margins.top + 3}V${bottom}`} fill="none" stroke={ink} stroke-width="1" stroke-dasharray="3 3" opacity="0.55" />
          <circle cx={xs[i]} cy={f.margins.top - 13} r="8" fill={ink} />
          <text x={xs[i]} y={f.margins.top - 13} dy="0.36em" text-anchor="middle" font-size="10.5" font-weight="700" fill="#fff">{m.n}</text>
        </g>
      ))}
    </>
  );
}

function EndLabels({ chart: c, frame: f }: PlotProps) {
  const ends = c.lines.map((l) => ({ l, y: end(l, c, f) })).filter((e) => e.y !== null);
  const ys = spread(ends.map((e) => e.y!), 16, f.margins.top + 4, f.height - f.margins.bottom);
  const x = f.width - f.margins.right;
  const partial = (c.weeks.at[c.weeks.at.length - 1] ?? 0) < c.weeks.until; // lines that have not come to the end yet
  return (
    <>
      {ends.map(({ l, y }, i) => (
        <g key={l.key + (l.of ?? '')}>
          <path d={partial ? `M${x + 8} ${ys[i]}h16` : `M${x + 2} ${y}L${x + 8} ${ys[i]}h16`} fill="none" stroke={l.style.colour} stroke-width={l.style.width} stroke-dasharray={l.style.dash || undefined} />
          <text x={x + 28} y={ys[i]} dy="0.35em">{l.name}</text>
        </g>
      ))}
    </>
  );
}

function end(l: Line, c: Chart, f: Frame): number | null {
  const v = scaled(l.mid.findLast((x) => x !== null), c);
  return v === null ? null : f.y(v);
}

// Three points of a line that nobody has seen yet: drag them, or move them with arrow keys; then both lines are shown.
import { useRef } from 'preact/hooks';
import { gutterOf, leftGutter, shown } from '../chart/card';
import { frame } from '../chart/frame';
import { narrow, useWidth } from '../chart/measure';
import type { Chart, Line } from '../chart/model';
import { Plot } from '../chart/plot';
import { ReadOut } from '../chart/readout';
import { day, signed } from '../format';
import { lang, t } from '../strings';
import { styleOf } from '../tokens';
import { largestOf } from './charts';

/** A third of the weeks since the first announcement: first, middle and last week, and the means of the base and of what came. */
export type Part = { from: number; mid: number; to: number; base: number; came: number };

/** mean is NaN of nothing. */
export const mean = (list: number[]) => list.reduce((a, b) => a + b, 0) / list.length;

/** partsOf are the thirds of a chart whose lines are a world and its base; none where one of them is not there yet. */
export function partsOf(c: Chart | null, since: number): Part[] {
  const [world, base] = c?.lines ?? [];
  if (!c || !world || !base) return [];
  const first = Math.max(0, c.weeks.at.findIndex((at) => at >= since)), n = c.weeks.at.length - first;
  const all = [0, 1, 2].map((k): Part => {
    const from = first + Math.floor((n * k) / 3), end = first + Math.floor((n * (k + 1)) / 3);
    const of = (l: Line) => mean(l.mid.slice(from, end).filter((v) => v !== null));
    return { from, mid: (from + end - 1) >> 1, to: end - 1, base: of(base), came: of(world) };
  });
  return all.every((p) => p.base > 0 && p.came > 0) ? all : [];
}

/** guessLine goes through the three points, level before the first and after the last. */
export function guessLine(c: Chart, parts: Part[], guess: number[]): Line {
  const at = (i: number) => {
    const k = parts.findIndex((p) => i < p.mid);
    if (k <= 0) return guess[k < 0 ? parts.length - 1 : 0]!;
    const a = parts[k - 1]!.mid, b = parts[k]!.mid;
    return guess[k - 1]! + ((guess[k]! - guess[k - 1]!) * (i - a)) / (b - a);
  };
  return { key: 'guess', name: t('predict.yours'), style: styleOf('', 3), mid: c.weeks.at.map((_, i) => (i < parts[0]!.from ? null : at(i))) };
}

type Props = { chart: Chart; parts: Part[]; guess: number[]; move: (k: number, to: number) => void };

/** Guess draws the base and the three points; what came is not in it. */
export function Guess({ chart: c, parts, guess, move }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  const drawn: Chart = { ...c, id: c.id + '-guess', lines: [c.lines[1]!, guessLine(c, parts, guess)], points: [] };
  const top = largestOf([c.lines[1]!.mid]) * 1.3;
  const labels = !narrow(width);
  const f = frame(width || 640, 260, { top: c.marks.length ? 28 : 12, right: labels ? gutterOf([drawn]) : 14, bottom: 26, left: leftGutter }, c.weeks, 0, top / c.scale.by);
  const y = (v: number) => f.y(v / c.scale.by);
  return (
    <div class="guess" ref={box}>
      <p class="unit">{c.title}, {c.unit}</p>
      <div class="points">
        <svg width={f.width} height={f.height} viewBox={`0 0 ${f.width} ${f.height}`} aria-hidden="true"><Plot chart={drawn} frame={f} labels={labels} singles={false} /></svg>
        {parts.map((p, k) => {
          const to = (v: number) => move(k, Math.max(0, Math.min(top, v)));
          const key = (e: KeyboardEvent) => {
            const by = { ArrowUp: 1, ArrowRight: 1, ArrowDown: -1, ArrowLeft: -1, PageUp: 10, PageDown: -10 }[e.key];
            if (!by) return;
            to(guess[k]! + (by * p.base) / 100);
            e.preventDefault();
            e.stopPropagation();
          };
          const more = `${signed((guess[k]! / p.base - 1) * 100, lang.value, 0)}%`;
          return (
            <span key={k} class="handle" role="slider" tabIndex={0} aria-orientation="vertical" style={{ left: `${f.x(c.weeks.at[p.mid]!)}px`, top: `${y(guess[k]!)}px` }}
              aria-label={spanOf(c, p)} aria-valuemin={0} aria-valuemax={Math.round(top / c.scale.by * 1000)} aria-valuenow={Math.round(guess[k]! / c.scale.by * 1000)} aria-valuetext={`${shown(guess[k], c)} ${c.unit}, ${more}`} onKeyDown={key}
              onPointerDown={(e) => (e.currentTarget as HTMLElement).setPointerCapture(e.pointerId)}
              onPointerMove={(e) => {
                const px = e.clientY - (e.currentTarget as HTMLElement).parentElement!.getBoundingClientRect().top;
                if (e.buttons & 1) to((top * (px - y(0))) / (y(top) - y(0)));
              }}
            ><b>{more}</b></span>
          );
        })}
      </div>
      <ReadOut chart={drawn} />
    </div>
  );
}

/** spanOf is a third in words: its first and last week. */
export const spanOf = (c: Chart, p: Part) => `${day(c.weeks.at[p.from]!, lang.value)} – ${day(c.weeks.at[p.to]!, lang.value)}`;

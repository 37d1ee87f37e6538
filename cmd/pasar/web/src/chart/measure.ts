// Sizes that only the browser knows.
import { useLayoutEffect, useState } from 'preact/hooks';
import type { RefObject } from 'preact';

let pen: CanvasRenderingContext2D | null | undefined;

/** textWidth is how wide a label is in the font of the charts, in pixels. */
export function textWidth(text: string, size = 13, weight = 400): number {
  pen ??= document.createElement('canvas').getContext?.('2d') ?? null;
  if (!pen) return text.length * size * 0.56;
  pen.font = `${weight} ${size}px system-ui, sans-serif`;
  return pen.measureText(text).width;
}

/** useWidth follows the width of an element; it is known before anything is painted, or a chart would jump, and for a moment be wider than a phone. */
export function useWidth(ref: RefObject<HTMLElement | null>): number {
  const [width, set] = useState(0);
  useLayoutEffect(() => {
    const el = ref.current;
    if (!el) return;
    set(el.clientWidth);
    if (typeof ResizeObserver === 'undefined') return;
    const o = new ResizeObserver(() => set(el.clientWidth));
    o.observe(el);
    return () => o.disconnect();
  }, []);
  return width;
}

/** narrow is where charts have their key below and not at the lines' ends. */
export const narrow = (width: number) => width < 520;

/** calm is whether the person asked for no movement. */
export const calm = () => matchMedia('(prefers-reduced-motion: reduce)').matches;

// The layout of a flow in three columns: fixed order, and one scale for all weeks, so that a week can be told from the next.
import type { FlowLink, FlowNode } from '../api';

export type Placed = { node: FlowNode; x: number; y: number; height: number; value: number };
export type Ribbon = { link: FlowLink; value: number; path: string; via: string };
export type Layout = { nodes: Placed[]; ribbons: Ribbon[]; balance: number };
export type Box = { width: number; height: number; left: number; right: number; bar: number; gap: number };

const value = (l: FlowLink, week: number) => l.values[week] ?? 0;

/** together puts nodes into one, such as small shops; into gives the node that an id belongs to. Order and names are of the nodes given. */
export function together(nodes: FlowNode[], links: FlowLink[], into: Record<string, string>): FlowLink[] {
  const known = new Set(nodes.map((n) => n.id));
  const sums = new Map<string, FlowLink>();
  for (const l of links) {
    const from = into[l.from] ?? l.from, to = into[l.to] ?? l.to, key = `${from} ${to}`;
    if (!known.has(from) || !known.has(to)) continue;
    const before = sums.get(key);
    sums.set(key, { from, to, values: before ? before.values.map((v, i) => v + (l.values[i] ?? 0)) : [...l.values] });
  }
  return [...sums.values()];
}

/** scaleOf is how many pixels a unit has: the fullest column of all weeks fills the height. */
export function scaleOf(nodes: FlowNode[], links: FlowLink[], weeks: number, box: Box): number {
  let most = 0;
  for (let w = 0; w < weeks; w++) {
    for (const column of [0, 1, 2]) most = Math.max(most, nodes.filter((n) => n.column === column).reduce((sum, n) => sum + through(n.id, links, w), 0));
  }
  const gaps = Math.max(...[0, 1, 2].map((c) => nodes.filter((n) => n.column === c).length - 1), 0) * box.gap;
  return most > 0 ? (box.height - gaps) / most : 0;
}

/** through is what goes through a node: the larger of what comes in and what goes out. */
export function through(id: string, links: FlowLink[], week: number): number {
  let into = 0, out = 0;
  for (const l of links) {
    if (l.to === id) into += value(l, week);
    if (l.from === id) out += value(l, week);
  }
  return Math.max(into, out);
}

/** balance is what the middle column takes in less what it gives out in a week. */
export function balance(nodes: FlowNode[], links: FlowLink[], week: number): number {
  const middle = new Set(nodes.filter((n) => n.column === 1).map((n) => n.id));
  return links.reduce((sum, l) => sum + (middle.has(l.to) ? value(l, week) : 0) - (middle.has(l.from) ? value(l, week) : 0), 0);
}

/** layout places a week. */
export function layout(nodes: FlowNode[], links: FlowLink[], week: number, scale: number, box: Box): Layout {
  const placed: Placed[] = [];
  for (const column of [0, 1, 2]) {
    const own = nodes.filter((n) => n.column === column);
    const heights = own.map((n) => through(n.id, links, week) * scale);
    const used = heights.reduce((a, b) => a + b, 0) + box.gap * Math.max(0, own.length - 1);
    let y = Math.max(0, (box.height - used) / 2);
    const x = column === 0 ? box.left : column === 1 ? (box.width - box.bar) * 0.36 : box.width - box.right - box.bar;
    own.forEach((node, i) => {
      placed.push({ node, x, y, height: heights[i]!, value: through(node.id, links, week) });
      y += heights[i]! + box.gap;
    });
  }
  const outAt = new Map<string, number>(), inAt = new Map<string, number>();
  const ribbons: Ribbon[] = [];
  for (const a of placed) {
    for (const b of placed) {
      for (const link of links.filter((l) => l.from === a.node.id && l.to === b.node.id)) {
        const v = value(link, week), h = v * scale;
        if (h <= 0) continue;
        const y0 = a.y + (outAt.get(a.node.id) ?? 0), y1 = b.y + (inAt.get(b.node.id) ?? 0);
        outAt.set(a.node.id, y0 - a.y + h);
        inAt.set(b.node.id, y1 - b.y + h);
        const [l, yl, r, yr] = a.x < b.x ? [a, y0, b, y1] : [b, y1, a, y0]; // goods go from right to left
        ribbons.push({ link, value: v, path: ribbon(l.x + box.bar, yl, r.x, yr, h), via: a.node.column === 1 ? a.node.id : b.node.column === 1 ? b.node.id : '' });
      }
    }
  }
  return { nodes: placed, ribbons, balance: balance(nodes, links, week) };
}

function ribbon(x0: number, y0: number, x1: number, y1: number, h: number): string {
  const m = (x0 + x1) / 2, r = (v: number) => Math.round(v * 10) / 10;
  return `M${r(x0)} ${r(y0)}C${r(m)} ${r(y0)} ${r(m)} ${r(y1)} ${r(x1)} ${r(y1)}v${r(h)}C${r(m)} ${r(y1 + h)} ${r(m)} ${r(y0 + h)} ${r(x0)} ${r(y0 + h)}z`;
}

// Paths of lines and bands. Gaps in the values are gaps in the path.
type Values = (number | null)[];
type Project = { x: (at: number) => number; y: (v: number) => number };

/** linePath joins the values at the weeks' moments; one that stands alone between gaps is a point. */
export function linePath(at: number[], values: Values, p: Project): string {
  return stretches(at, values).map((s) => `M${s.map((i) => point(at[i]!, values[i]!, p)).join('L')}${s.length > 1 ? '' : 'Z'}`).join('');
}

/** bandPath is the area between two lists of values, which may be below zero. */
export function bandPath(at: number[], lo: Values, hi: Values, p: Project): string {
  return stretches(at, lo, hi).map((s) => `M${[...s.map((i) => point(at[i]!, hi[i]!, p)), ...s.toReversed().map((i) => point(at[i]!, lo[i]!, p))].join('L')}Z`).join('');
}

// stretches are the places of values, cut where any list has a gap.
function stretches(at: number[], ...lists: Values[]): number[][] {
  const out: number[][] = [];
  let open = false;
  at.forEach((_, i) => {
    const there = lists.every((l) => Number.isFinite(l[i]));
    if (there && open) out.at(-1)!.push(i);
    else if (there) out.push([i]);
    open = there;
  });
  return out;
}

const round = (v: number) => Math.round(v * 10) / 10;
const point = (at: number, v: number, p: Project) => `${round(p.x(at))},${round(p.y(v))}`;

// The visual language: colours, dashes and order of platforms, from the file that the Go charts are drawn after. Colours were chosen for
// the smallest distance of any pair under normal and colour-blind vision; in grey they collapse, so dash and end label are not decoration.
import { base, baseline, series } from '../../../../scenarios/report/svgplot/tokens.json';

/** How one series looks. */
export type Style = { colour: string; dash: string; width: number };

const style = (s: { light: string; dash: string; width: number }): Style => ({ colour: s.light, dash: s.dash, width: s.width });

/** The shopfronts in their fixed order; newco is a platform that opens in some worlds only. */
export const platforms: Record<string, Style> = {
  ...Object.fromEntries(series.map((s) => [s.key, style(s)])),
  newco: { colour: '#5B6770', dash: '12 3 2 3 2 3', width: 2 },
};

/** Scenario is never colour: the base is grey and dashed, without a band; the other one is solid, with bands. */
export const baseStyle: Style = style(baseline);
export const worldStyle: Style = { colour: '#14344a', dash: '', width: 2 };

/** Lines of one kind of people or firm, told apart by dash before colour. */
const spare: Style[] = [
  worldStyle,
  { colour: '#9C3111', dash: '9 3', width: 2 },
  { colour: '#218B77', dash: '2 3', width: 2 },
  { colour: '#D23FD2', dash: '7 3 2 3', width: 2 },
  { colour: '#9F9028', dash: '4 2', width: 2 },
  { colour: '#042198', dash: '12 3 2 3 2 3', width: 2 },
];

/** styleOf is the style of a series: by name for platforms, else by its place among its neighbours. */
export function styleOf(key: string, place: number): Style {
  return platforms[key] ?? spare[place % spare.length]!;
}

export const ink = base.ink.light;
export const quiet = base.quiet.light;
export const rule = base.grid.light;
export const hatch = base.hatch.light;
export const tint = base.tint.light;

// The visual language: colours, dashes and order of platforms, as in the figures that Go draws. Colours were chosen for the
// smallest distance of any pair under normal and colour-blind vision; in grey they collapse, so dash and end label are not decoration.

/** How one series looks. */
export type Style = { colour: string; dash: string; width: number };

/** The shopfronts in their fixed order; the last is what is sold outside platforms. */
export const platforms: Record<string, Style> = {
  tiktok: { colour: '#171717', dash: '', width: 2.6 },
  tokopedia: { colour: '#218B77', dash: '9 3', width: 2 },
  shopee: { colour: '#9C3111', dash: '', width: 1.8 },
  lazada: { colour: '#042198', dash: '2 3', width: 2 },
  bukalapak: { colour: '#D23FD2', dash: '7 3 2 3', width: 2 },
  newco: { colour: '#5B6770', dash: '12 3 2 3 2 3', width: 2 },
  direct: { colour: '#9F9028', dash: '4 2', width: 2 },
};

/** Scenario is never colour: the base is grey and dashed, without a band; the other one is solid, with bands. */
export const baseStyle: Style = { colour: '#6b7280', dash: '5 4', width: 1.8 };
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

export const ink = '#1f2328';
export const quiet = '#525960';
export const rule = '#dcdfe2';
export const hatch = '#8a5a94';
export const tint = '#b9cad3';

// Units of the engine, such as IDR/day, in the words of a person.
import { lang, t, type Key } from '../strings';
import { inUnit, num, scaleOf, unitText, type Scale } from '../format';

const words: Record<string, Key> = {
  IDR: 'unit.IDR', orders: 'unit.orders', SMEs: 'unit.SMEs', creators: 'unit.creators', buyers: 'unit.buyers', needs: 'unit.needs',
  share: 'unit.share', points: 'unit.points', index: 'unit.index', day: 'unit.day', week: 'unit.week', '4 weeks': 'unit.weeks4', order: 'unit.order',
  'hours a week': 'unit.hours', USD: 'unit.USD', month: 'unit.month', days: 'unit.days', weeks: 'unit.weeks',
};

const say = (unit: string) => (unit in words ? t(words[unit]!) : unit);

/** unitWords is a unit in words without a scale: "Rp a day", "%". */
export function unitWords(unit: string): string {
  const [what = '', per] = unit.split('/');
  return per ? `${say(what)} ${say(per)}` : say(what);
}

/** amount is a value with its unit, for running text and tables. */
export function amount(v: number, unit: string): string {
  if (unit === 'share') return `${num(v * 100, 1, lang.value)}%`;
  if (unit === 'points' || unit === 'index') return num(v, 0, lang.value);
  return inUnit(v, unitWords(unit), lang.value);
}

/** axisOf is the scale and the unit of an axis whose largest value is given. Shares are shown in per cent. */
export function axisOf(unit: string, largest: number): { scale: Scale; unit: string } {
  if (unit === 'share') return { scale: { by: 0.01, name: '' }, unit: t('unit.share') };
  if (unit === 'points' || unit === 'index') return { scale: { by: 1, name: '' }, unit: say(unit) };
  const scale = scaleOf(largest, lang.value);
  return { scale, unit: unitText(unitWords(unit), scale) };
}

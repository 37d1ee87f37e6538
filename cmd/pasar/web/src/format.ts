// Numbers and dates for people. Files, links and the command line always use a point and ISO dates; only the screen goes by language.
import type { Lang } from './strings';

const locale: Record<Lang, string> = { en: 'en-US', id: 'id-ID' };
const minus = '\u2212';

/** num is v with a fixed number of decimals; the minus sign is U+2212. */
export function num(v: number, decimals: number, lang: Lang): string {
  const s = new Intl.NumberFormat(locale[lang], { minimumFractionDigits: decimals, maximumFractionDigits: decimals }).format(v);
  return /[1-9]/.test(s) ? s.replace('-', minus) : s.replace('-', '');
}

/** short is v with about three digits. */
export function short(v: number, lang: Lang): string {
  const a = Math.abs(v);
  return num(v, a >= 100 || a === 0 ? 0 : a >= 10 ? 1 : a >= 1 ? 2 : 3, lang);
}

/** signed is short with a plus sign where v is above zero. */
export function signed(v: number, lang: Lang, decimals?: number): string {
  const s = decimals === undefined ? short(v, lang) : num(v, decimals, lang);
  return v > 0 && /[1-9]/.test(s) ? '+' + s : s;
}

/** A span of two numbers in words: "−10.3 to −3.2". A dash between numbers that may be negative cannot be read. */
export function range(lo: string, hi: string, lang: Lang): string {
  return lang === 'id' ? `${lo} sampai ${hi}` : `${lo} to ${hi}`;
}

/** A scale of a unit: values are divided by it, and its name stands before the unit. */
export type Scale = { by: number; name: string };

const scales: { by: number; en: string; id: string }[] = [
  { by: 1e12, en: 'trillion', id: 'triliun' },
  { by: 1e9, en: 'billion', id: 'miliar' },
  { by: 1e6, en: 'million', id: 'juta' },
  { by: 1e3, en: 'thousand', id: 'ribu' },
];

/** scaleOf is the scale in which the largest value has one to three digits before the point. Written out: "M" is miliar in Indonesian. */
export function scaleOf(largest: number, lang: Lang): Scale {
  const s = scales.find((x) => Math.abs(largest) >= x.by);
  return s ? { by: s.by, name: s[lang] } : { by: 1, name: '' };
}

/** inUnit is a value with its unit for running text: "Rp 1.24 trillion a day". */
export function inUnit(v: number, unit: string, lang: Lang): string {
  if (unit.startsWith('%')) return `${short(v, lang)}%${unit.slice(1)}`;
  const s = scaleOf(v, lang);
  const n = short(v / s.by, lang);
  const [first = '', ...rest] = unit.split(' ');
  return first === 'Rp' || first === 'US$' ? join(first, n, s.name, ...rest) : join(n, s.name, unit);
}

/** unitText is the unit of an axis: "Rp billion a day", "million orders a day". */
export function unitText(unit: string, s: Scale): string {
  const [first = '', ...rest] = unit.split(' ');
  return first === 'Rp' ? join('Rp', s.name, ...rest) : join(s.name, unit);
}

const join = (...parts: string[]) => parts.filter(Boolean).join(' ');

/** ms is the moment of an ISO date, or date and time, in Western Indonesian Time unless it says otherwise. */
export function ms(iso: string): number {
  return Date.parse(iso.length === 10 ? iso + 'T00:00:00+07:00' : iso);
}

/** iso is the date on which a moment falls in Western Indonesian Time. */
export function iso(at: number): string {
  return new Date(at + 7 * 3600e3).toISOString().slice(0, 10);
}

/** day is "30 Oct 2023" or "30 Okt 2023". */
export function day(at: number | string, lang: Lang): string {
  const [d, m, y] = parts(at, lang);
  return `${d} ${m} ${y}`;
}

/** dayOfYear is "30 Oct". */
export function dayOfYear(at: number | string, lang: Lang): string {
  const [d, m] = parts(at, lang);
  return `${d} ${m}`;
}

/** month is "Oct", and for January the year instead. */
export function month(at: number, lang: Lang): string {
  const [, m, y] = parts(at, lang);
  return iso(at).slice(5, 7) === '01' ? y : m;
}

/** period is two days and what lies between them, as short as it can be said: "2022", "Sep 2023", "Sep – Oct 2023", "4 Oct – 11 Dec 2023". */
export function period(from: string, to: string, lang: Lang): string {
  const [d, m, y] = parts(from, lang), [d2, m2, y2] = parts(to, lang);
  const whole = d === '1' && parts(ms(to) + 864e5, lang)[0] === '1';
  const end = whole ? `${m2} ${y2}` : `${d2} ${m2} ${y2}`;
  if (whole && y === y2 && from.slice(5, 7) === '01' && to.slice(5, 7) === '12') return y;
  if (whole && m === m2 && y === y2) return end;
  return `${[whole ? '' : d, m, y === y2 ? '' : y].filter(Boolean).join(' ')} – ${end}`;
}

function parts(at: number | string, lang: Lang): [string, string, string] {
  const when = typeof at === 'string' ? ms(at) : at;
  const f = new Intl.DateTimeFormat(locale[lang], { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'Asia/Jakarta' });
  const of = (type: string) => f.formatToParts(when).find((p) => p.type === type)?.value ?? '';
  return [of('day'), of('month'), of('year')];
}

/** clock is the hour and minute in Western Indonesian Time, or nothing at midnight. */
export function clock(at: string, lang: Lang): string {
  if (at.length <= 10) return '';
  const s = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: 'Asia/Jakarta' }).format(Date.parse(at));
  return s === '00:00' ? '' : `${lang === 'id' ? s.replace(':', '.') : s} WIB`;
}

/** elapsed is "12 s", "2 min 5 s", "14 min" or "3 h 42 min". */
export function elapsed(seconds: number, lang: Lang): string {
  const s = Math.floor(seconds), second = lang === 'id' ? 'dtk' : 's', minute = lang === 'id' ? 'mnt' : 'min';
  const m = Math.floor(s / 60);
  if (s < 60) return `${s} ${second}`;
  if (m < 10) return `${m} ${minute} ${s % 60} ${second}`;
  return m < 60 ? `${m} ${minute}` : `${Math.floor(m / 60)} ${lang === 'id' ? 'jam' : 'h'} ${m % 60} ${minute}`;
}

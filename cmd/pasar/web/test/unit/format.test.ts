import { describe, expect, it } from 'vitest';
import { clock, day, elapsed, inUnit, iso, month, ms, num, range, scaleOf, short, signed, unitText, period } from '../../src/format';

describe('numbers', () => {
  it('have a true minus, and the marks of the language', () => {
    expect(num(-1234.5, 1, 'en')).toBe('−1,234.5');
    expect(num(-1234.5, 1, 'id')).toBe('−1.234,5');
    expect(num(-0.01, 1, 'en')).toBe('0.0');
    expect(signed(2.14, 'en', 1)).toBe('+2.1');
    expect(signed(0.001, 'en', 1)).toBe('0.0');
    expect(short(0.0123, 'en')).toBe('0.012');
  });
  it('tell no seconds of what takes hours', () => {
    expect([12, 125, 840, 13328].map((x) => elapsed(x, 'en'))).toEqual(['12 s', '2 min 5 s', '14 min', '3 h 42 min']);
    expect(elapsed(13328, 'id')).toBe('3 jam 42 mnt');
  });
  it('write scales out: M is milliard in one language and million in the other', () => {
    expect(inUnit(1.24e12, 'Rp a day', 'en')).toBe('Rp 1.24 trillion a day');
    expect(inUnit(1.24e9, 'Rp per hari', 'id')).toBe('Rp 1,24 miliar per hari');
    expect(inUnit(5.1e6, 'SMEs', 'en')).toBe('5.10 million SMEs');
    expect(scaleOf(999, 'en').name).toBe('');
    expect(unitText('Rp a day', scaleOf(3e11, 'id'))).toBe('Rp miliar a day');
  });
  it('never stand in a range with a dash', () => {
    expect(range('−10.3', '−3.2', 'en')).toBe('−10.3 to −3.2');
    expect(range('−10,3', '−3,2', 'id')).toBe('−10,3 sampai −3,2');
  });
});

describe('dates', () => {
  it('of a stretch are as short as they can be said', () => {
    expect(period('2022-01-01', '2022-12-31', 'en')).toBe('2022');
    expect(period('2023-10-01', '2023-10-31', 'id')).toBe('Okt 2023');
    expect(period('2023-09-01', '2023-10-31', 'en')).toBe('Sep – Oct 2023');
    expect(period('2023-10-04', '2024-02-29', 'en')).toBe('4 Oct 2023 – 29 Feb 2024');
    expect(period('2023-10-04', '2023-12-11', 'id')).toBe('4 Okt – 11 Des 2023');
  });
  it('are in Western Indonesian Time', () => {
    expect(day('2023-10-30', 'en')).toBe('30 Oct 2023');
    expect(day('2023-10-30', 'id')).toBe('30 Okt 2023');
    expect(iso(ms('2023-10-04'))).toBe('2023-10-04');
    expect(iso(ms('2023-10-04T17:00:00+07:00'))).toBe('2023-10-04');
    expect(clock('2023-10-04T17:00:00+07:00', 'en')).toBe('17:00 WIB');
    expect(clock('2023-10-04T17:00:00+07:00', 'id')).toBe('17.00 WIB');
    expect(clock('2023-12-12T00:00:00+07:00', 'en')).toBe('');
    expect(month(ms('2024-01-01'), 'en')).toBe('2024');
    expect(month(ms('2023-05-01'), 'id')).toBe('Mei');
  });
});

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { blocks } from '../../src/docs/markdown';

const page = (name: string) => blocks(readFileSync(`../../../docs/${name}.md`, 'utf8'));
const code = (s: string) => [...s.matchAll(/`[^`]+`/g)].map((m) => m[0]).sort();
// 2,000 and 2.000 are one number, and so are .25 and 0,25
const numbers = (s: string) => [...s.replace(/`[^`]+`/g, '').matchAll(/\d[\d.,]*\d|\d/g)].map((m) => m[0].replace(/[.,]/g, '').replace(/^0+(?=\d)/, '')).sort();

describe.each(['odd', 'indicators'])('the page %s', (name) => {
  const en = page(name), id = page(`${name}.id`);
  it('has the same parts, names of files and numbers in both languages', () => {
    expect(id.map((b) => b.kind + b.level)).toEqual(en.map((b) => b.kind + b.level));
    en.forEach((b, i) => {
      expect(id[i]!.lines.length, b.lines[0]).toBe(b.lines.length);
      b.lines.forEach((line, j) => {
        const other = id[i]!.lines[j]!;
        expect(code(other), line).toEqual(code(line));
        expect(numbers(other), line).toEqual(numbers(line));
        expect(/^\*\*[\d.]+/.exec(other)?.[0], line).toBe(/^\*\*[\d.]+/.exec(line)?.[0]);
        if (line !== other) expect(other.length / line.length, line).toBeGreaterThan(0.55);
      });
    });
  });
  it('names what a series is of alike', () => {
    const cells = (b: (typeof en)[number]) => b.lines.slice(1).map((l) => l.split('|').slice(1, 5).join('|'));
    en.forEach((b, i) => b.kind === 'table' && expect(cells(id[i]!)).toEqual(cells(b)));
  });
  it('uses the words of the glossary in Indonesian', () => {
    const text = id.flatMap((b) => (b.kind === 'table' ? b.lines.map((l) => l.split('|')[5] ?? '') : b.lines)).join('\n').replace(/`[^`]+`|\]\([^)]*\)/g, '');
    for (const wrong of [/minggu/i, /\boffline\b/i, /\bonline\b/i, /\bSMEs?\b/, /\bplatform\b/i, /\bseller\b/i, /\bchannels?\b/i, /\bstorefront\b/i, /\bcheckout\b/i, /\bseed\b/i, /\bkonsentrasi\b/i, /\brunning?\b/i]) expect(text).not.toMatch(wrong);
  });
});

import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { money } from '../../src/agent/lives';
import { entries, entryOf } from '../../src/docs/glossary';
import { termOf } from '../../src/parts/terms';
import { en } from '../../src/strings.en';
import { id } from '../../src/strings.id';
import { fill, lang, speak } from '../../src/strings';

const keys = Object.keys(en) as (keyof typeof en)[];
const marks = (s: string) => [...s.matchAll(/\{(\w+)\}/g)].map((m) => m[1]).sort();

describe('dictionaries', () => {
  it('have the same arguments in both languages, and no empty text', () => {
    for (const k of keys) {
      expect(id[k], k).toBeTruthy();
      expect(marks(id[k]), k).toEqual(marks(en[k]));
    }
    expect(Object.keys(id).sort()).toEqual([...keys].sort());
  });
  it('say pekan: minggu is Sunday as well', () => {
    for (const k of keys) expect(id[k], k).not.toMatch(/minggu/i);
  });
  it('use no words of statistics or economics outside the glossary', () => {
    const jargon = /\b(GMV|HHI|gross merchandise|heteroge\w*|stochastic|counterfactual|replicat\w*|percentile|quantile|p-value|significan\w*|confidence interval|standard deviation|elasticit\w*|logit|utility|endogen\w*|welfare|Monte Carlo|bootstrap|parameter|ensemble|ceteris|surplus|covariat\w*)\b/i;
    const term = /\b(GMV|HHI|gross merchandise|stokastik|heterogen\w*|persentil|kuantil|signifikan\w*|simpangan baku|elastisitas|endogen\w*|parameter|surplus|replikasi)\b/i;
    for (const k of keys) {
      expect(en[k], k).not.toMatch(jargon);
      expect(id[k], k).not.toMatch(term);
    }
  });
  it('has no text that no screen shows', () => {
    const src = readdirSync('src', { recursive: true }).map(String).filter((f) => /\.tsx?$/.test(f) && !f.startsWith('strings.')).map((f) => readFileSync(`src/${f}`, 'utf8')).join('\n');
    const made = [...src.matchAll(/[(`]`?([a-z]+\.)\$\{/g)].map((m) => m[1]!); // such as `badge.${b}`
    for (const k of keys) expect(src.includes(`'${k}'`) || made.some((p) => k.startsWith(p)), k).toBe(true);
  });
  it('have a plain name for each lever that the server offers', () => {
    const levers = [...readFileSync('../../../scenarios/lab/levers.go', 'utf8').matchAll(/\{path: "([^"]+)"/g)].map((m) => m[1]!);
    expect(levers.length).toBeGreaterThan(3);
    expect(keys.filter((k) => k.startsWith('lever.')).map((k) => k.slice(6)).sort()).toEqual(levers.sort());
  });
  it('fill arguments and leave what is not given', () => {
    expect(fill('{a} of {b}', { a: 0 })).toBe('0 of {b}');
  });
});

describe('texts of studies', () => {
  // what findings are made of, and what studies of the library say of themselves
  const words = (f: string) => readFileSync(`../../../scenarios/${f}`, 'utf8');
  const jargon = /(GMV|HHI|\bpoints?\b|\b(?:antar)?titik\b|variance|\bragam\b|interaction\w*|interaksi\w*|μ\*|coverage|density|cakupan|kepadatan|quantile\w*|persentil|percentile\w*|elasticit\w*|logit|surplus|heteroge\w*|stochastic|bootstrap|Sobol\S*|PRIM|\bparameters?\b|\bfactors?\b|\bfaktor\b|\bboxe?s?\b|\bkotak\b|\bmedian\b|welfare|ceteris)/gi;
  const known = (text: string, where: string) => {
    for (const [word] of text.matchAll(jargon)) expect(entryOf(termOf(word) ?? ''), `${where}: ${word} in "${text}"`).toBeTruthy();
  };
  it('have no term without an entry in the glossary', () => {
    let n = 0;
    for (const l of ['en', 'id']) {
      for (const [, name, text] of words(`report/sweep_${l}.go`).matchAll(/\b(Sign|TornadoLead|MorrisLead|SobolLead|ScoresLead|NoLead|Box|NoBox|Raises|Lowers|IsAbove|IsBelow|OneOf|HaveNeed|EffectOn|LevelIn):\s+"([^"]*)"/g)) {
        known(text!, name!);
        n++;
      }
      const names = /Outcomes: map\[string\]string\{([^}]*)\}/.exec(words(`report/versus_${l}.go`))![1]!;
      expect(names).toContain('"gmv"');
      for (const [, text] of names.matchAll(/: "([^"]*)"/g)) known(text!, 'Outcomes');
    }
    expect(n).toBe(32);
    for (const f of readdirSync('../../../scenarios/studies')) for (const [, text] of words(`studies/${f}`).matchAll(/^    (?:question|happens|notice): (.*)$/gm)) known(text!, f);
  });
  it('know money by the names of both languages', () => {
    for (const l of ['en', 'id']) {
      const line = /LineOrders:.*/.exec(words(`explain/words_${l}.go`))![0];
      for (const [, name, word] of line.matchAll(/Line(\w+):\s+"([^"]*)"/g)) expect(money.test(word!), name).toBe(['Cash', 'Commissions', 'Spent'].includes(name!));
    }
  });
});

describe('glossary', () => {
  it('has each entry once, in both languages', async () => {
    const first = entries();
    await speak('id');
    const second = entries();
    await speak('en');
    expect(lang.value).toBe('en');
    expect(new Set(first.map((e) => e.id)).size).toBe(first.length);
    second.forEach((e, i) => {
      expect(e.text.length).toBeGreaterThan(20);
      expect(e.text).not.toBe(first[i]!.text);
    });
  });
});

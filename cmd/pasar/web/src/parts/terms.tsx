// Words of economists and statisticians in texts of the server, such as findings of studies, lead to their entries in the glossary.
import { entryOf } from '../docs/glossary';
import { href } from '../state';

const entries: [RegExp, string][] = [
  [/^GMV$/, 'sales'], [/^HHI$/, 'hhi'], [/surplus/i, 'surplus'], [/^median$/i, 'sme_income'], [/^(points?|(antar)?titik)$/i, 'point'], [/^(variance|interactions?|ragam|interaksi(nya)?)$/i, 'variance'],
  [/^μ\*$/, 'effect'], [/^(box|coverage|density|kotak|cakupan|kepadatan)$/i, 'box'], [/^(factors?|parameters?|faktor)$/i, 'difference-settings'],
];

/** termOf is the glossary entry that explains a word; undefined for a plain one. */
export const termOf = (word: string): string | undefined => entries.find(([r]) => r.test(word))?.[1];

/** Terms is a text whose terms are links, each the first time that it stands there. */
export function Terms({ text }: { text: string }) {
  const said = new Set<string>();
  return text.split(/([\p{L}μ][\p{L}*]*)/u).map((part) => {
    const id = termOf(part), e = id && !said.has(id) ? entryOf(id) : undefined;
    if (!e) return part;
    said.add(e.id);
    return <a class="term" href={href({ screen: 'docs', page: `glossary.${e.id}` })} title={`${e.term}: ${e.text}`}>{part}</a>;
  });
}

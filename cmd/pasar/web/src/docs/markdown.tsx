// Just enough Markdown for the repository's own pages: headings, paragraphs, lists, tables, code. No HTML passes through.
import type { ComponentChildren } from 'preact';

/** Markdown shows a page; headings begin at h2. */
export function Markdown({ text }: { text: string }) {
  return <>{blocks(text).map((b, i) => <Block key={i} b={b} />)}</>;
}

type Block = { kind: 'h' | 'p' | 'ul' | 'ol' | 'table' | 'code'; level: number; lines: string[] };

/** blocks cuts a text into blocks. */
export function blocks(text: string): Block[] {
  const out: Block[] = [];
  let fence = false;
  let open: Block | null = null;
  const start = (kind: Block['kind'], line: string, level = 0) => out.push((open = { kind, level, lines: [line] }));
  for (const line of text.split('\n')) {
    if (line.startsWith('```')) {
      fence = !fence;
      if (fence) out.push((open = { kind: 'code', level: 0, lines: [] }));
      else open = null;
      continue;
    }
    const was = open as Block | null;
    if (fence) was?.lines.push(line);
    else if (!line.trim()) open = null;
    else if (/^#{1,6} /.test(line)) {
      start('h', line.replace(/^#+ /, ''), line.indexOf(' '));
      open = null;
    } else if (line.startsWith('|')) was?.kind === 'table' ? was.lines.push(line) : start('table', line);
    else if (/^[-*] /.test(line)) was?.kind === 'ul' ? was.lines.push(line.slice(2)) : start('ul', line.slice(2));
    else if (/^\d+\. /.test(line)) was?.kind === 'ol' ? was.lines.push(line.replace(/^\d+\. /, '')) : start('ol', line.replace(/^\d+\. /, ''));
    else if (was) was.lines[was.lines.length - 1] += ' ' + line.trim();
    else start('p', line);
  }
  return out;
}

function Block({ b }: { b: Block }) {
  switch (b.kind) {
    case 'h': return b.level <= 2 ? <h2>{inline(b.lines[0]!)}</h2> : <h3>{inline(b.lines[0]!)}</h3>;
    case 'ul': return <ul>{b.lines.map((l, i) => <li key={i}>{inline(l)}</li>)}</ul>;
    case 'ol': return <ol>{b.lines.map((l, i) => <li key={i}>{inline(l)}</li>)}</ol>;
    case 'code': return <pre class="lines">{b.lines.join('\n')}</pre>;
    case 'table': return <Rows lines={b.lines} />;
    default: return <p>{inline(b.lines.join(' '))}</p>;
  }
}

function Rows({ lines }: { lines: string[] }) {
  const rows = lines.filter((l) => !/^\|[-\s|:]+\|$/.test(l)).map((l) => l.replace(/^\||\|$/g, '').split('|').map((c) => c.trim()));
  const [head = [], ...body] = rows;
  return (
    <div class="wrap" tabIndex={0} role="region" aria-label={head.join(', ')}>
      <table class="plain"><thead><tr>{head.map((c, i) => <th scope="col" key={i}>{inline(c)}</th>)}</tr></thead>
        <tbody>{body.map((r, i) => <tr key={i}>{r.map((c, j) => <td key={j}>{inline(c)}</td>)}</tr>)}</tbody></table>
    </div>
  );
}

/** inline marks code, bold, emphasis; links of the repository lead nowhere here and stay text. */
export function inline(text: string): ComponentChildren[] {
  return text.split(/(`[^`]+`|\*\*[^*]+\*\*|\*[^*\s][^*]*\*|\[[^\]]+\]\([^)]+\))/).map((part, i) => {
    if (part.startsWith('`')) return <code key={i}>{part.slice(1, -1)}</code>;
    if (part.startsWith('**')) return <b key={i}>{inline(part.slice(2, -2))}</b>;
    if (part.startsWith('*') && part.length > 2) return <em key={i}>{part.slice(1, -1)}</em>;
    if (part.startsWith('[')) return part.slice(1, part.indexOf(']('));
    return part;
  });
}

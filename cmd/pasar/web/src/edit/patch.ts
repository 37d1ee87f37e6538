// Changes of a form, written into the text of a scenario file: only the value is replaced, or one line is added, so that comments and
// layout survive. Whether the result is sound is for the server's validator to say.

/** patch is the text with a setting changed, as --set names it, or null where there is no safe place for it. */
export function patch(text: string, path: string, value: string): string | null {
  const steps = path.split('.');
  return steps[0] === 'params' || steps[0] === 'vars' || steps[0] === 'world' ? inBlock(text, steps, value) : inAction(text, steps, value);
}

const key = (s: string) => s.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

// The value of a field of an action stands after its id, before the next id.
function inAction(text: string, steps: string[], value: string): string | null {
  const [id = '', ...fields] = steps;
  const last = fields[fields.length - 1];
  if (!last) return null;
  const from = new RegExp(`^\\s*-\\s*\\{?\\s*id:\\s*${key(id)}\\s*(?=[,\\n}])`, 'm').exec(text);
  if (from) {
    const start = from.index + from[0].length;
    const next = /\n(?=\s*-\s*\{?\s*id:|\S)/.exec(text.slice(start));
    const end = next ? start + next.index : text.length;
    const found = new RegExp(`([{,\\s]${key(last)}:\\s*)([^,}\\s#]+)`).exec(text.slice(start, end));
    if (found) return splice(text, start + found.index + found[1]!.length, found[2]!.length, value);
    if (!text.slice(from.index, start).includes('{')) return null;
    return splice(text, start, 0, `, ${nested(fields, value)}`);
  }
  const line = `  - {id: ${id}, ${nested(fields, value)}}`;
  const block = /^actions:[^\S\n]*\n/m.exec(text);
  if (block) return splice(text, block.index + block[0].length, 0, line + '\n');
  return /^actions:/m.test(text) ? null : `${ended(text)}\nactions:\n${line}\n`;
}

// A value of a block such as params, in lines or in braces.
function inBlock(text: string, steps: string[], value: string): string | null {
  const [top = '', ...rest] = steps;
  const block = new RegExp(`^${top}:[^\\S\\n]*`, 'm').exec(text);
  if (!block) return `${ended(text)}\n${top}: {${nested(rest, value)}}\n`;
  const start = block.index + block[0].length;
  const next = /\n(?=\S)/.exec(text.slice(start));
  const end = next ? start + next.index : text.length;
  let at = start;
  for (const [i, step] of rest.entries()) {
    const found = new RegExp(`[{,\\s]${key(step)}:[^\\S\\n]*`).exec(text.slice(at - 1, end));
    if (!found) return i === 0 && text[start] === '{' ? splice(text, start + 1, 0, `${nested(rest, value)}, `) : i === 0 && text[start] === '\n' ? splice(text, start + 1, 0, `  ${step}: ${tail(rest.slice(1), value)}\n`) : null;
    at = at - 1 + found.index + found[0].length;
  }
  const whole = /^\{\s*value:\s*([^,}\s#]+)/.exec(text.slice(at, end));
  if (whole) return splice(text, at + whole[0].length - whole[1]!.length, whole[1]!.length, value);
  const old = /^[^,}\s#{]+/.exec(text.slice(at, end));
  return old ? splice(text, at, old[0].length, value) : null;
}

const nested = (steps: string[], value: string): string => `${steps[0]}: ${tail(steps.slice(1), value)}`;
const tail = (steps: string[], value: string): string => (steps.length ? `{${nested(steps, value)}}` : value);
const ended = (text: string) => (text.endsWith('\n') ? text : text + '\n');
const splice = (text: string, at: number, length: number, put: string) => text.slice(0, at) + put + text.slice(at + length);

// Files of a chart: tidy CSV, and pictures that hold title, unit, key of events and bands, source and badge, ready for a slide.
import { render } from 'preact';
import { day, iso } from '../format';
import { href, link } from '../state';
import { lang, t } from '../strings';
import { command } from '../link';
import { ink, quiet } from '../tokens';
import { extent, frame } from './frame';
import { gutterOf } from './card';
import { values, type Chart } from './model';
import { Plot } from './plot';
import { linear } from './scale';

/** csvOf is a chart's numbers, tidy, with points for decimals whatever the language. */
export function csvOf(c: Chart): string {
  const head = [`# ${command(link.value)}`, `# ${href({})}`, `# ${c.source}`];
  const rows = ['week,series,world,p05,p25,p50,p75,p95,unit'];
  const cell = (v: number | null | undefined) => (v === null || v === undefined ? '' : String(Number((v / c.scale.by).toPrecision(10))));
  for (const l of c.lines) {
    c.weeks.at.forEach((at, i) => {
      const q = [l.most?.[0][i], l.half?.[0][i], l.mid[i], l.half?.[1][i], l.most?.[1][i]];
      rows.push([iso(at), field(l.name), l.of === 'base' ? 'base' : 'scenario', ...q.map(cell), field(c.unit)].join(','));
    });
  }
  return [...head, ...rows].join('\n') + '\n';
}

const field = (s: string) => (/[",\n]/.test(s) ? `"${s.replaceAll('"', '""')}"` : s);

/** save hands a file to the person. */
export function save(name: string, content: string | Blob, type = 'text/plain') {
  const url = URL.createObjectURL(typeof content === 'string' ? new Blob([content], { type: `${type};charset=utf-8` }) : content);
  const a = document.createElement('a');
  a.href = url;
  a.download = name;
  document.body.append(a);
  a.click();
  a.remove();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}

/** savePicture saves a chart as SVG, or as PNG of twice its size. */
export async function savePicture(c: Chart, kind: 'svg' | 'png') {
  const text = picture(c);
  if (kind === 'svg') return save(`${c.id}.svg`, text, 'image/svg+xml');
  const url = URL.createObjectURL(new Blob([text], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [size.width * 2, size.height * 2];
    const pen = canvas.getContext('2d')!;
    pen.scale(2, 2);
    pen.drawImage(image, 0, 0, size.width, size.height);
    const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/png'));
    if (blob) save(`${c.id}.png`, blob);
  } finally {
    URL.revokeObjectURL(url);
  }
}

const size = { width: 960, height: 540 };

/** picture is a chart as one SVG file of 16 by 9. */
export function picture(c: Chart): string {
  const box = document.createElement('div');
  render(<Picture chart={c} />, box);
  const text = new XMLSerializer().serializeToString(box.firstElementChild!);
  render(null, box);
  return '<?xml version="1.0" encoding="UTF-8"?>\n' + text;
}

function Picture({ chart: c }: { chart: Chart }) {
  const foot = footnotes(c).flatMap((line) => wrap(line, 138));
  const [lo, hi] = extent(values(c, false), c.zero);
  const bottom = 34 + foot.length * 16;
  const f = frame(size.width - 32, size.height - 62 - bottom, { top: 30, right: gutterOf([c]), bottom: 26, left: 56 }, c.weeks, lo, hi);
  return (
    <svg xmlns="http://www.w3.org/2000/svg" width={size.width} height={size.height} viewBox={`0 0 ${size.width} ${size.height}`} font-family="system-ui, 'Noto Sans', sans-serif">
      <title>{c.title}</title>
      <rect width="100%" height="100%" fill="#fff" />
      <text x="20" y="34" font-size="20" font-weight="700" fill={ink}>{c.title}</text>
      <text x="20" y="55" font-size="13" fill={quiet}>{c.unit}</text>
      <text x={size.width - 20} y="34" font-size="12" text-anchor="end" fill={ink}>{t(`badge.${c.badge}`)}</text>
      <g transform="translate(10 62)"><Plot chart={{ ...c, id: c.id + '-picture' }} frame={f} labels singles={false} /></g>
      {foot.map((line, i) => <text key={i} x="20" y={size.height - bottom + 22 + i * 16} font-size="11.5" fill={quiet}>{line}</text>)}
    </svg>
  );
}

/** keyOf says what lines, bands and shades are. */
export function keyOf(c: Chart): string {
  const bands = c.lines.some((l) => l.most) ? t(c.range === 'mean' ? 'chart.keyMean' : 'chart.keyRuns') : t('chart.keyFew');
  const shades = [...new Set(c.shades.map((s) => s.kind))].map((k) => t(k === 'ban' ? 'chart.keyBan' : 'chart.keyPilot')).join(' ');
  const [lo, hi] = extent(values(c, false), c.zero);
  const cut = linear([lo, Math.max(hi, lo + 1e-9)], [0, 1], 5).domain[0] > 0 && t('chart.cut');
  return [bands, shades, cut].filter(Boolean).join(' ');
}

/** footnotes are the keys of bands and events, and the source. */
export function footnotes(c: Chart): string[] {
  const events = c.marks.map((m) => `${m.n} ${m.text} (${day(m.at, lang.value)})`).join('; ');
  return [keyOf(c), events, c.source].filter(Boolean);
}

/** wrap breaks a text into lines of at most so many letters. */
export function wrap(text: string, most: number): string[] {
  const lines = [''];
  for (const word of text.split(' ')) {
    const last = lines[lines.length - 1]!;
    if (last && last.length + word.length + 1 > most) lines.push(word);
    else lines[lines.length - 1] = last ? `${last} ${word}` : word;
  }
  return lines;
}

// A life as text and as small charts; two lives beside each other where there are two worlds.
import { useEffect, useRef } from 'preact/hooks';
import type { Life, Story } from '../api';
import { day, inUnit, ms, num } from '../format';
import { result } from '../run/live';
import { meta } from '../state';
import { lang, said, t } from '../strings';
import { platforms } from '../tokens';
import { nameOf } from './picker';

/** Lives shows one story, or two. */
export function Lives({ story, name }: { story: Story; name: (scenario: string) => string }) {
  const parts = story.parts as { a?: Moment | null; b?: Moment | null } | null | undefined;
  const first = [parts?.a, parts?.b].filter((m): m is Moment => !!m?.at).sort((a, b) => a.at.localeCompare(b.at))[0];
  const head = useRef<HTMLHeadingElement>(null);
  useEffect(() => head.current?.focus(), []); // on a phone the story is below the list that it was chosen from
  const top = new Map<string, number>();
  for (const l of story.stories) for (const x of l.timeline) top.set(lineKey(x), Math.max(top.get(lineKey(x)) ?? 0, ...x.values.map((v) => Math.abs(v ?? 0))));
  return (
    <div class="lives">
      <h2 tabIndex={-1} ref={head}>{nameOf(story.agent)}</h2>
      {story.stories.length > 1 && <p class="found">{first ? t('agent.parts', { day: day(first.at, lang.value), what: (first.text ?? '').replace(story.agent, nameOf(story.agent)) }) : t('agent.noParts')}</p>}
      <div class={'two' + (story.stories.length > 1 ? '' : ' one')}>
        {story.stories.map((l, i) => <One key={l.scenario + i} life={l} title={name(l.scenario)} letter={story.stories.length > 1 ? 'AB'[i]! : ''} parts={first?.at} top={top} />)}
      </div>
      <details><summary>{t('agent.plain')}</summary><pre class="lines">{story.text}</pre></details>
    </div>
  );
}

type Moment = { at: string; text?: string };
const lineKey = (x: { what: string; on?: string }) => `${x.what}/${x.on ?? ''}`;

const aDay = 864e5;

function One({ life, title, letter, parts, top }: { life: Life; title: string; letter: string; parts: string | undefined; top: Map<string, number> }) {
  const run = result.value?.status, start = run?.start ? ms(run.start) : 0, span = run?.start && run.end ? ms(run.end) + aDay - start : 0;
  const columns = life.timeline[0]?.values.length ?? 0;
  return (
    <article class="card life">
      <h3>{letter && <b class={'letter ' + letter.toLowerCase()}>{letter}</b>} {title}</h3>
      <ol>
        {life.facts.map((f, i) => (
          <li key={i} class={parts && f.at && ms(f.at) >= ms(parts) ? 'after' : ''}>
            {f.at && <time dateTime={f.at}>{day(f.at, lang.value)}</time>}<span>{f.text.replace(/ \([a-z][\w-]*\)(?=[.,;])/g, '') /* ids of entries, such as (ann), stand in the plain text */}</span>
          </li>
        ))}
      </ol>
      {life.timeline.map((x) => <Spark key={lineKey(x)} line={x} top={top.get(lineKey(x)) ?? 1} cut={parts && span ? (ms(parts) - start) / span : 0} />)}
      <p class="quiet">{run?.start && run.end && columns > 0 && t('agent.columns', { days: num(span / aDay / columns, 0, lang.value), from: day(run.start, lang.value), to: day(run.end, lang.value) })} {parts && t('agent.cut')}</p>
    </article>
  );
}

/** money tells which lines are in rupiah; the server names lines in the language of the story. */
export const money = /^(cash|kas|commissions|komisi|spent|belanja)$/;

function Spark({ line, top, cut }: { line: Life['timeline'][number]; top: number; cut: number }) {
  const channel = said(meta.value?.channels.find((c) => c.key === line.on)?.name) || line.on || '';
  const what = [line.what[0]!.toUpperCase() + line.what.slice(1), channel].filter(Boolean).join(', ');
  const n = line.values.length, w = 300, h = 40;
  const low = Math.min(0, ...line.values.map((v) => v ?? 0));
  const y = (v: number) => h - ((v - low) / Math.max(1e-9, Math.max(top, 0) - low)) * h;
  const colour = platforms[line.on ?? '']?.colour ?? '#14344a';
  const most = line.values.reduce<number>((a, v) => Math.max(a, v ?? 0), 0);
  const text = money.test(line.what) ? inUnit(most, 'Rp', lang.value) : num(most, 0, lang.value);
  return (
    <figure class="spark">
      <figcaption>{what} <small>{t('agent.most', { value: text })}</small></figcaption>
      <svg viewBox={`0 0 ${w} ${h}`} preserveAspectRatio="none" role="img" aria-label={`${what}: ${t('agent.most', { value: text })}`}>
        {line.values.map((v, i) => v === null ? null : <rect key={i} x={(i * w) / n} width={Math.max(0.5, w / n - 1)} y={Math.min(y(v), y(0))} height={Math.max(0.8, Math.abs(y(v) - y(0)))} fill={colour} opacity={v < 0 ? 0.5 : 0.9} />)}
        <line x1="0" x2={w} y1={y(0)} y2={y(0)} stroke="#8b9198" stroke-width="1" />
        {cut > 0 && <path d={`M${cut * w} 0V${h}`} stroke="#1f2328" stroke-dasharray="3 3" vector-effect="non-scaling-stroke" />}
      </svg>
    </figure>
  );
}

// What a student does, in a real browser on the real server: npm run journey. PASAR names a built binary, SHOTS a folder for pictures.
import { readFileSync } from 'node:fs';
import { accessible, becomes, browser, check, Lab, settled, shot, straight, visit } from './lab.mjs';
import { keyboard } from './keyboard.mjs';
import { states } from './states.mjs';
import { sweep } from './sweep.mjs';

const small = 'seed=1&n=2&buyers=200';
const run = `#/run?s=pilot&base=no-ban&${small}`;
const began = Date.now();
const say = (what) => console.log(`${((Date.now() - began) / 1000).toFixed(1).padStart(6)} s  ${what}`);

const lab = await new Lab().start();
const b = await browser();
try {
  await journey();
  say('gallery, run, lever, compare, story, report');
  await keyboard(b, lab, run);
  say('keyboard only');
  await prediction();
  say('a prediction, by key and by mouse; the ends of a pilot and of a closure, by key');
  await phone();
  say('dates on a phone; another market');
  await everyScreen();
  say('axe and width on all screens, two languages, 1440, 390 and 320 px');
  await sweep(b, lab, say);
  await states(b, lab, say);
  say('done');
} finally {
  await b.close();
  await lab.close();
}

async function journey() {
  const context = await b.newContext({ viewport: { width: 1440, height: 900 }, acceptDownloads: true });
  const page = await visit(context, lab, run); // sizes of a run are remembered over the gallery
  await page.click('nav >> text=Scenarios');
  await page.click('role=link[name="Run: As it happened"]');
  await settled(page);
  check(page.url().includes('seed=1&n=2&buyers=200'), `the link lost its sizes: ${page.url()}`);
  await page.waitForSelector('.headline b');
  await numbers(page);
  await files(page);

  const lever = page.locator('.lever input').first();
  await lever.focus();
  const before = await page.locator('.readout').first().textContent();
  for (let i = 0; i < 4; i++) await page.keyboard.press('ArrowLeft');
  await page.waitForSelector('.pill.set');
  await page.waitForFunction(() => location.hash.includes('set='));
  await settled(page);
  await page.waitForFunction((old) => document.querySelector('.readout')?.textContent !== old, before);
  await shot(page, 'run-lever');
  const link = page.url();
  const override = /set=([\w.]+):[\d.]+/.exec(link)?.[1];
  check(override, `no override in the link: ${link}`);

  await page.click('text=Compare in detail');
  await page.waitForSelector('.changes tbody tr');
  check(/● yes|○ no clear difference|= the same|◐/.test(await page.textContent('.changes tbody')), 'no verdict in the table');
  check(page.url().includes(`set=b.${override}`), `the comparison lost the override: ${page.url()}`);
  const report = await page.getAttribute('.changes a:has-text("Report")', 'href');
  await page.click('text=Ask why'); // which says before what it costs; it is stopped again here
  await page.waitForSelector('.why progress');
  await page.click('.why >> text=Stop');
  await page.waitForSelector('text=Ask why');

  await page.click('main >> text=Follow one seller');
  await page.locator('.who').first().click();
  await page.waitForSelector('.life li');
  await becomes(page, () => document.querySelectorAll('.life').length === 2, 'a story of two worlds has two columns');
  await shot(page, 'story');

  const [answer] = await Promise.all([page.waitForResponse((r) => r.url().includes('/report/')), page.goto(new URL(report, lab.url).href)]);
  check(answer.ok() && (await page.content()).includes('<svg'), `no report: ${answer.status()}`);
  await context.close();

  const again = await b.newContext({ viewport: { width: 1440, height: 900 } });
  const other = await visit(again, lab, new URL(link).hash);
  await settled(other);
  check((await other.textContent('.pill.set')).includes(override), 'a link opened elsewhere lost its override');
  await straight(other, 'the copied link');
  await again.close();
}

// Every number of the table of sales is the one that the server gives for the same run.
async function numbers(page) {
  const [key, dates, columns] = await page.evaluate(async () => {
    const all = await (await fetch('/api/runs')).json();
    const r = all.find((x) => x.scenario === 'pilot' && !x.set.length && x.buyers === 200);
    const s = await (await fetch(`/api/runs/${r.key}/series?metric=gmv:storefront`)).json();
    return [r.key, s.dates, s.columns];
  });
  await page.click('[data-tool=table] >> nth=0');
  await page.waitForSelector('.chart >> nth=0 >> tbody tr');
  const head = await page.locator('.chart >> nth=0 >> thead th').allTextContents();
  const rows = await page.locator('.chart >> nth=0 >> tbody tr').allTextContents();
  check(rows.length === dates.length, `the table has ${rows.length} rows for ${dates.length} weeks of ${key}`);
  const unit = await page.textContent('.chart .unit >> nth=0');
  const by = unit.includes('trillion') ? 1e12 : 1e9;
  for (const name of ['TikTok Shop', 'Shopee']) {
    const c = columns.find((x) => x.key === { 'TikTok Shop': 'tiktok', Shopee: 'shopee' }[name]);
    const cells = await page.locator(`.chart >> nth=0 >> tbody tr td:nth-child(${head.indexOf(name) + 1})`).allTextContents();
    cells.forEach((text, i) => {
      const shown = Number(text.replace(/ ?\(.*/, '').replaceAll(',', ''));
      const decimals = (/\.(\d+)/.exec(text.replace(/\(.*/, ''))?.[1] ?? '').length;
      check(Math.abs(shown - c.p50[i] / by) <= 0.5001 * 10 ** -decimals, `${name}, ${dates[i]}: ${text} on screen, ${c.p50[i]} from the server`);
    });
  }
  await page.click('[data-tool=table] >> nth=0');
}

async function files(page) {
  for (const [button, start] of [['CSV', '# pasar '], ['SVG', '<?xml'], ['PNG', '\x89PNG']]) {
    const [file] = await Promise.all([page.waitForEvent('download'), page.click(`.chart >> nth=0 >> button:has-text("${button}")`)]);
    const text = readFileSync(await file.path(), 'latin1');
    check(text.startsWith(start), `${button} begins with ${text.slice(0, 20)}`);
    if (button === 'SVG') for (const part of ['Sales by platform', 'seed 1', '200 simulated buyers']) check(text.includes(part), `the picture does not say ${part}`);
  }
}

// A person draws what they expect before the charts are shown; then both lines are there, with how far off. And a pilot ends earlier.
async function prediction() {
  const context = await b.newContext({ viewport: { width: 1440, height: 1100 } });
  const page = await visit(context, lab, run);
  await settled(page);
  await page.click('text=Predict first');
  check(!(await page.locator('.chart .surface, .headline b, .flow svg[role], .log li').count()), 'what came is shown before the prediction');
  check(await page.isDisabled('text=Show me'), 'nothing was said, and it can be shown');
  const point = page.locator('.handle');
  await point.nth(0).focus();
  const before = await point.nth(0).getAttribute('aria-valuenow');
  await page.keyboard.press('PageDown');
  await becomes(page, (old) => Number(document.querySelector('.handle').getAttribute('aria-valuenow')) < Number(old), 'a point does not move by key', before);
  const box = await point.nth(2).boundingBox();
  await page.mouse.move(box.x + 14, box.y + 14);
  await page.mouse.down();
  await page.mouse.move(box.x + 14, box.y - 30, { steps: 4 });
  await page.mouse.up();
  await becomes(page, () => document.querySelectorAll('.handle')[2].textContent.startsWith('+'), 'a point does not move by mouse');
  await accessible(page, 'prediction');
  await shot(page, 'predict');
  await page.click('text=Show me');
  await becomes(page, () => document.querySelectorAll('.predict li').length === 3 && /% off/.test(document.querySelector('.predict').textContent), 'how far off the line is, is not said');
  await becomes(page, () => document.querySelectorAll('.chart .surface').length === 3 && document.querySelector('.chart').textContent.includes('Your guess'), 'both lines are not shown');
  await accessible(page, 'prediction shown');
  await straight(page, 'prediction');
  await shot(page, 'predict-shown');

  const end = page.locator('.edge[aria-label*="pilot"][aria-label*="end"]');
  await end.focus();
  await page.keyboard.press('PageDown');
  await becomes(page, () => !!document.querySelector('.edge.moved b')?.textContent, 'the end of a span does not move by key');
  await page.keyboard.press('Enter');
  await becomes(page, () => location.hash.includes('set=aud.at:2024-03-28') && document.querySelector('.pill.set')?.textContent.includes('2024-03-28'), 'the link does not carry the end of the pilot');
  await settled(page);
  await becomes(page, () => document.querySelector('.strip').textContent.includes('28 Mar 2024'), 'the strip does not show the new end');
  check(!(await page.locator('.predict').count()), 'a prediction for one world is held against another');
  await shot(page, 'run-end');

  // the end of a closure is its reopening, with all that hangs on that day; a closure for good has none
  const closure = page.locator('.edge[aria-label*="closes"][aria-label*="end"]');
  await closure.focus();
  await page.keyboard.press('PageUp');
  await page.keyboard.press('Enter');
  await becomes(page, () => ['reopen.at:2024-01-09', 'pilot.at:2024-01-09', 'news.at:2024-01-08T08:00', 'news.effective:2024-01-09'].every((x) => location.hash.includes('set=' + x)), 'the reopening does not move with all that hangs on it');
  await settled(page);
  await becomes(page, () => !!document.querySelector('.strip [title*="4 Oct 2023 – 8 Jan 2024"]'), 'the strip does not show the longer closure');
  await shot(page, 'run-reopening');
  await page.goto(`${lab.url}#/run?s=ban&base=no-ban&${small}`);
  await becomes(page, () => document.querySelector('.strip')?.textContent.includes('no end is set'), 'a closure for good seems to end');
  check(!(await page.locator('.edge[aria-label*="end"]').count()), 'the end of a closure for good can be moved');
  await context.close();
}

// On a phone the dates of the strip are fields and buttons, and what is of another market is not offered for a comparison.
async function phone() {
  const context = await b.newContext({ viewport: { width: 390, height: 844 }, hasTouch: true });
  const page = await visit(context, lab, run);
  await page.click('.strip summary:has-text("closes")');
  await page.click('details[open] .dater >> nth=1 >> button >> nth=1');
  await becomes(page, () => location.hash.includes('set=reopen.at:2023-12-19') && location.hash.includes('set=pilot.at:2023-12-19'), 'a week more does not move the reopening');
  await becomes(page, () => document.querySelector('.strip details[open]')?.textContent.includes('18 Dec 2023'), 'the list does not show the new date');
  await page.fill('details[open] input >> nth=0', '2023-10-11');
  await becomes(page, () => location.hash.includes('set=sep.at:2023-10-11T17:00'), 'a date in the field does not move the closure');
  const low = await page.$$eval('.strip summary, .strip button, .strip input', (all) => all.filter((e) => e.checkVisibility() && e.getBoundingClientRect().height < 44).map((e) => e.outerHTML));
  check(!low.length, `too low to touch: ${low.join(' ')}`);
  await accessible(page, 'dates on a phone');
  await straight(page, 'dates on a phone');
  await shot(page, 'phone-dates');
  await sheet(page);
  await page.goto(`${lab.url}#/`);
  const malaysia = page.locator('.cards li:has-text("Malaysia copies")');
  check((await malaysia.textContent()).includes('cannot be compared') && !(await malaysia.locator('a:has-text("Compare")').count()), 'another market is offered for a comparison');
  await page.goto(`${lab.url}#/compare?a=no-ban&b=pilot&${small}`);
  await page.selectOption('.sides select >> nth=1', 'malaysia-copies');
  await becomes(page, () => document.querySelector('main').textContent.includes('cannot be compared with Indonesia') && !document.querySelector('.banner.bad'), 'another market is not explained');
  await context.close();
}

// The levers of a phone are a sheet that leaves the chart in sight, by touch and by key.
async function sheet(page) {
  await page.goto(`${lab.url}${run}`);
  await settled(page);
  check(!(await page.isVisible('.lever >> nth=0')), 'the levers of a phone stand below the charts');
  await page.tap('#open-levers');
  await becomes(page, () => document.activeElement.id === 'levers', 'the sheet does not take the focus');
  await page.locator('.lever input').nth(1).focus();
  await page.keyboard.press('ArrowRight');
  await becomes(page, () => {
    const plot = document.querySelector('.run .plot').getBoundingClientRect(), lever = document.activeElement.getBoundingClientRect(), top = document.querySelector('.levers').getBoundingClientRect().top;
    return location.hash.includes('set=') && plot.top >= 0 && plot.top + 200 < top && lever.top >= top && lever.bottom <= innerHeight && lever.height >= 44;
  }, 'the lever and the chart are not in sight together');
  await settled(page);
  await becomes(page, () => /[%○=]/.test(document.querySelector('.levers .phone p')?.textContent ?? ''), 'the sheet does not say what came of it');
  await accessible(page, 'levers on a phone');
  await straight(page, 'levers on a phone');
  await shot(page, 'phone-levers');
  await page.keyboard.press('Escape');
  await becomes(page, () => document.activeElement.id === 'open-levers' && !document.querySelector('.lever').checkVisibility(), 'the sheet does not close, or the focus is lost');
}

async function everyScreen() {
  const screens = {
    gallery: '#/?', run: run + '&', compare: `#/compare?a=no-ban&b=pilot&${small}&`, sweep: `#/sweep?s=pilot&base=no-ban&${small}&`,
    studies: '#/sweep?page=studies.pilot-caps&',
    story: `#/agent?a=no-ban&b=pilot&${small}&`, editor: '#/edit?s=pilot&', form: '#/edit?s=pilot&', glossary: '#/docs?page=glossary&', sure: '#/docs?page=sure&', model: '#/docs?page=model&', series: '#/docs?page=series&',
  };
  const sizes = [[1440, 900, 'en'], [1440, 900, 'id'], [390, 844, 'en'], [390, 844, 'id'], [320, 700, 'id']];
  const problems = [];
  const note = (e) => problems.push(e.message);
  for (const [width, height, lang] of sizes) {
    const colorScheme = `${width}${lang}` === '1440id' || width === 320 ? 'dark' : 'light';
    const context = await b.newContext({ viewport: { width, height }, reducedMotion: 'reduce', colorScheme });
    const page = await visit(context, lab, `#/?lang=${lang}`);
    for (const [name, hash] of Object.entries(screens)) {
      await page.goto(`${lab.url}${hash}lang=${lang}`);
      const full = `${name}-${lang}-${width}`;
      if (['run', 'compare', 'story'].includes(name)) await settled(page);
      if (name === 'run') await page.waitForSelector('.headline');
      if (name === 'compare') await page.waitForSelector('.changes tbody tr');
      if (name === 'sweep') await page.waitForSelector('.plan');
      if (name === 'studies') await page.waitForSelector('.card table');
      if (name === 'story') await page.waitForSelector('.who');
      if (name === 'editor') await page.waitForSelector('.check.ok');
      if (name === 'form') await page.click(`button:has-text("${lang === 'en' ? 'Form' : 'Formulir'}"):enabled`);
      if (['glossary', 'sure', 'model', 'series'].includes(name)) await page.waitForSelector({ glossary: 'dl dt', sure: 'article figure', model: '.prose h2', series: '.prose table' }[name]);
      await page.waitForSelector('main h1');
      if (width > 320) await accessible(page, full).catch(note);
      await straight(page, full).catch(note);
      if (name === 'compare') check(!(await page.locator('.changes td, .changes th').evaluateAll((all) => all.some((x) => x.getBoundingClientRect().right > innerWidth))), `${full}: what changed is cut`);
      await shot(page, full);
    }
    await context.close();
  }
  check(!problems.length, problems.join('\n'));
}

// What can go wrong, and what the screens then say.
import { becomes, check, settled, shot, straight, visit } from './lab.mjs';

const small = 'seed=1&n=2&buyers=200';

/** states goes through broken links, broken files, lost servers and full browsers. */
export async function states(b, lab, say) {
  const context = await b.newContext({ viewport: { width: 1280, height: 800 } });

  const bad = await visit(context, lab, `#/run?s=pilto&base=no-ban&${small}&foo=1&seed=2&set=pilot.nothing:1`);
  const text = await bad.textContent('.banner');
  for (const part of ['foo=1', 'seed=2', 'pilto']) check(text.includes(part), `the banner does not name ${part}: ${text}`);
  await bad.waitForSelector('.banner.bad');
  check((await bad.textContent('.banner.bad')).includes('nothing'), 'a setting that does not exist is not named');
  await shot(bad, 'state-invalid-link');
  await bad.goto(`${lab.url}#/run?s=pilot&base=no-ban&${small}&w=2031-01-06&y=sails,total`);
  await becomes(bad, () => ['w=2031-01-06', 'y=sails'].every((part) => document.querySelector('.banner')?.textContent.includes(part)), 'a week outside the run, or an outcome that does not exist, is dropped in silence');
  await bad.route('**/api/meta', async (route) => {
    const meta = await (await route.fetch()).json();
    await route.fulfill({ json: { ...meta, limits: { ...meta.limits, n: 2 } } });
  });
  await bad.goto(`${lab.url}?#/run?s=pilot&base=no-ban&seed=1&n=32&buyers=200`); // as in a class
  await settled(bad);
  check((await bad.textContent('.banner')).includes('n=32') && bad.url().includes('&n=2&'), 'a link to more pairs than this lab plays leads nowhere');
  await bad.close();
  say('invalid link');

  const edit = await visit(context, lab, '#/edit?s=pilot');
  await edit.waitForSelector('.check.ok');
  const good = await edit.inputValue('textarea');
  await edit.fill('textarea', good.replace('duration: 122d', 'duration: long').replace('do: audit', 'do: audits') + '# the end\n');
  await edit.waitForSelector('#mistakes li');
  check((await edit.getAttribute('textarea', 'aria-invalid')) === 'true', 'the text is not marked as invalid');
  check(await edit.isDisabled('button:has-text("Form")'), 'the form is offered for a text that cannot be read');
  await edit.click('#mistakes button');
  await becomes(edit, () => document.activeElement.selectionStart > 100, 'a mistake does not lead to its line');
  await shot(edit, 'state-broken-file');
  await edit.fill('textarea', good + 'colour: red\n');
  await becomes(edit, () => /colour: there is no such key/.test(document.querySelector('#mistakes')?.textContent ?? ''), 'a key that there is not is not named');
  await edit.fill('textarea', good + '# the end\n');
  await edit.waitForSelector('.check.ok');
  await edit.click('button:has-text("Form")');
  await edit.fill('#form-pilot-caps-share_of_pre', '0.5');
  await edit.press('#form-pilot-caps-share_of_pre', 'Tab');
  await edit.waitForFunction(() => decodeURIComponent(location.hash).includes('share_of_pre: 0.5') || /file=/.test(location.hash));
  await edit.getByLabel(/pilot.*end”/).fill('2024-04-10');
  await becomes(edit, () => decodeURIComponent(location.hash).includes('at: 2024-04-10') || /file=/.test(location.hash), 'the end of the pilot is not written');
  await edit.click('button:has-text("Text")');
  const after = await edit.inputValue('textarea');
  check(after.includes('share_of_pre: 0.5') && after.includes('do: audit, pilot: pilot, at: 2024-04-10') && after.endsWith('# the end\n'), 'the form did not change the text, or lost its comment');
  await straight(edit, 'editor');
  await edit.close();
  say('broken file, form and text');

  const seventh = await context.newPage();
  await seventh.route('**/events', () => new Promise(() => {})); // no connection is left for it
  await seventh.goto(`${lab.url}#/run?s=ban&base=no-ban&seed=1&n=16&buyers=2000`);
  await seventh.waitForSelector('text=Too many Pasar tabs');
  await shot(seventh, 'state-too-many-tabs');
  await seventh.click('text=Stop');
  await seventh.close();
  say('seventh tab');

  const slow = await context.newPage();
  let seen;
  const waits = new Promise((done) => { seen = done; });
  await slow.route('**/series?*', async (route) => {
    await waits;
    await route.continue();
  });
  await slow.goto(`${lab.url}#/run?s=pilot&base=no-ban&${small}`);
  await slow.waitForSelector('text=Reading results');
  seen();
  await settled(slow);
  await slow.close();
  say('slow network');

  const why = await context.newPage();
  let wanting = 'running';
  await why.route('**/api/why?*', async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ json: { ...(await answer.json()), wanting, pairs: 1, left_ms: 30000 } });
  });
  await why.goto(`${lab.url}#/compare?a=no-ban&b=pilot&${small}`);
  await why.waitForSelector('text=/when all 2 pairs are there; now 1. .about 30 s left/');
  check(await why.isDisabled('text=Ask why'), 'why can be asked of runs that are not there');
  wanting = '';
  await becomes(why, () => [...document.querySelectorAll('.why button')].some((x) => x.textContent === 'Ask why' && !x.disabled), 'why cannot be asked when all is there');
  await why.close();
  say('why has to wait');

  const turn = await visit(context, lab, `#/run?s=pilot&base=no-ban&${small}`);
  await settled(turn);
  let go;
  const held = new Promise((done) => { go = done; });
  await turn.route('**/api/runs', async (route) => {
    await held;
    await route.continue();
  });
  await turn.goto(`${lab.url}#/run?s=ban&base=no-ban&${small}`);
  await becomes(turn, () => !!document.querySelector('.striped[inert]') && document.querySelector('.strip').textContent.includes('pilot') && document.querySelector('.lever, .levers p') !== null, 'the strip is not that of the lines');
  go();
  await settled(turn);
  await becomes(turn, () => !document.querySelector('.striped[inert]') && document.querySelector('.strip').textContent.includes('no end is set'), 'the strip does not change with the lines');
  await turn.close();
  say('another scenario: strip and lines together');

  const school = await b.newContext({ viewport: { width: 320, height: 700 } });
  const student = await school.newPage();
  await student.route('**/api/meta', async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ json: { ...(await answer.json()), shared: true } });
  });
  await student.goto(`${lab.url}#/run?s=pilot&base=no-ban&${small}&lang=id`);
  await settled(student);
  const [high, left, right] = await student.evaluate(() => {
    const here = document.querySelector('.top [aria-current]').getBoundingClientRect();
    return [document.querySelector('.top').offsetHeight, here.left, innerWidth - here.right];
  });
  check(high < 170 && left >= 0 && right >= 0, `the header of a class is ${high} px high on a phone, or the present screen is out of its sight`);
  await school.close();
  say('a class on a small phone');

  const failed = await context.newPage();
  await failed.route('**/api/runs', async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ json: { ...(await answer.json()), state: 'failed', done: 1, error: { message: 'money does not add up on 2023-10-05', seed: 1 } } });
  });
  await failed.goto(`${lab.url}#/run?s=pilot&base=no-ban&${small}`);
  await failed.waitForSelector('text=money does not add up');
  check(await failed.isVisible('text=Run again'), 'a failed run cannot be run again');
  await failed.close();
  say('failed run');

  const lost = await visit(context, lab, '#/run?s=pilot&base=no-ban&seed=50&n=8&buyers=2000');
  await lost.waitForSelector('text=/Playing pairs of runs/');
  await lab.kill();
  await lost.waitForSelector('text=/Live updates stopped/');
  check(await lost.isVisible('h1'), 'the page went away with the server');
  await shot(lost, 'state-lost');
  await lab.start();
  await lost.waitForFunction(() => !/Live updates stopped/.test(document.body.textContent) && /Playing|pairs played|Starting|Waiting/.test(document.querySelector('.status')?.textContent ?? ''));
  await lost.click('text=Stop', { timeout: 2000 }).catch(() => undefined); // it may be over already
  await lost.close();
  say('server killed and started again in the middle of a run');
  await context.close();
}

// A way through the lab by keys alone.
import { becomes, check, settled, visit } from './lab.mjs';

/** keyboard goes from the gallery to a report without a mouse. */
export async function keyboard(b, lab, run) {
  const context = await b.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await visit(context, lab, '#/');
  const to = async (what, test) => {
    for (let i = 0; i < 150; i++) {
      await page.keyboard.press('Tab');
      if (await page.evaluate(test)) {
        const ring = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
        check(ring !== 'none', `the focus cannot be seen on ${what}`);
        return;
      }
    }
    throw new Error(`${what} cannot be reached with Tab`);
  };
  await page.keyboard.press('Tab');
  await becomes(page, () => document.activeElement.classList.contains('skip'), 'the first stop is not the skip link');
  await to('Run of As it happened', () => document.activeElement.getAttribute('aria-label') === 'Run: As it happened');
  await page.evaluate((h) => history.replaceState(null, '', h), '#/');
  await page.evaluate((h) => (document.activeElement.href = h), run);
  await page.keyboard.press('Enter');
  await settled(page);
  await to('a lever', () => document.activeElement.type === 'range');
  await to('an event', () => !!document.activeElement.closest('.strip'));
  await page.keyboard.press('Enter');
  await to('the edge of an event', () => document.activeElement.classList.contains('edge'));
  await page.keyboard.press('ArrowRight');
  check((await page.textContent('.edge.moved')).length > 0, 'an event does not move by key');
  await page.keyboard.press('Escape');
  await to('a chart', () => document.activeElement.classList.contains('surface'));
  const week = await page.evaluate(() => document.querySelector('.surface').getAttribute('aria-valuetext').split('.')[0]);
  await page.keyboard.press('ArrowRight');
  await becomes(page, (old) => {
    const now = [...document.querySelectorAll('.surface')].map((s) => s.getAttribute('aria-valuetext').split('.')[0]);
    return now[0] !== old && now.every((w) => w === now[0]);
  }, `the cursor does not move, or is not one on all charts: ${week}`, week);
  await page.keyboard.press('t');
  await page.waitForSelector('.chart table');
  await focused(page);
  await to('the report', () => document.activeElement.textContent === 'Report' || document.activeElement.textContent === 'Compare in detail');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => location.hash.startsWith('#/compare') || location.pathname.startsWith('/report'));
  await context.close();
}

// What goes away with a key hands the focus on to what stands for it, and not to the top of the page.
async function focused(page) {
  const on = (what, test) => becomes(page, test, `the focus is lost after ${what}`);
  const press = async (where, key) => {
    await page.locator(where).first().focus();
    await page.keyboard.press(key);
  };
  await on('T', () => document.activeElement.dataset.tool === 'table');
  await press('.lever input', 'ArrowLeft');
  await press('.lever .link', 'Enter');
  await on('Reset', () => document.activeElement.type === 'range');
  await press('.lever input', 'ArrowLeft');
  await press('.levers .row > .small', 'Enter');
  await on('Reset all', () => document.activeElement.id === 'levers');
  await press('.round', 'Enter');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Escape');
  await on('Esc in a note', () => document.activeElement.className === 'round' && !document.querySelector('.pop'));
  await settled(page);
  await press('#predict', 'Enter');
  await on('Predict first', () => document.activeElement.tagName === 'H2');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Space');
  await press('.predict .main', 'Enter');
  await on('Show me', () => document.activeElement.tagName === 'H2');
}

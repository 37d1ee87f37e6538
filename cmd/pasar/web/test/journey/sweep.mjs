// A played sweep: the server's own comparison, told again for each setting with another effect, since playing 38 settings takes minutes.
import { accessible, becomes, check, shot, straight, visit } from './lab.mjs';

const small = 'seed=1&n=2&buyers=200';
const effects = { 'reopen.seamless': 0.03, 'pilot.caps.share_of_pre': 0.12, 'params.disc.rho': -0.06, 'params.buyer.habit_beta': 0.01, 'promo-shopee.share': -0.3, 'sep.linkout': 0.004 };

/** sweep looks at all three pictures on a desk and on phones. */
export async function sweep(b, lab, say) {
  const real = await (await fetch(`${lab.url}api/runs`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ scenario: 'pilot', base: { scenario: 'no-ban' }, seed: 1, n: 2, buyers: 200 }) })).json();
  check(real.state === 'done', `the sweep begins before its run is played: ${real.state}`);
  const comparison = await (await fetch(`${lab.url}api/compare?a=${real.base_key}&b=${real.key}`)).json();
  for (const [width, lang, colorScheme] of [[1440, 'en', 'light'], [390, 'id', 'dark'], [320, 'en', 'light']]) {
    const context = await b.newContext({ viewport: { width, height: 800 }, colorScheme });
    const settings = [];
    await context.route('**/api/runs', (r) => {
      settings.push(JSON.parse(r.request().postData()).set ?? []);
      return r.fulfill({ json: { ...real, key: 'f'.repeat(24) + String(settings.length - 1).padStart(8, '0') } });
    });
    await context.route(/api\/runs\/f{24}/, (r) => r.fulfill({ json: { ...real, key: r.request().url().slice(-32) } }));
    await context.route('**/api/compare?*', (r) => {
      const set = settings[Number(new URL(r.request().url()).searchParams.get('b').slice(-8))];
      const mid = set.map((s) => s.split('=')).reduce((sum, [path, v]) => sum + (effects[path] ?? 0) * (Number.parseFloat(v) - 0.3), -0.03);
      return r.fulfill({ json: { ...comparison, headlines: comparison.headlines.map((h) => ({ ...h, relative: mid, relative_lo: mid - 0.02, relative_hi: mid + 0.02, verdict: Math.abs(mid) > 0.02 ? 'clear' : 'not clear' })) } });
    });
    const page = await visit(context, lab, `#/sweep?s=pilot&base=no-ban&${small}&lang=${lang}`);
    const look = async (name) => {
      const cut = await page.evaluate(() => [...document.querySelectorAll('main svg text')].filter((t) => {
        const in_ = t.getBoundingClientRect(), of = t.ownerSVGElement.getBoundingClientRect();
        return in_.left < of.left || in_.right > of.right;
      }).map((t) => t.textContent));
      check(!cut.length, `${name} at ${width} px cuts ${cut.join(', ')}`);
      await straight(page, `${name} at ${width} px`);
      await accessible(page, `${name} at ${width} px`);
      await shot(page, `${name}-${lang}-${width}`);
    };
    const play = async () => {
      await page.click('.plan .main');
      await becomes(page, () => document.querySelector('.plan progress')?.position === 1 && !document.querySelector('.plan button'), 'a sweep does not come to its end');
    };
    await page.waitForSelector('.plan');
    await play();
    await look('tornado');
    await page.click('.ways input >> nth=1');
    await play();
    const signs = await page.locator('.cell').allTextContents(), turns = await page.locator('.heat td').evaluateAll((cells) => cells.map((c) => getComputedStyle(c).boxShadow !== 'none'));
    signs.forEach((s, k) => {
      const minus = (i) => signs[i].includes('−');
      const turn = (k % 5 < 4 && minus(k) !== minus(k + 1)) || (k >= 5 && minus(k) !== minus(k - 5));
      check(turns[k] === turn, `no line beside ${s}, or one too many`);
    });
    check(turns.some(Boolean), 'the sign changes nowhere');
    await look('heat');
    await page.click('.ways input >> nth=2');
    const most = page.locator('.minmax input').nth(3); // of the caps, in per cent as they are told
    check((await most.inputValue()) === '100', `shares are typed as ${await most.inputValue()} and told in per cent`);
    await most.fill('30');
    await most.press('Tab');
    await becomes(page, () => document.querySelectorAll('tbody tr').length < 30, 'a limit keeps all settings');
    await look('all');
    await context.close();
  }
  say('a played sweep: what matters most, two levers, all runs');
}

// The lab under test: the real Go server on a folder of its own, and a browser that tells what it asked for.
import { spawn, execFileSync } from 'node:child_process';
import { mkdtempSync, mkdirSync, readFileSync, rmSync, existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const top = new URL('../../../../../', import.meta.url).pathname;
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const shots = process.env.SHOTS; // a folder for pictures, if they are wanted

/** check throws with what was expected. */
export function check(ok, what) {
  if (!ok) throw new Error(what);
}

/** becomes waits until a page says yes; a page answers a key or a click when it has drawn again, not at once. */
export async function becomes(page, test, what, arg) {
  await page.waitForFunction(test, arg).catch(() => check(false, what));
}

/** A lab on a folder; kill and start again keep the folder and the port. */
export class Lab {
  dir = mkdtempSync(join(tmpdir(), 'lab-'));
  port = 0;
  log = '';

  constructor() {
    this.binary = process.env.PASAR ?? join(this.dir, 'pasar');
    if (!process.env.PASAR) execFileSync('go', ['build', '-o', this.binary, './cmd/pasar'], { cwd: top, stdio: 'inherit' });
  }

  async start() {
    this.child = spawn(this.binary, ['serve', '--listen', `127.0.0.1:${this.port}`, '--dir', join(this.dir, 'runs'), '--history=false']);
    const told = new Promise((done, fail) => {
      const hear = (b) => {
        this.log += b;
        const m = /http:\/\/127\.0\.0\.1:(\d+)/.exec(this.log);
        if (m) done(Number(m[1]));
      };
      this.child.stdout.on('data', hear);
      this.child.stderr.on('data', hear);
      this.child.on('exit', () => fail(new Error('pasar serve ended: ' + this.log)));
    });
    told.catch(() => undefined);
    this.port = await told;
    return this;
  }

  get url() {
    return `http://127.0.0.1:${this.port}/`;
  }

  async kill() {
    const gone = new Promise((done) => this.child.once('exit', done));
    this.child.kill('SIGKILL');
    await gone;
    this.log = '';
  }

  async close() {
    await this.kill();
    rmSync(this.dir, { recursive: true, force: true });
  }
}

/** browser starts the system's Chromium. */
export function browser() {
  const path = process.env.CHROMIUM ?? ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);
  check(path, 'no Chromium found; set CHROMIUM to its path');
  return chromium.launch({ executablePath: path, args: ['--no-sandbox'] });
}

/** visit opens a page that counts errors and requests to other places. */
export async function visit(context, lab, hash) {
  context.setDefaultTimeout(60000);
  const page = await context.newPage();
  page.problems = [];
  page.on('pageerror', (e) => page.problems.push(`error: ${e.message}`));
  page.on('console', (m) => m.type() === 'error' && !/Failed to load resource/.test(m.text()) && page.problems.push(`console: ${m.text()}`));
  page.on('request', (r) => {
    const u = new URL(r.url());
    if (!['blob:', 'data:'].includes(u.protocol) && u.origin !== new URL(lab.url).origin) page.problems.push(`request to ${u.origin}`);
  });
  await page.goto(lab.url + hash);
  await page.waitForSelector('main h1');
  return page;
}

/** settled waits until nothing is being played or read on a screen of a run. */
export async function settled(page) {
  await page.waitForFunction(() => /\d+ (pairs played|pasang dimainkan)/.test(document.querySelector('.status')?.textContent ?? ''));
  await page.waitForSelector('.stale', { state: 'detached' });
}

/** accessible runs axe on a page: A, AA, 2.2 and best practice. */
export async function accessible(page, name) {
  if (!(await page.evaluate(() => !!globalThis.axe))) await page.evaluate(axeSource);
  const found = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'], runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }));
  const list = found.violations.map((v) => `${v.id}: ${v.nodes.slice(0, 3).map((n) => n.target.join(' ')).join(' | ')}`);
  check(!list.length, `axe on ${name}:\n  ${list.join('\n  ')}`);
}

/** straight checks that a page does not scroll sideways, had no errors, and asked nobody else. */
export async function straight(page, name) {
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  check(over <= 0, `${name} scrolls sideways by ${over} px`);
  check(!page.problems.length, `${name}: ${page.problems.join('; ')}`);
}

/** shot keeps a picture, if pictures are wanted. */
export async function shot(page, name) {
  if (!shots) return;
  mkdirSync(shots, { recursive: true });
  await page.screenshot({ path: join(shots, `${name}.png`), fullPage: true });
}

// Why this file: goes through all the screens as a person would, takes a picture of each in both widths and themes, and fails on console errors, failed requests and serious accessibility findings.
// Usage: node screenshots.mjs --out FOLDER [--base URL --user NAME --password WORD [--token SETUP_TOKEN]] [--language zh-CN]
// Without --base it serves the demonstration build (dist-demo) itself.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { AxeBuilder } from '@axe-core/playwright';
import { chromium } from 'playwright-core';

const { values: options } = parseArgs({ options: {
  out: { type: 'string', default: 'screenshots' }, base: { type: 'string' }, user: { type: 'string' }, password: { type: 'string' }, token: { type: 'string' },
  language: { type: 'string', default: 'zh-CN' }, browser: { type: 'string', default: '/usr/bin/chromium' },
} });
const demo = !options.base;
const credentials = { user: options.user ?? 'admin', password: options.password ?? 'demonstration-1', token: options.token ?? (demo ? 'demo-token' : undefined) };
mkdirSync(options.out, { recursive: true });

let preview;
let base = options.base?.replace(/\/$/, '');
if (demo) {
  const vite = await import('vite');
  preview = await vite.preview({ mode: 'demo', build: { outDir: 'dist-demo' }, preview: { port: 0, host: '127.0.0.1' }, logLevel: 'error' });
  base = preview.resolvedUrls.local[0].replace(/\/$/, '');
}

const troubles = [];
let axeRuns = 0;
let pictures = 0;
const browser = await chromium.launch({
  executablePath: options.browser,
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});

async function open(width, theme, begin) {
  const context = await browser.newContext({ viewport: { width, height: width < 720 ? 844 : 900 }, colorScheme: theme, locale: options.language, timezoneId: 'Asia/Shanghai', reducedMotion: 'reduce', deviceScaleFactor: 1 });
  const page = await context.newPage();
  const state = { where: '', allowed: /$^/ };
  page.on('console', (message) => {
    // The browser itself reports answers of 400 and above; those are judged below.
    if (message.type() === 'error' && !/Failed to load resource/.test(message.text())) troubles.push(`${state.where}: console: ${message.text()}`);
  });
  page.on('pageerror', (error) => {
    // The fake server's worker may be looked for while the page is being left.
    if (!demo || !/mockServiceWorker/.test(error.message)) troubles.push(`${state.where}: page error: ${error.message}`);
  });
  page.on('requestfailed', (request) => {
    if (!/ERR_ABORTED/.test(request.failure()?.errorText ?? '')) troubles.push(`${state.where}: request failed: ${request.method()} ${request.url()}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 400 && !state.allowed.test(`${response.status()} ${new URL(response.url()).pathname}`)) troubles.push(`${state.where}: ${response.status()} ${response.request().method()} ${response.url()}`);
  });
  if (demo && begin) await page.addInitScript((value) => { if (!sessionStorage.getItem('yuanliu.demo')) sessionStorage.setItem('yuanliu.demo', value); }, begin);
  const shoot = async (name) => {
    state.where = `${name} ${width} ${theme}`;
    await page.waitForTimeout(350);
    await page.screenshot({ path: join(options.out, `${name}-${width}-${theme}.png`), fullPage: width < 720 && !(await page.locator('.ant-drawer-open').count()) });
    pictures += 1;
    const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).analyze();
    axeRuns += 1;
    for (const { id, impact, nodes } of violations) {
      const line = `${state.where}: axe ${impact}: ${id}: ${nodes.slice(0, 3).map(({ html }) => html.slice(0, 160)).join(' | ')}`;
      if (impact === 'serious' || impact === 'critical') troubles.push(line);
      else console.log(`note: ${line}`);
    }
  };
  return { context, page, state, shoot };
}

const main = (page) => page.locator('main');
const settle = (page) => page.waitForFunction(() => !document.querySelector('.loading'));

async function login(page) {
  await page.locator('input[autocomplete=username]').fill(credentials.user);
  await page.locator('input[autocomplete=current-password]').fill(credentials.password);
  await page.locator('button[type=submit]').click();
  await page.waitForURL(/\/months/);
}

async function enter({ page, state, shoot }) {
  state.allowed = /^401 |^404 .*favicon/;
  await page.goto(`${base}/`);
  await page.waitForURL(/\/(setup|login|months)/);
  await settle(page);
  await page.waitForTimeout(300);
  if (/\/setup/.test(page.url())) {
    await shoot('01-setup');
    if (!credentials.token) throw new Error('the server wants its set-up: give --token');
    await page.locator('#token').fill(credentials.token);
    await page.locator('#username').fill(credentials.user);
    await page.locator('#password').fill(credentials.password);
    await page.locator('#repeat').fill(credentials.password);
    await page.locator('button[type=submit]').click();
    await page.locator('a[href="/login"]').click();
  }
  await page.waitForURL(/\/login/);
  await page.locator('input[autocomplete=username]').waitFor();
  await shoot('02-login');
  await login(page);
}

async function walk(width, theme) {
  const tab = await open(width, theme, demo ? 'setup' : undefined);
  const { page, state, shoot } = tab;
  const narrow = width < 720;
  await enter(tab);
  state.allowed = /$^/;
  await page.goto(`${base}/months`);
  await page.locator('.month').first().waitFor();
  await shoot('03-months');
  await page.goto(`${base}/import`);
  await page.locator('h1').waitFor();
  await shoot('04-import');
  if (narrow) {
    await page.locator('.bar .only-narrow').click();
    await page.locator('.ant-drawer nav').waitFor();
    await shoot('05-menu');
    await page.keyboard.press('Escape');
  }
  if (demo) {
    await page.locator('input[type=file]').setInputFiles('src/demo');
    await page.locator('main .row-do .ant-btn-primary').waitFor();
    await shoot('06-import-chosen');
    await page.locator('main .row-do .ant-btn-primary').click();
    await page.waitForURL(/\/jobs\//);
    await page.locator('.job-line').waitFor();
    await shoot('07-import-running');
    await page.locator('h2').first().waitFor({ timeout: 20000 });
    await shoot('08-import-findings');
  }
  await page.goto(`${base}/months`);
  const compute = page.locator('.month-do button').last();
  await compute.waitFor();
  const before = page.url();
  await compute.click();
  await page.waitForURL((url) => url.href !== before && /\/jobs\//.test(url.href));
  await page.locator('.ant-progress').waitFor();
  await shoot('09-run');
  if (!demo) await page.reload();
  await page.locator('.ant-alert-success').waitFor({ timeout: 120000 });
  await shoot('10-run-done');
  await page.locator('main a.as-button.primary').click();
  await page.locator(narrow ? '.card' : '[role=grid]').first().waitFor();
  await settle(page);
  const period = /months\/([\d-]+)\//.exec(page.url())[1];
  const groups = `${base}/months/${period}/groups`;
  await shoot('11-groups');
  await page.goto(`${groups}?unit=wan&sort=-cost&only=deficit`);
  await page.locator(narrow ? '.card' : '[role=grid]').first().waitFor();
  await page.locator('details.proof summary').click();
  await shoot('12-groups-wan-proof');
  await page.goto(groups);
  await page.locator('.strip button').last().waitFor();
  await page.locator('.strip button').last().click();
  await page.locator('.story-total').waitFor();
  await shoot('13-story-total');
  await page.goto(`${groups}?basis=dip&sort=-cases`);
  const groupLink = page.locator(narrow ? '.card h3 a' : '[role=rowheader] a').first();
  await groupLink.waitFor();
  await groupLink.click();
  await page.waitForURL(/groups\/dip\//);
  await page.locator(narrow ? '.card h3 a' : '[role=rowheader] a').first().waitFor();
  await settle(page);
  await shoot('14-cases');
  await page.locator('.strip button').last().click();
  await page.locator('.story-total').waitFor();
  await shoot('15-story-group');
  await page.locator('.ant-drawer-extra button').click();
  await page.locator(narrow ? '.card h3 a' : '[role=rowheader] a').first().click();
  await page.waitForURL(/\/cases\//);
  await page.locator('[role=grid]').waitFor();
  await shoot('16-case');
  await page.locator('.strip button').nth(1).click();
  await page.locator('.story-total').waitFor();
  await shoot('17-story-payment');
  await page.locator('.ant-drawer-extra button').click();
  await page.locator('.ant-drawer-body').waitFor({ state: 'detached' });
  await page.locator('.strip button').nth(2).click();
  await page.locator('[role=treegrid]').waitFor();
  await shoot('18-story-cost');
  const fold = page.locator('[role=treegrid] .folds .first').first();
  if (await fold.count()) {
    await fold.click();
    await shoot('19-story-lines');
    await page.locator('[role=treegrid] .folds .first').first().click();
  }
  await page.locator('[role=treegrid] [role=row]:has(.chevron:not(:empty)) [role=gridcell].opens').first().click();
  await page.locator('.trail').waitFor();
  await page.locator('[role=treegrid]').waitFor();
  await settle(page);
  await shoot('20-story-department');
  const kind = page.locator('[role=treegrid] .folds .first').first();
  if (await kind.count()) {
    await kind.click();
    await shoot('21-story-vouchers');
  }
  await page.goto(`${base}/nowhere`);
  await page.locator('h1').waitFor();
  await shoot('22-unknown');
  await tab.context.close();
}

/** The keyboard alone: from the address bar to a figure's parts. */
async function keyboardOnly() {
  const { context, page, state } = await open(1440, 'light', demo ? 'setup' : undefined);
  state.where = 'keyboard only';
  state.allowed = /^401 /;
  if (demo) await page.addInitScript(() => sessionStorage.setItem('yuanliu.demo', 'in'));
  await page.goto(`${base}/months`);
  if (!demo) {
    await page.locator('input[autocomplete=username]').waitFor();
    await login(page);
  }
  await page.locator('.month a.as-button').first().waitFor();
  await page.goto(`${base}${await page.locator('.month a.as-button').first().getAttribute('href')}`);
  await page.locator('[role=grid]').waitFor();
  await page.keyboard.press('Tab');
  if (!(await page.evaluate(() => document.activeElement?.classList.contains('skip')))) troubles.push('keyboard only: the first stop is not the skip link');
  for (let stops = 0; stops < 60 && !(await page.evaluate(() => document.activeElement?.getAttribute('role') === 'grid')); stops += 1) await page.keyboard.press('Tab');
  const rows = Number(await page.locator('[role=grid]').getAttribute('aria-rowcount'));
  const steps = Math.min(30, rows - 3);
  for (let step = 0; step < steps; step += 1) await page.keyboard.press('ArrowDown');
  const landed = await page.evaluate(() => Number(document.getElementById(document.activeElement?.getAttribute('aria-activedescendant') ?? '')?.closest('[role=row]')?.getAttribute('aria-rowindex')));
  if (landed !== steps + 2) troubles.push(`keyboard only: ${steps} steps down landed on row ${landed}`);
  const seen = await page.evaluate(() => {
    const cell = document.getElementById(document.activeElement?.getAttribute('aria-activedescendant') ?? '')?.getBoundingClientRect();
    const grid = document.activeElement?.getBoundingClientRect();
    return Boolean(cell && grid && cell.top >= grid.top && cell.bottom <= grid.bottom + 1);
  });
  if (!seen) troubles.push('keyboard only: the active cell is out of sight');
  await page.keyboard.press('End');
  await page.screenshot({ path: join(options.out, '30-keyboard-1440-light.png') });
  await page.keyboard.press('Enter');
  await page.locator('.story-total').waitFor();
  await page.keyboard.press('Escape');
  await page.locator('.ant-drawer-body').waitFor({ state: 'detached' });
  await context.close();
}

try {
  for (const width of [1440, 390]) for (const theme of ['light', 'dark']) await walk(width, theme);
  await keyboardOnly();
} catch (error) {
  troubles.push(`stopped: ${error.stack ?? error}`);
} finally {
  await browser.close();
  await preview?.close();
}
for (const trouble of new Set(troubles)) console.error(trouble);
console.log(`${pictures} pictures in ${options.out}, ${axeRuns} accessibility checks, ${new Set(troubles).size} troubles`);
process.exit(troubles.length ? 1 : 0);

// Why this file: one browser window that judges every screen it is shown: console, requests, accessibility, sums that don't agree, and whatever is cut off.
import { join } from 'node:path';
import axe from 'axe-core';

/** What is judged in the first window of a width; and what a theme alone may change, in the second. */
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const rulesOfColour = ['color-contrast', 'link-in-text-block'];

/** Nothing has changed for a tenth of a second, and what moves has arrived. */
const quiet = (page) => page.evaluate(() => new Promise((resolve) => {
  const longest = performance.now() + 3000;
  let timer;
  const still = async () => {
    observer.disconnect();
    await document.fonts.ready;
    await Promise.allSettled(document.getAnimations().filter((one) => one.effect?.getTiming().iterations !== Infinity).map((one) => one.finished));
    requestAnimationFrame(() => requestAnimationFrame(resolve));
  };
  const again = () => {
    clearTimeout(timer);
    timer = setTimeout(still, performance.now() < longest ? 100 : 0);
  };
  const observer = new MutationObserver(again);
  observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
  again();
}));

/** What a reader would complain about, said by the layout itself. */
const complaints = (page) => page.evaluate(() => {
  const found = [];
  const said = (element) => element.textContent.trim().slice(0, 60);
  if (document.documentElement.scrollWidth > innerWidth) found.push(`the page is ${document.documentElement.scrollWidth} px wide`);
  for (const grid of document.querySelectorAll('.grid')) if (grid.scrollWidth > grid.clientWidth + 1) found.push(`a table is cut off at its right: ${grid.getAttribute('aria-label')}`);
  for (const cell of document.querySelectorAll('.grid .cell, .strip > div, .card dd')) if (cell.scrollWidth > cell.clientWidth + 1) found.push(`does not fit its place: ${said(cell)}`);
  for (const cell of document.querySelectorAll('.grid .cell.numeric')) if (getComputedStyle(cell).textAlign !== 'right') found.push(`a figure is not right aligned: ${said(cell)}`);
  for (const dialog of document.querySelectorAll('.ant-modal, .ant-drawer-content-wrapper')) if (dialog.offsetParent !== null && getComputedStyle(dialog).opacity !== '1') found.push(`a dialog does not show: ${said(dialog)}`);
  for (const bad of document.querySelectorAll('.check.bad')) found.push(`a sum does not agree: ${said(bad)}`);
  return found;
});

/** What the accessibility rules find in the page; they are brought to it once. */
async function violations(page, runOnly) {
  if (!(await page.evaluate(() => Boolean(window.axe)))) await page.evaluate(axe.source);
  const found = await page.evaluate((options) => window.axe.run(document, options), { runOnly, resultTypes: ['violations'] });
  return found.violations;
}

function listen(page, state, report, demo) {
  page.on('console', (message) => {
    // The browser itself reports answers of 400 and above; those are judged below.
    if (message.type() === 'error' && !/Failed to load resource/.test(message.text())) report(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => {
    // The fake server's worker may be looked for while the page is being left.
    if (!demo || !/mockServiceWorker/.test(error.message)) report(`page error: ${error.message}`);
  });
  page.on('requestfailed', (request) => {
    if (!/ERR_ABORTED/.test(request.failure()?.errorText ?? '')) report(`request failed: ${request.method()} ${request.url()}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 400 && !state.allowed.test(`${response.status()} ${new URL(response.url()).pathname}`)) report(`${response.status()} ${response.request().method()} ${response.url()}`);
  });
}

/** Opens a window; `record` collects pictures, checks and troubles of all windows. `onlyColour`: another window of this width judges the rest. */
export async function openTab({ browser, width, theme, onlyColour, record, world }) {
  const context = await browser.newContext({ viewport: { width, height: width < 720 ? 844 : 900 }, colorScheme: theme, locale: world.language, timezoneId: 'Asia/Shanghai', reducedMotion: 'reduce', deviceScaleFactor: 1 });
  const page = await context.newPage();
  const state = { where: 'beginning', allowed: /$^/ };
  const report = (text) => record.troubles.add(`${state.where} ${width} ${theme}: ${text}`);
  listen(page, state, report, world.demo);
  if (world.demo) await page.addInitScript((value) => { if (!sessionStorage.getItem('yuanliu.demo')) sessionStorage.setItem('yuanliu.demo', value); }, 'setup');
  const picture = async (name) => {
    state.where = name;
    await quiet(page);
    const fullPage = width < 720 && !(await page.locator('.ant-drawer-open').count());
    if (fullPage) await page.evaluate(() => scrollTo(0, 0));
    await page.screenshot({ path: join(record.folder, `${name}-${width}-${theme}.png`), fullPage });
    record.pictures += 1;
  };
  const shoot = async (name) => {
    await picture(name);
    for (const complaint of await complaints(page)) report(complaint);
    record.checks += 1;
    for (const { id, impact, nodes } of await violations(page, onlyColour ? rulesOfColour : rules)) {
      const line = `axe ${impact}: ${id}: ${nodes.slice(0, 3).map(({ html }) => html.slice(0, 160)).join(' | ')}`;
      if (impact === 'serious' || impact === 'critical') report(line);
      else console.log(`note: ${name} ${width} ${theme}: ${line}`);
    }
  };
  /** Answers of 400 and above that belong to what is done here. */
  const allowing = async (answers, work) => {
    state.allowed = answers;
    await work();
    state.allowed = /$^/;
  };
  return { context, page, report, picture, shoot, allowing, narrow: width < 720, at: `${width} ${theme}` };
}

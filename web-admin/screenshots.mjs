// Why this file: goes through all the screens as a person would, takes a picture of each in both widths and themes, and fails on console errors, failed requests, serious accessibility findings, sums that differ and whatever is cut off.
// Usage: node screenshots.mjs --out FOLDER [--base URL --user NAME --password WORD [--token SETUP_TOKEN]] [--upload FOLDER]… [--broken FOLDER] [--windows all|two] [--language zh-CN]
// Without --base it serves the demonstration build (dist-demo) itself. --upload: a month folder to import, with its rules/ inside; given twice, the windows take turns.
// --broken: a month folder that must be refused with findings. --windows two: 1440 px light and 390 px dark only.
import { mkdirSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { enter, firstVisit, months, unknown } from './walk/entrance.mjs';
import { reports } from './walk/reports.mjs';
import { cases, groups, keyboardOnly, story, why } from './walk/results.mjs';
import { openTab } from './walk/tab.mjs';
import { compute, importAsked, importBroken, importMonth } from './walk/work.mjs';

const { values: options } = parseArgs({ options: {
  out: { type: 'string', default: 'screenshots' }, base: { type: 'string' }, user: { type: 'string' }, password: { type: 'string' }, token: { type: 'string' },
  upload: { type: 'string', multiple: true }, broken: { type: 'string' }, windows: { type: 'string', default: 'all' },
  language: { type: 'string', default: 'zh-CN' }, browser: { type: 'string', default: '/usr/bin/chromium' },
} });
const demo = !options.base;
const world = {
  demo, language: options.language, base: options.base?.replace(/\/$/, ''), period: undefined, tabs: [],
  credentials: { user: options.user ?? 'admin', password: options.password ?? 'demonstration-1', token: options.token ?? (demo ? 'demo-token' : undefined) },
  uploads: options.upload ?? (demo ? ['../docs/example-month/month'] : []), broken: options.broken ?? (demo ? 'src/demo' : undefined),
};
const record = { folder: options.out, pictures: 0, checks: 0, troubles: new Set() };
const windows = options.windows === 'two' ? [[1440, 'light'], [390, 'dark']] : [[1440, 'light'], [390, 'dark'], [1440, 'dark'], [390, 'light']];
mkdirSync(options.out, { recursive: true });

let preview;
if (demo) {
  const vite = await import('vite');
  preview = await vite.preview({ mode: 'demo', build: { outDir: 'dist-demo' }, preview: { port: 0, host: '127.0.0.1' }, logLevel: 'error' });
  world.base = preview.resolvedUrls.local[0].replace(/\/$/, '');
}
const browser = await chromium.launch({
  executablePath: options.browser,
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});
// Step by step in all windows: what happens to a hospital only once, all of them see before one does it.
const steps = [firstVisit, enter, months, importMonth, importBroken, compute, importAsked, groups, cases, story, why, reports, unknown];
try {
  for (const [index, [width, theme]] of windows.entries()) world.tabs.push(await openTab({ browser, width, theme, onlyColour: index > 1, record, world }));
  for (const step of steps) {
    const began = performance.now();
    for (const tab of world.tabs) await step(tab, world);
    console.log(`${step.name}: ${((performance.now() - began) / 1000).toFixed(1)} s`);
  }
  await keyboardOnly(world.tabs[0], world);
} catch (error) {
  record.troubles.add(`stopped: ${error.stack ?? error}`);
} finally {
  await browser.close();
  await preview?.close();
}
for (const trouble of record.troubles) console.error(trouble);
console.log(`${record.pictures} pictures in ${options.out}, ${record.checks} accessibility checks, ${record.troubles.size} troubles`);
process.exit(record.troubles.size ? 1 : 0);

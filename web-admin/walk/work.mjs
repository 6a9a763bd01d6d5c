// Why this file: what changes the hospital: a folder is chosen, sent and imported, a broken one is refused with its mend, a month is computed.
const patience = { timeout: 120_000 };

/** The name of a step must be a word of the page's language. */
async function watched({ page, report }, { language }) {
  const step = (await page.locator('.job-line .muted').allInnerTexts()).join(' ');
  if (language.startsWith('zh') && /[A-Za-z]{2}/.test(step)) report(`a step is not translated: ${step}`);
}

async function send(tab, world, folder, names) {
  const { page, shoot } = tab;
  await page.goto(`${world.base}/import`);
  await page.locator('main .ant-btn-primary').waitFor();
  if (names.before) await shoot(names.before);
  await page.locator('input[type=file]').setInputFiles(folder);
  await page.locator('main [role=grid]').waitFor();
  await shoot(names.chosen);
  await page.locator('main .row-do .ant-btn-primary').click();
  await Promise.race([page.waitForURL(/\/jobs\//, patience), page.locator('.confirm').waitFor(patience)]);
  // A month with a result asks first.
  if (await page.locator('.confirm').isVisible()) {
    await shoot(`${names.chosen}-confirm`);
    await page.locator('.confirm .ant-btn-primary').click();
    await page.waitForURL(/\/jobs\//, patience);
  }
  await page.locator('.job-line').waitFor();
  await watched(tab, world);
  await shoot(names.running);
}

export async function importMonth(tab, world) {
  const folder = world.uploads[world.tabs.indexOf(tab) % world.uploads.length];
  if (!folder) return;
  await send(tab, world, folder, { before: '04-import', chosen: '05-import-chosen', running: '06-import-running' });
  await tab.page.locator('.ant-alert-success').waitFor(patience);
  await tab.shoot('07-import-done');
}

/** Each thing that must be mended says in which file and row it is, what is wrong and what to do. */
async function told({ page, narrow }) {
  if (narrow) {
    const [head = '', ...lines] = (await page.locator('.card').first().innerText()).split('\n').map((line) => line.trim()).filter(Boolean);
    return { place: head + lines.slice(0, -2).join(' '), what: lines.at(-2) ?? '', mend: lines.at(-1) ?? '' };
  }
  const [, file = '', row = '', column = '', what = '', mend = ''] = await page.locator(':is([role=grid], [role=treegrid]) [aria-rowindex="2"] .cell').allInnerTexts();
  return { place: `${file} ${row} ${column}`, what, mend };
}

export async function importBroken(tab, world) {
  if (!world.broken) return;
  await send(tab, world, world.broken, { chosen: '08-broken-chosen', running: '08-broken-running' });
  await tab.page.locator('.ant-alert-error').waitFor(patience);
  await tab.page.locator('h2').first().waitFor();
  await tab.shoot('09-broken-findings');
  const { place, what, mend } = await told(tab);
  if (!/\.(csv|json|toml)/.test(place) || (!world.demo && !/\d/.test(place)) || !what.trim() || !mend.trim()) tab.report(`a finding does not say where, what and how to mend it: ${[place, what, mend].join(' | ')}`);
  if (world.tabs.indexOf(tab) === 0) console.log(`the broken folder: ${place} | ${what} | ${mend}`);
}

export async function compute(tab, world) {
  const { page, shoot } = tab;
  await page.goto(`${world.base}/months`);
  const months = page.locator('.month');
  await months.first().waitFor();
  await shoot('10-months');
  await months.last().locator('.month-do button').click();
  await page.waitForURL(/\/jobs\//);
  await page.locator('.ant-progress').waitFor();
  await watched(tab, world);
  await shoot('10-run');
  // Whoever comes back to the page finds the job where it is.
  if (!world.demo) await page.reload();
  await page.locator('.ant-alert-success').waitFor(patience);
  await shoot('10-run-done');
  await page.locator('main a.as-button.primary').click();
  await page.waitForURL(/\/groups/);
  world.period = /months\/([\d-]+)\//.exec(page.url())[1];
}

/** Who would replace a month that has a result is asked first, and may go back. */
export async function importAsked(tab, world) {
  const folder = world.uploads.at(-1);
  if (!folder || world.demo) return;
  const { page, shoot } = tab;
  await page.goto(`${world.base}/import`);
  await page.locator('input[type=file]').setInputFiles(folder);
  await page.locator('main .row-do .ant-btn-primary').click();
  await page.locator('.confirm').waitFor(patience);
  await shoot('10-import-asked');
  await page.locator('.confirm .ant-btn:not(.ant-btn-primary)').click();
  await page.locator('.confirm').waitFor({ state: 'hidden' });
  if (!/\/import$/.test(page.url())) tab.report('going back from the question did not stay on the page');
}

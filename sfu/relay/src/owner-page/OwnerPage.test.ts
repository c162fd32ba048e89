import { createHash, generateKeyPairSync } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pairingCodeSchema } from '@commonsight/types/relay/pairing';
import { nameOfKey } from '@commonsight/types/relay/sharing';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { pageCodeMs, PairingCode } from '../sharing/PairingCode.ts';
import { runSharingCommand } from '../sharing/runSharingCommand.ts';
import { SharingFolder } from '../sharing/SharingFolder.ts';
import { openOwnerPage } from './openOwnerPage.ts';
import { OwnerPage } from './OwnerPage.ts';
import { openForMs, PageCodes } from './PageCodes.ts';

const relayId = '019b8d3c-0000-7000-8000-000000000001';
const log = pino({ level: 'silent' });
const shownCode = /<p class="code">([0-9A-Z-]{23})<\/p>/;
let relayFolder: string;
let folder: SharingFolder;
let code: PairingCode;
/** Since the relay's start. */
let nowMs: number;
let page: OwnerPage;

beforeEach(async () => {
  relayFolder = await mkdtemp(join(tmpdir(), 'commonsight-owner-page-'));
  folder = new SharingFolder(relayFolder, relayId);
  code = new PairingCode(folder.path);
  nowMs = 0;
  page = await open();
});
afterEach(async () => {
  vi.useRealTimers();
  await page.close();
  await rm(relayFolder, { recursive: true });
});

function open(): Promise<OwnerPage> {
  const codes = new PageCodes({ folder, code, log, nowMs: () => nowMs });
  return OwnerPage.open({ address: '127.0.0.1', port: 0, siteName: 'Corner shop <1>', codes, log });
}

interface Call {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly from?: string;
}

/** Not by fetch, which sets the host by itself. */
function call({ method = 'GET', path = '/', headers = {}, body, from }: Call = {}) {
  const { promise, resolve, reject } = Promise.withResolvers<{
    status: number;
    headers: NodeJS.Dict<string | string[]>;
    html: string;
  }>();
  const sent = httpRequest(
    {
      host: '127.0.0.1',
      port: page.port,
      method,
      path,
      headers,
      ...(from === undefined ? {} : { localAddress: from }),
    },
    (response) => {
      let html = '';
      response.setEncoding('utf8').on('data', (part: string) => void (html += part));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, html }));
    },
  );
  sent.on('error', reject);
  sent.end(body);
  return promise;
}

const origin = () => `http://127.0.0.1:${page.port}`;
const tokenOf = (html: string) => /name="token" value="([\w-]+)"/.exec(html)?.[1] ?? '';
const form = 'application/x-www-form-urlencoded';

/** As a browser sends the page's form. */
async function press(changed: { headers?: Record<string, string>; token?: string; from?: string } = {}) {
  const token = changed.token ?? tokenOf((await call()).html);
  const headers = { origin: origin(), 'content-type': form, ...changed.headers };
  return call({
    method: 'POST',
    path: '/code',
    headers,
    body: new URLSearchParams({ token }).toString(),
    ...(changed.from === undefined ? {} : { from: changed.from }),
  });
}

function newKey(): string {
  return generateKeyPairSync('ed25519').publicKey.export({ format: 'der', type: 'spki' }).toString('base64url');
}

describe('SHR6 the page of the site’s network', () => {
  test('shows a code to who presses, for five minutes and once, and it is the relay’s', async () => {
    const before = await call();
    expect([before.status, shownCode.exec(before.html)]).toEqual([200, null]);
    expect(before.html).toContain('Corner shop &lt;1&gt;');
    expect(await code.running(Date.now())).toBeUndefined();
    const { status, html } = await press();
    expect(status).toBe(200);
    expect(html).toContain('within 5 minutes');
    const shown = shownCode.exec(html)?.[1] ?? '';
    const taken = await code.take(Date.now());
    expect(taken).toEqual({ code: pairingCodeSchema.parse(shown), isForFirstOwner: true });
  });

  test('does not show it to others of the network, and lets none of them make it void', async () => {
    const shown = shownCode.exec((await press({ from: '127.0.0.2' })).html)?.[1] ?? '';
    const looked = await call({ from: '127.0.0.3' });
    expect(looked.html).not.toContain(shown);
    expect(looked.html).toContain('asked for here by 127.0.0.2');
    expect(tokenOf(looked.html)).toBe('');
  });

  test('makes one at a time, also of two presses at once', async () => {
    const token = tokenOf((await call()).html);
    const presses = await Promise.all([press({ token }), press({ token })]);
    expect(presses.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([200, 409]);
    expect(presses.filter(({ html }) => shownCode.test(html))).toHaveLength(1);
    expect((await press({ token })).status).toBe(409);
  });

  test('makes the next one when it is over, ten for a start at most', async () => {
    const token = tokenOf((await call()).html);
    vi.useFakeTimers({ toFake: ['Date'] });
    for (let made = 0; made < 10; made += 1) {
      expect((await press({ token })).status).toBe(200);
      vi.setSystemTime(Date.now() + pageCodeMs);
    }
    const { status, html } = await press({ token });
    expect([status, html.includes('Switch the relay off and on')]).toEqual([409, true]);
  });

  test('makes none when the relay runs for an hour', async () => {
    const token = tokenOf((await call()).html);
    nowMs = openForMs;
    expect((await call()).html).toContain('first hour');
    expect((await press({ token })).status).toBe(409);
    expect(await code.running(Date.now())).toBeUndefined();
  });

  test('makes none when an owner is paired, and names the keys', async () => {
    const token = tokenOf((await call()).html);
    const key = newKey();
    await folder.pair(key);
    expect((await call()).html).toContain(`<strong>${nameOfKey(key)}</strong>`);
    expect((await press({ token })).status).toBe(409);
    expect(await code.running(Date.now())).toBeUndefined();
  });

  test('makes none when nobody can know who is paired', async () => {
    const token = tokenOf((await call()).html);
    await folder.prepare();
    await writeFile(join(folder.path, 'owners.json'), '{', { mode: 0o600 });
    expect((await call()).html).toContain('cannot read');
    expect((await press({ token })).status).toBe(409);
  });

  test('leaves a code of the console alone, and shows it only when the console lets it', async () => {
    const token = tokenOf((await call()).html);
    const commanded = async (isOnPage: boolean) => {
      const lines = await runSharingCommand({ name: 'owner', act: 'code', folder: relayFolder, isOnPage }, relayId);
      return /[0-9A-Z-]{23}/.exec(lines[0] ?? '')?.[0] ?? '';
    };
    const hidden = await commanded(false);
    const pressed = await press({ token });
    expect([pressed.status, pressed.html.includes('relay’s console'), pressed.html.includes(hidden)]).toEqual([
      409,
      true,
      false,
    ]);
    expect((await code.running(Date.now()))?.shown).toBe(hidden);
    await folder.pair(newKey());
    const shown = await commanded(true);
    expect(shownCode.exec((await call()).html)?.[1]).toBe(shown);
    expect(await code.take(Date.now())).toMatchObject({ isForFirstOwner: false });
    expect((await call()).html).not.toContain(shown);
  });
});

describe('SHR6 what is not pressed on the page itself makes no code', () => {
  test.each([
    ['a page of elsewhere', { headers: { origin: 'http://shop.example' } }],
    ['a page that hides where it is', { headers: { origin: 'null' } }],
    ['the same address at another port', { headers: { origin: 'http://127.0.0.1:1' } }],
    ['what the browser says of it', { headers: { 'sec-fetch-site': 'cross-site' } }],
    ['a form that needs no browser’s leave', { headers: { 'content-type': 'text/plain' } }],
    ['a made-up token', { token: 'A'.repeat(43) }],
    ['no token', { token: '' }],
    ['too much', { token: 'A'.repeat(2_000) }],
  ])('%s', async (_, changed) => {
    expect((await press(changed)).status).toBe(403);
    expect(await code.running(Date.now())).toBeUndefined();
  });

  test('nor a request without an origin, nor one by GET', async () => {
    const token = tokenOf((await call()).html);
    const body = new URLSearchParams({ token }).toString();
    const bare = await call({ method: 'POST', path: '/code', headers: { 'content-type': form }, body });
    expect(bare.status).toBe(403);
    expect((await call({ path: `/code?token=${token}` })).status).toBe(404);
    expect(await code.running(Date.now())).toBeUndefined();
  });

  test('under another name, as by DNS rebinding, nothing is answered and no token told', async () => {
    for (const host of ['shop.example', `shop.example:${page.port}`, `localhost:${page.port}`, '127.0.0.1']) {
      const { status, html } = await call({ headers: { host } });
      expect([status, tokenOf(html), html.includes('Corner shop')]).toEqual([421, '', false]);
      expect((await press({ headers: { host, origin: `http://${host}` } })).status).toBe(421);
    }
    expect(await code.running(Date.now())).toBeUndefined();
  });
});

test('SHR6 the page has no script, loads nothing, is in no frame, is kept by nobody and is read by no other page', async () => {
  for (const path of ['/', '/favicon.ico']) {
    const { headers, html } = await call({ path, headers: { origin: 'http://shop.example' } });
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'x-frame-options': 'DENY',
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'same-origin',
      'referrer-policy': 'same-origin',
    });
    const style = /<style>([\s\S]*)<\/style>/.exec(html)?.[1] ?? '';
    const hash = createHash('sha256').update(style).digest('base64');
    expect(headers['content-security-policy']).toBe(
      `default-src 'none'; style-src 'sha256-${hash}'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'`,
    );
    expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
    expect(html).not.toMatch(/<script|src=|<link|@import|url\(/i);
  }
  const head = await call({ method: 'HEAD' });
  expect([head.status, head.html]).toEqual([200, '']);
});

describe('SHR6 the relay', () => {
  const options = () => ({ folder: relayFolder, relayId, siteName: 'Shop', log });

  test('has no page without an address, and goes on without one that is not up', async () => {
    expect(await openOwnerPage({ ...options(), listen: null })).toBeNull();
    const away = await openOwnerPage({ ...options(), listen: { address: '192.0.2.1', port: 7_901 } });
    expect(away?.port).toBeUndefined();
    await away?.close();
    const shown = await openOwnerPage({ ...options(), listen: { address: '127.0.0.1', port: 0 } });
    expect((await fetch(`http://127.0.0.1:${shown?.port}/`)).status).toBe(200);
    await shown?.close();
  });
});

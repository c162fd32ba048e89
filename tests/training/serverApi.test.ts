import { createServer, type IncomingMessage, type Server } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import { createServerApi } from './serverApi.ts';

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

async function serve(answer: (request: IncomingMessage) => { cookie?: string; body: unknown; status?: number }) {
  const listening = createServer((request, response) => {
    const { cookie, body, status = 200 } = answer(request);
    if (cookie) response.setHeader('set-cookie', cookie);
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  server = listening;
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  const address = listening.address();
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
}

const at = '2026-01-05T10:00:00.000Z';
const siteId = '7b0e3c44-26a1-4d6f-9d41-64f1f8a90c01';
const known = { siteId, name: 'R', enrolledAt: at, isOnline: false, onlineChangedAt: null };
const relay = (id: string, revokedAt: string | null) => ({ ...known, id, revokedAt });
const site = {
  id: siteId,
  name: 'Market',
  address: '1 Market St',
  isResidential: false,
  timeZone: null,
  position: { latitude: 43, longitude: -87 },
  relays: [relay('7b0e3c44-26a1-4d6f-9d41-64f1f8a90c02', at), relay('7b0e3c44-26a1-4d6f-9d41-64f1f8a90c03', null)],
};

test('ENR5 a code is made with the cookie of a sign-in that ends again, when the relay of before was revoked', async () => {
  const seen: string[] = [];
  const address = await serve((request) => {
    seen.push(`${request.method} ${request.url} ${request.headers.cookie ?? ''} ${request.headers.origin}`);
    if (request.url === '/api/auth/sign-in/email') return { cookie: 'session=s; HttpOnly; Path=/', body: {} };
    if (request.url === '/api/sites') return { body: { sites: [site] } };
    return { body: { code: 'ABCDE-12345', expiresAt: new Date().toISOString() } };
  });
  const api = createServerApi(address, 'http://localhost:8080');
  expect(await api.createEnrolmentCode({ email: 'a@example.org', password: 'p' }, siteId)).toBe('ABCDE-12345');
  expect(seen).toEqual([
    'POST /api/auth/sign-in/email  http://localhost:8080',
    'GET /api/sites session=s undefined',
    `POST /api/relays/${site.relays[1]?.id}/revoke session=s http://localhost:8080`,
    `POST /api/sites/${siteId}/enrolment-codes session=s http://localhost:8080`,
    'POST /api/auth/sign-out session=s http://localhost:8080',
  ]);
});

test('a refusal is an error with the path and the answer, without the password', async () => {
  const address = await serve(() => ({ status: 401, body: { code: 'INVALID' } }));
  const api = createServerApi(address, 'http://localhost:8080');
  const refusal = api.createEnrolmentCode({ email: 'a@example.org', password: 'wrong-one' }, 'site-1');
  await expect(refusal).rejects.toThrow('POST /api/auth/sign-in/email answers 401: {"code":"INVALID"}');
  await expect(refusal).rejects.not.toThrow('wrong-one');
});

test('health is read as the contract says, and anything else is not health', async () => {
  const healthy = {
    status: 'ready',
    database: 'up',
    redis: 'up',
    audit: 'up',
    sfu: { isConnected: true },
    relays: { enrolled: 1, online: 1 },
    witnesses: { current: 1, alarms: 0 },
  };
  const bodies: unknown[] = [healthy, { status: 'fine' }];
  const address = await serve(() => ({ body: bodies.shift() }));
  const api = createServerApi(address, 'http://localhost:8080');
  expect(await api.health()).toEqual(healthy);
  await expect(api.health()).rejects.toThrow('database');
});

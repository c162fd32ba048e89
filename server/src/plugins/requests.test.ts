import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Fastify from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestClient, type TestServer, createTestServer } from '../testing/createTestServer.ts';
import { testPosition } from '../testing/seed.ts';
import { serveClient } from './serveClient.ts';

/** Over a socket, because clients and test tools tidy a path up before they send it. */
async function ask(path: string): Promise<{ status: number; body: string }> {
  const { port } = server.server.app.server.address() as AddressInfo;
  const socket = connect(port, '127.0.0.1');
  socket.setEncoding('utf8').write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
  const answer = (await socket.toArray()).join('');
  const [head = '', body = ''] = answer.split('\r\n\r\n');
  return { status: Number(head.split(' ')[1]), body };
}

let clientDir: string;
let server: TestServer;
let dispatcher: TestClient;

beforeAll(async () => {
  clientDir = await mkdtemp(join(tmpdir(), 'commonsight-client-'));
  await mkdir(join(clientDir, 'assets'));
  await writeFile(join(clientDir, 'index.html'), '<title>Commonsight</title>');
  await writeFile(join(clientDir, 'assets', 'main-1234.js'), 'export {};');
  server = await createTestServer({ clientDir });
  await server.server.app.listen({ host: '127.0.0.1', port: 0 });
  dispatcher = await server.signIn('dispatcher');
});

afterAll(async () => {
  await server.close();
  await rm(clientDir, { recursive: true });
});

describe('a body that is not what it should be', () => {
  const post = (payload: string, type = 'application/json') =>
    server.server.app.inject({
      method: 'POST',
      url: '/api/incidents',
      headers: { cookie: dispatcher.cookie, 'content-type': type },
      payload,
    });
  const good = { title: 'x', priority: 1, position: testPosition };

  test.each([
    ['no JSON', '{'],
    ['a number', '7'],
    ['a list', '[]'],
    ['null', 'null'],
    ['nothing', ''],
    ['a missing key', JSON.stringify({ ...good, title: undefined })],
    ['an empty title', JSON.stringify({ ...good, title: '   ' })],
    ['another priority', JSON.stringify({ ...good, priority: 4 })],
    ['a place off the earth', JSON.stringify({ ...good, position: { latitude: 91, longitude: 0 } })],
    ['a number as text', JSON.stringify({ ...good, priority: '1' })],
    ['a prototype', '{"__proto__":{"role":"administrator"},"title":"x"}'],
  ])('%s', async (_what, payload) => {
    const answer = await post(payload);
    expect(answer.statusCode).toBe(400);
    expect(answer.json()).toMatchObject({ error: { code: 'badRequest', message: expect.any(String) } });
  });

  test('of another type', async () => {
    expect((await post('title=x', 'application/x-www-form-urlencoded')).json()).toMatchObject({
      error: { code: 'badRequest' },
    });
  });

  test('too large', async () => {
    const answer = await post(JSON.stringify({ ...good, title: 'x'.repeat(70_000) }));
    expect([answer.statusCode, answer.json()]).toMatchObject([413, { error: { code: 'tooLarge' } }]);
  });

  test('names the key and not the value', async () => {
    const answer = await post(JSON.stringify({ ...good, position: { latitude: 'hunter2', longitude: 0 } }));
    expect(answer.json()).toMatchObject({ error: { message: expect.stringContaining('position.latitude') } });
    expect(answer.body).not.toContain('hunter2');
  });
});

test('an id that is none is a bad request', async () => {
  const answer = await dispatcher.call('GET', "/api/incidents/1'%20or%20'1'='1");
  expect(answer.body.error?.code).toBe('badRequest');
});

test('no body under a JSON type is no body', async () => {
  const answer = await server.server.app.inject({
    method: 'POST',
    url: '/api/auth/sign-out',
    headers: { cookie: (await server.signIn('analyst')).cookie, 'content-type': 'application/json' },
  });
  expect(answer.statusCode).toBe(200);
});

describe('a path', () => {
  test('of no route under /api/ is not found', async () => {
    const answer = await dispatcher.call('GET', '/api/nothing');
    expect([answer.status, answer.body.error?.code]).toEqual([404, 'notFound']);
  });

  test.each(['/', '/wall/1/screen/2', '/sign-in'])('%s is the client’s page', async (path) => {
    const answer = await server.server.app.inject(path);
    expect(answer.body).toContain('<title>Commonsight</title>');
    expect(answer.headers['cache-control']).toBe('no-cache');
  });

  test('of an asset is the file, kept for ever', async () => {
    const answer = await server.server.app.inject('/assets/main-1234.js');
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['cache-control']).toContain('immutable');
  });

  test.each(['//', '//x', '///', '/x//..//', '/%00', '/a%00b', '//[', '/\\'])('%s is not found', async (path) => {
    const { status, body } = await ask(path);
    expect([status, JSON.parse(body)]).toMatchObject([404, { error: { code: 'notFound' } }]);
  });

  test.each(['/%', '/%ff', '/wall/%'])('%s is a bad request', async (path) => {
    expect((await ask(path)).status).toBe(400);
  });

  test('that is no URL is not found without a client to serve either', async () => {
    const app = Fastify();
    await serveClient(app, undefined);
    expect((await app.inject('//')).statusCode).toBe(404);
    await app.close();
  });

  test.each(['/assets/gone.js', '/../package.json', '/assets/..%2f..%2fpackage.json'])(
    '%s is not found',
    async (path) => {
      expect((await server.server.app.inject(path)).statusCode).toBe(404);
    },
  );
});

describe('every answer', () => {
  test('forbids scripts from elsewhere, frames and guessing of types', async () => {
    const { headers } = await server.server.app.inject('/');
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("script-src 'self' 'wasm-unsafe-eval';");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain('ws://localhost:8080');
    expect(policy).not.toContain('[::1]');
    expect(policy).not.toContain('mapbox');
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['strict-transport-security']).toBeUndefined();
  });

  test.each([
    ['/', '()'],
    ['/registry-area', '()'],
    ['/footage', '()'],
    ['/api/registry', '()'],
    ['/register', '(self)'],
    ['/register?question=place', '(self)'],
    ['/registry/link', '(self)'],
    ['/share', '(self)'],
  ])('%s lets a page ask where its device is: %s', async (path, allowed) => {
    const policy = String((await server.server.app.inject(path)).headers['permissions-policy']).split(', ');
    expect(policy).toContain(`geolocation=${allowed}`);
    expect(policy).toContain('camera=()');
  });

  test('of the API is kept nowhere', async () => {
    expect((await dispatcher.call('GET', '/api/me')).headers['cache-control']).toBe('no-store');
  });
});

test('over https cookies are secure, and a map token opens the map’s hosts', async () => {
  const secure = await createTestServer({ publicUrl: 'https://rtcc.example', mapboxToken: 'pk.test' });
  try {
    const { headers } = await secure.server.app.inject('/api/health');
    expect(headers['content-security-policy']).toContain('https://api.mapbox.com');
    expect(headers['content-security-policy']).toContain('wss://rtcc.example');
    expect(headers['strict-transport-security']).toEqual(expect.any(String));
    const config = await secure.nobody.call('GET', '/api/client-config', undefined, { origin: '' });
    expect(config.body).toEqual({ mapboxToken: 'pk.test', isTraining: false });
  } finally {
    await secure.close();
  }
});

test('a session that asks without end is told so, and others are served', async () => {
  const flooder = await server.signIn('analyst');
  expect((await flooder.call('GET', '/api/me')).status).toBe(200);
  const session = await server.server.app.sessionOf({ headers: { cookie: flooder.cookie }, ip: null } as never);
  expect(server.server.app.requestBudget.take(session?.actor.sessionId ?? '', {}, 598)).toBe(true);
  const answers = await Promise.all(Array.from({ length: 200 }, () => flooder.call('GET', '/api/me')));
  expect(answers.map((answer) => answer.status)).toContain(429);
  expect((await dispatcher.call('GET', '/api/me')).status).toBe(200);
});

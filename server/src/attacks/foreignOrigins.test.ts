import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { controlNamespace } from '@commonsight/types/control/control';
import { type RouteName, routes } from '@commonsight/types/http/routes';
import type { Route } from '@commonsight/types/http/route';
import { relayNamespace } from '@commonsight/types/relay/relay-link';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { trustedOrigins } from '../config.ts';
import { newId } from '../ids.ts';
import { createSocketServer } from '../signaling/createSocketServer.ts';
import { type TestClient, type TestServer, createTestServer } from '../testing/createTestServer.ts';

// A page of somebody else's, open in the browser of a user who is signed in.

const publicUrl = 'https://commonsight.example';
let server: TestServer;
let user: TestClient;

beforeAll(async () => {
  server = await createTestServer({ publicUrl });
  user = await server.signIn('administrator');
});

afterAll(() => server.close());

const foreignOrigins = [
  'https://elsewhere.example',
  'https://commonsight.example.evil',
  'https://evil-commonsight.example',
  'https://evil.commonsight.example',
  'https://commonsight.example@evil.example',
  'https://commonsight.example:8443',
  'http://commonsight.example',
  'HTTPS://COMMONSIGHT.EXAMPLE',
  'https://commonsight.example/',
  'https://commonsight.example, https://elsewhere.example',
  'https://commonsight.example https://elsewhere.example',
  'http://localhost:8080',
  'null',
  '',
];

const changing = (Object.entries(routes) as [RouteName, Route][]).filter(
  ([, { method }]) => method !== 'GET' && method !== 'HEAD',
);
const pathOf = (route: Route) => route.path.replace(/:[a-z]+/i, newId()).replace('*', '000');

async function codesOf(route: Route, headersOf: readonly Record<string, string>[], client: TestClient) {
  const answers = headersOf.map((headers) => client.call(route.method, pathOf(route), {}, headers));
  return (await Promise.all(answers)).map(({ status, body }) => `${status} ${body.error?.code ?? 'ok'}`);
}

test.each(changing)('%s is refused to every foreign origin, signed in or not', async (_name, route) => {
  const headers = foreignOrigins.map((origin) => ({ origin }));
  for (const client of [user, server.nobody]) {
    expect(await codesOf(route, headers, client)).toEqual(foreignOrigins.map(() => '403 foreignOrigin'));
  }
});

test.each(changing)('%s is refused to a foreign page whose browser names no origin', async (_name, route) => {
  for (const site of ['cross-site', 'same-site', 'none', 'made up']) {
    const answer = await server.server.app.inject({
      method: route.method as 'POST',
      url: pathOf(route),
      headers: { cookie: user.cookie, 'sec-fetch-site': site },
      payload: {},
    });
    expect([site, answer.json()]).toMatchObject([site, { error: { code: 'foreignOrigin' } }]);
  }
});

test('the own origin is served, and who is no browser', async () => {
  const ask = (headers: Record<string, string>) =>
    server.server.app.inject({
      method: 'POST',
      url: '/api/session/activity',
      headers: { cookie: user.cookie, ...headers },
    });
  const answers = [await ask({ origin: publicUrl }), await ask({}), await ask({ 'sec-fetch-site': 'same-origin' })];
  expect(answers.map((answer) => answer.statusCode)).toEqual([200, 200, 200]);
});

test('no answer lets another origin read it', async () => {
  for (const method of ['GET', 'OPTIONS'] as const) {
    const answer = await server.server.app.inject({
      method,
      url: '/api/me',
      headers: { cookie: user.cookie, origin: 'https://elsewhere.example', 'access-control-request-method': 'POST' },
    });
    expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control-'))).toEqual([]);
  }
});

test.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])(
  'what a form can send without asking first (%s) is no body here',
  async (type) => {
    const payload = '{"title":"x","priority":1,"position":{"latitude":1,"longitude":1}}';
    const dispatcher = await server.signIn('dispatcher');
    const answer = await server.server.app.inject({
      method: 'POST',
      url: '/api/incidents',
      headers: { cookie: dispatcher.cookie, origin: publicUrl, 'content-type': type },
      payload,
    });
    expect([answer.statusCode, answer.json()]).toMatchObject([400, { error: { code: 'badRequest' } }]);
  },
);

describe('a socket', () => {
  const http = createServer();
  const io = createSocketServer(http, { origins: trustedOrigins(publicUrl), isProxy: () => false });
  const namespaces = ['/', controlNamespace, relayNamespace];
  let joined = 0;
  for (const name of namespaces) io.of(name).on('connection', () => void (joined += 1));

  beforeAll(() => new Promise<void>((resolve) => void http.listen(0, '127.0.0.1', resolve)));
  afterAll(() => io.close());

  /** Whether the handshake was taken, and its namespace joined. */
  const knock = (namespace: string, origin: string | undefined) =>
    new Promise<boolean>((resolve) => {
      const url = `ws://127.0.0.1:${(http.address() as AddressInfo).port}/socket.io/?EIO=4&transport=websocket`;
      // Node's WebSocket takes headers besides what the standard knows.
      const options = { headers: origin === undefined ? {} : { origin } };
      const socket = new WebSocket(url, options);
      socket.addEventListener('open', () => socket.send(namespace === '/' ? '40' : `40${namespace},`));
      socket.addEventListener('message', ({ data: frame }) => {
        if (!String(frame).startsWith('40')) return;
        resolve(true);
        socket.close();
      });
      socket.addEventListener('error', () => resolve(false));
    });

  test.each(namespaces)('of %s is refused to every foreign origin before it is read', async (namespace) => {
    joined = 0;
    const taken = await Promise.all(foreignOrigins.map((origin) => knock(namespace, origin)));
    expect(foreignOrigins.filter((_, at) => taken[at])).toEqual([]);
    expect(joined).toBe(0);
    expect([await knock(namespace, publicUrl), await knock(namespace, undefined)]).toEqual([true, true]);
  });

  test('is no HTTP that a page could poll', async () => {
    const { port } = http.address() as AddressInfo;
    const answer = await fetch(`http://127.0.0.1:${port}/socket.io/?EIO=4&transport=polling`);
    expect(answer.status).toBe(400);
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
  });
});

import { type AddressInfo, connect } from 'node:net';
import { type RouteName, routes } from '@commonsight/types/http/routes';
import type { Route } from '@commonsight/types/http/route';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../ids.ts';
import { type TestClient, type TestServer, createTestServer } from '../testing/createTestServer.ts';

// What no contract names: other methods, ranges, and lines of a request that would be lines of an answer.

let server: TestServer;
let user: TestClient;

beforeAll(async () => {
  server = await createTestServer();
  await server.server.app.listen({ host: '127.0.0.1', port: 0 });
  user = await server.signIn('supervisor');
});

afterAll(() => server.close());

/** A request as it is written, over a socket. */
async function send(text: string): Promise<string> {
  const { port } = server.server.app.server.address() as AddressInfo;
  const socket = connect(port, '127.0.0.1');
  socket.setEncoding('latin1').write(text, 'latin1');
  return (await socket.toArray()).join('');
}

const ask = (line: string, ...headers: string[]) =>
  send([line, 'Host: localhost', 'Connection: close', `Cookie: ${user.cookie}`, ...headers, '', ''].join('\r\n'));

const declared = new Map<string, Set<string>>();
for (const { path, method } of Object.values(routes) as Route[]) {
  declared.set(path, (declared.get(path) ?? new Set()).add(method));
}
const paths = [...declared].map(([path, methods]) => ({ path, methods }));
const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;

test.each(paths)('$path has no other methods than it declares', async ({ path, methods: known }) => {
  const url = path.replace(/:[a-z]+/i, newId()).replace('*', '000');
  // `near` could be a camera's id.
  const isAnothers = (method: string) => method === 'PATCH' && path === '/api/cameras/near';
  for (const method of methods.filter((one) => !known.has(one) && !isAnothers(one))) {
    const headers = { cookie: user.cookie, origin: 'http://localhost:8080' };
    const answer = await server.server.app.inject({ method, url, headers });
    expect([method, answer.statusCode]).toEqual([method, 404]);
  }
});

test.each(['TRACE', 'CONNECT', 'PROPFIND', 'MADE-UP', 'get'])('%s is served nowhere', async (method) => {
  const answer = await ask(`${method} /api/me HTTP/1.1`, 'Origin: http://localhost:8080');
  expect(answer).not.toMatch(/^HTTP\/1\.1 2/);
  expect(answer).not.toContain(user.actor?.userId ?? '-');
});

test.each(['X-HTTP-Method-Override', 'X-HTTP-Method', 'X-Method-Override'])('%s changes no method', async (name) => {
  const answer = await user.call('GET', '/api/incidents', undefined, { [name]: 'POST' });
  expect(answer.body).toMatchObject({ incidents: [] });
});

test('no word of a request becomes a line of an answer', async () => {
  const break_ = '%0d%0aset-cookie:%20planted=1%0d%0a%0d%0a<script>';
  const answers = [
    await ask(`GET /api/auth/callback/oidc?state=${break_}&code=x HTTP/1.1`),
    await ask(`GET /${break_} HTTP/1.1`),
    await ask(`GET /api/logs/${newId()}/export?text=${break_} HTTP/1.1`),
    await ask(`GET /api/transparency/${break_}/table HTTP/1.1`),
    await ask(`GET /api/me?x=${break_} HTTP/1.1`, 'Origin: https://x%0d%0aset-cookie:y'),
  ];
  for (const answer of answers) {
    const [head = ''] = answer.split('\r\n\r\n');
    expect(head.toLowerCase()).not.toContain('planted');
    expect(answer).not.toContain('<script>');
  }
});

test('two lengths, and a length beside chunks, are one bad request and no second one', async () => {
  const smuggled = 'GET /api/me HTTP/1.1\r\nHost: localhost\r\n\r\n';
  for (const headers of [
    ['Content-Length: 0', `Content-Length: ${smuggled.length}`],
    ['Content-Length: 5', 'Transfer-Encoding: chunked'],
    ['Transfer-Encoding: chunked, identity'],
    ['Transfer-Encoding : chunked'],
  ]) {
    const answer = await send(
      ['POST /api/auth/sign-out HTTP/1.1', 'Host: localhost', ...headers, '', `0\r\n\r\n${smuggled}`].join('\r\n'),
    );
    expect(answer.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 400']);
  }
});

test('a sign-in that comes back leads to this server alone', async () => {
  for (const query of [
    'callbackURL=https://evil.example',
    'error=x&errorCallbackURL=https://evil.example',
    'state=//evil',
  ]) {
    const answer = await server.nobody.call('GET', `/api/auth/callback/oidc?${query}`);
    expect([answer.status, answer.headers['location']]).toEqual([302, '/?signIn=refused']);
  }
});

const named = (Object.entries(routes) as [RouteName, Route][]).map(([name, { path }]) => ({ name, path }));

test('private answers are kept by nobody, refusals neither', async () => {
  for (const { path } of named.filter(({ path }) => !path.includes('/tile/'))) {
    const answer = await user.call('GET', path.replace(/:[a-z]+/i, newId()).replace('*', '000'));
    expect([path, answer.headers['cache-control']]).toEqual([path, 'no-store']);
  }
});

test('a range of an answer, and ten thousand of them, are the whole answer', async () => {
  const range = `bytes=${Array.from({ length: 1_500 }, (_, at) => `${at}-${at}`).join(',')}`;
  for (const value of ['bytes=0-0', range, 'bytes=9-1', 'lines=1-2']) {
    const answer = await user.call('GET', '/api/me', undefined, { range: value });
    expect([answer.status, answer.headers['content-range']]).toEqual([200, undefined]);
  }
});

import { type AddressInfo, connect, type Socket } from 'node:net';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestClient, type TestServer, createTestServer } from '../testing/createTestServer.ts';
import { testPosition } from '../testing/seed.ts';

// Bodies that are small to send and costly to take, and those that never end.

const origin = 'http://localhost:8080';
let server: TestServer;
let dispatcher: TestClient;

beforeAll(async () => {
  server = await createTestServer();
  await server.server.app.listen({ host: '127.0.0.1', port: 0 });
  dispatcher = await server.signIn('dispatcher');
});

afterAll(() => server.close());

const good = { title: 'x', priority: 1, position: testPosition };

async function post(payload: string | Uint8Array, headers: Record<string, string> = {}, url = '/api/incidents') {
  const answer = await server.server.app.inject({
    method: 'POST',
    url,
    headers: { origin, cookie: dispatcher.cookie, 'content-type': 'application/json', ...headers },
    payload: Buffer.from(payload),
  });
  return { status: answer.statusCode, code: answer.json<{ error?: { code: string } }>().error?.code };
}

const titles = async () => {
  const { body } = await dispatcher.call('GET', '/api/incidents');
  return (body['incidents'] as { title: string }[]).map(({ title }) => title);
};

describe('a body', () => {
  const tooLarge = JSON.stringify({ ...good, title: 'x'.repeat(64 * 1024) });

  test.each([
    ['nested 30,000 deep', `${'['.repeat(30_000)}${']'.repeat(30_000)}`],
    [
      'nested 10,000 deep in a key',
      `{"title":"x","priority":1,"position":${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}}`,
    ],
    ['of 5,000 keys', `{${Array.from({ length: 5_000 }, (_, at) => `"k${at}":1`).join()}}`],
    ['with __proto__ deep inside', '{"title":"x","priority":1,"position":{"__proto__":{"latitude":1,"longitude":1}}}'],
    ['with __proto__ in escapes', '{"\\u005f_proto__":{"priority":1},"title":"x"}'],
    ['with a constructor', '{"title":"x","constructor":{"prototype":{"priority":1}}}'],
    ['with a number beyond all numbers', '{"title":"x","priority":1,"position":{"latitude":1e9999,"longitude":0}}'],
    [
      'with a number of 30,000 digits',
      `{"title":"x","priority":${'1'.repeat(30_000)},"position":{"latitude":1,"longitude":0}}`,
    ],
    ['with NaN', '{"title":"x","priority":NaN,"position":{"latitude":1,"longitude":0}}'],
    ['with a comment', '{"title":"x",/* */"priority":1}'],
    ['of bytes that are no UTF-8', Buffer.from([0x7b, 0xff, 0xfe, 0x7d])],
    ['that is two', '{"title":"x"}{"title":"y"}'],
  ])('%s is a bad request', async (_what, payload) => {
    expect(await post(payload)).toEqual({ status: 400, code: 'badRequest' });
    expect(Object.hasOwn(Object.prototype, 'priority')).toBe(false);
  });

  test('of 64 KB is read, with one byte more it is not', async () => {
    const filler = (bytes: number) => JSON.stringify({ filler: 'x'.repeat(bytes - '{"filler":""}'.length) });
    expect(await post(filler(64 * 1024))).toEqual({ status: 400, code: 'badRequest' });
    expect(await post(filler(64 * 1024 + 1))).toEqual({ status: 413, code: 'tooLarge' });
    expect(await post(tooLarge)).toEqual({ status: 413, code: 'tooLarge' });
  });

  test('with a key twice counts once, and is checked as it counts', async () => {
    expect(
      await post('{"title":"first","title":"","priority":1,"position":{"latitude":1,"longitude":1}}'),
    ).toMatchObject({
      status: 400,
    });
    const twice = '{"title":"first","title":"second","priority":1,"position":{"latitude":1,"longitude":1}}';
    expect((await post(twice)).status).toBe(200);
    expect(await titles()).toEqual(['second']);
  });

  test('that is packed is not unpacked: 60 KB of it could be 60 MB', async () => {
    const text = JSON.stringify({ ...good, title: 'packed' });
    const bomb = gzipSync(Buffer.alloc(20_000_000, 0x20));
    expect(bomb.byteLength).toBeLessThan(64 * 1024);
    for (const [encoding, payload] of [
      ['gzip', gzipSync(text)],
      ['br', brotliCompressSync(text)],
      ['gzip', bomb],
      ['deflate, gzip', gzipSync(gzipSync(text))],
    ] as const) {
      expect(await post(payload, { 'content-encoding': encoding })).toEqual({ status: 400, code: 'badRequest' });
    }
    expect(await titles()).not.toContain('packed');
  });

  test.each(['utf-16', 'utf-7', 'latin1; x=y'])('in %s is no way around', async (charset) => {
    const payload = Buffer.from(JSON.stringify({ ...good, title: 'turned' }), 'utf16le');
    expect((await post(payload, { 'content-type': `application/json; charset=${charset}` })).status).toBe(400);
  });

  test('of somebody who is not signed in is not even read', async () => {
    const answer = await post('{', { cookie: '' });
    expect(answer).toEqual({ status: 401, code: 'notSignedIn' });
    expect(await post(tooLarge, { cookie: '' })).toMatchObject({ status: 401 });
  });
});

describe('a request that never ends', () => {
  const open = async (lines: readonly string[], app = server.server.app): Promise<Socket> => {
    const { port } = app.server.address() as AddressInfo;
    const socket = connect(port, '127.0.0.1').setEncoding('utf8');
    socket.on('error', () => undefined);
    socket.write(lines.join('\r\n'));
    return socket;
  };
  const head = [
    'POST /api/incidents HTTP/1.1',
    'Host: localhost',
    `Origin: ${origin}`,
    'Content-Type: application/json',
  ];

  /** What came back until the server hung up. */
  async function answerOf(socket: Socket): Promise<string> {
    let answer = '';
    socket.on('data', (part: string) => (answer += part));
    await new Promise((resolve) => socket.once('close', resolve));
    return answer;
  }

  test('in its head, or its body, is hung up on, while others are served', async () => {
    const limitMs = 1_000;
    const own = await createTestServer({}, { requestLimitMs: limitMs });
    const { app } = own.server;
    await app.listen({ host: '127.0.0.1', port: 0 });
    const user = await own.signIn('dispatcher');
    const lines = [...head, `Cookie: ${user.cookie}`];
    const sockets = [
      await open(['GET /api/health HTTP/1.1', 'Host: localhost', 'X-Slow: '], app),
      await open([...lines, 'Content-Length: 1000', '', '{"title":'], app),
      await open([...lines, 'Transfer-Encoding: chunked', '', '5', '{"tit', ''], app),
    ];
    // Never silent: what comes counts, not that something comes.
    const drips = setInterval(() => {
      sockets[0]?.write('x');
      sockets[1]?.write(' ');
      sockets[2]?.write('1\r\n \r\n');
    }, limitMs / 10);
    try {
      const ends = sockets.map(answerOf);
      expect((await user.call('GET', '/api/me')).status).toBe(200);
      for (const answer of await Promise.all(ends)) expect(answer).toMatch(/^(HTTP\/1\.1 408|$)/);
    } finally {
      clearInterval(drips);
      await own.close();
    }
  });

  test('in chunks without end is cut off at its limit', async () => {
    const socket = await open([...head, `Cookie: ${dispatcher.cookie}`, 'Transfer-Encoding: chunked', '', '']);
    const chunk = `400\r\n${'x'.repeat(0x400)}\r\n`;
    const ended = answerOf(socket);
    for (let at = 0; at < 100 && socket.writable; at += 1) socket.write(chunk);
    expect(await ended).toMatch(/^HTTP\/1\.1 413/);
  });

  test('with a head of 20 KB, or 3,000 lines, is refused', async () => {
    for (const lines of [
      `X: ${'x'.repeat(20_000)}`,
      Array.from({ length: 3_000 }, (_, at) => `X-${at}: 1`).join('\r\n'),
    ]) {
      const socket = await open(['GET /api/me HTTP/1.1', 'Host: localhost', lines, '', '']);
      expect(await answerOf(socket)).toMatch(/^HTTP\/1\.1 431/);
    }
  });
});

describe('a search of the audit log', () => {
  test('that is too long, too wide or upside down is a bad request or an empty answer, and soon', async () => {
    const auditor = await server.signIn('auditor');
    for (const query of [
      `text=${'%25'.repeat(3_000)}`,
      `text=${encodeURIComponent('%_'.repeat(50))}`,
      `text=${encodeURIComponent("'; drop table audit_entries; --")}`,
      'limit=1000000000',
      'limit=-1',
      'limit=1e3',
      'from=9999-12-31T00:00:00Z&to=0001-01-01T00:00:00Z',
      'text[]=a&text[]=b',
      'text=a&text=b',
      '__proto__[limit]=1',
    ]) {
      const answer = await auditor.call('GET', `/api/audit-events?${query}`);
      expect([query, answer.status < 500]).toEqual([query, true]);
    }
  });
});

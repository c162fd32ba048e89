import { createPrivateKey, createPublicKey } from 'node:crypto';
import { once } from 'node:events';
import { chmod, mkdtemp, rm, stat } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { enrolRequestSchema } from '@commonsight/types/relay/enrolment';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { assertProtected, isUnprotected } from './assertProtected.ts';
import { enrol } from './enrol.ts';
import { readRelayFile } from './RelayFile.ts';

const accepted = {
  relayId: '019b8d3c-0000-7000-8000-000000000001',
  siteId: '019b8d3c-0000-7000-8000-000000000002',
  siteName: 'Harbor Market',
  serverPublicKey: 'MCowBQYDK2VwAyEA1f2Vn0Qm6bqE8yJb4kqz7v0o1o3m5n7p9r1t3v5x7z9',
};

let folder: string;
let server: Server;
let answer: { status: number; body: unknown };
let asked: unknown;
let location: string | undefined;
beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'relay-')), 'inner');
  answer = { status: 200, body: accepted };
  asked = undefined;
  location = undefined;
  server = createServer((request, response) => {
    request.setEncoding('utf8');
    let text = '';
    request.on('data', (chunk: string) => (text += chunk));
    request.on('end', () => {
      asked = JSON.parse(text);
      const headers = { 'content-type': 'application/json', ...(location === undefined ? {} : { location }) };
      response.writeHead(answer.status, headers).end(JSON.stringify(answer.body));
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterEach(async () => {
  server.close();
  await rm(join(folder, '..'), { recursive: true });
});

const serverUrl = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
const options = (changed = {}) => ({
  serverUrl: serverUrl(),
  code: 'abcde-12345',
  folder,
  name: 'Relay 1',
  isAgain: false,
  isInsecureAllowed: false,
  ...changed,
});

describe('enrol', () => {
  test('ENR2 makes the key, sends its public half, and keeps the rest for its owner alone', async () => {
    await enrol(options());
    const request = enrolRequestSchema.parse(asked);
    expect(request).toMatchObject({ code: 'ABCDE-12345', name: 'Relay 1' });
    const file = await readRelayFile(folder);
    expect(file).toMatchObject(accepted);
    expect((await stat(join(folder, 'relay.json'))).mode & 0o777).toBe(0o600);
    const key = createPrivateKey({
      key: Buffer.from(file?.deviceKey ?? '', 'base64url'),
      format: 'der',
      type: 'pkcs8',
    });
    const publicHalf = createPublicKey(key).export({ type: 'spki', format: 'der' }).toString('base64url');
    expect(request.publicKey).toBe(publicHalf);
  });

  test('refuses a folder that is enrolled, unless it is told to', async () => {
    const first = await enrol(options());
    await expect(enrol(options())).rejects.toThrow('enrolled for Harbor Market. Use --again');
    const second = await enrol(options({ isAgain: true }));
    expect(second.deviceKey).not.toBe(first.deviceKey);
    expect(await readRelayFile(folder)).toEqual(second);
  });

  test.each([
    ['a code that is used or expired', 410, { error: { code: 'codeNotAccepted', message: '' } }, 'ask for a new one'],
    ['a site that has a relay', 409, { error: { code: 'conflict', message: '' } }, 'An administrator revokes that one'],
    ['too many attempts', 429, { error: { code: 'tooManyRequests', message: '' } }, 'Wait a minute'],
    ['another server', 200, { hello: 1 }, 'no Commonsight server'],
    ['a web page', 404, '<html>', 'no Commonsight server'],
    ['a failure', 500, { error: { code: 'internal', message: '' } }, 'refused the enrolment (internal)'],
  ])('says in a sentence what is wrong with %s', async (_, status, body, words) => {
    answer = { status, body };
    await expect(enrol(options())).rejects.toThrow(words);
    expect(await readRelayFile(folder)).toBeUndefined();
  });

  test.each([
    ['a code of another form', { code: '123' }, 'form ABCDE-12345'],
    ['an address that is none', { serverUrl: 'commonsight' }, 'has the form https'],
    ['another protocol', { serverUrl: 'ftp://commonsight.example' }, 'has the form https'],
    ['a server that is not there', { serverUrl: 'http://127.0.0.1:1' }, 'is not answering'],
    ['a folder that cannot be', { folder: '/dev/null' }, 'cannot be read'],
  ])('says in a sentence what is wrong with %s', async (_, changed, words) => {
    await expect(enrol(options(changed))).rejects.toThrow(words);
  });

  test('knows which servers anybody on the way could stand in for', () => {
    const safe = ['http://localhost:8080', 'http://127.0.0.1', 'http://127.1', 'http://[::1]:1', 'https://a.example'];
    const own = Object.values(networkInterfaces()).flatMap((card) => card ?? []);
    const ownUrls = own.filter(({ family }) => family === 'IPv4').map(({ address }) => `http://${address}:8080`);
    expect([...safe, ...ownUrls].some(isUnprotected)).toBe(false);
    expect(['http://a.example', 'http://203.0.113.9', 'http://127.0.0.1.example'].every(isUnprotected)).toBe(true);
  });

  test('sends nothing over a network without TLS, unless it is told to', async () => {
    // This machine too, by a number that is no address of it.
    const unprotected = serverUrl().replace('127.0.0.1', '0.0.0.0');
    await expect(enrol(options({ serverUrl: unprotected }))).rejects.toThrow('enrol with --insecure');
    expect(asked).toBeUndefined();
    await expect(stat(folder)).rejects.toThrow('ENOENT');
    const file = await enrol(options({ serverUrl: unprotected, isInsecureAllowed: true }));
    expect(asked).toMatchObject({ name: 'Relay 1' });
    expect(() => assertProtected(file.serverUrl, file.isInsecureAllowed)).not.toThrow();
    expect(() => assertProtected(file.serverUrl, false)).toThrow('Without TLS');
    expect(await readRelayFile(folder)).toMatchObject({ isInsecureAllowed: true });
  });

  test('follows no redirection with the code', async () => {
    answer = { status: 307, body: {} };
    location = '/api/relays/enrol';
    await expect(enrol(options())).rejects.toThrow('is not answering');
  });

  test('an enrolment that others can open is not used', async () => {
    await enrol(options());
    await chmod(join(folder, 'relay.json'), 0o644);
    await expect(readRelayFile(folder)).rejects.toThrow(`chmod 600 ${join(folder, 'relay.json')}`);
  });
});

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { relayNamespace } from '@commonsight/types/relay/relay-link';
import { desc, eq } from 'drizzle-orm';
import { io as connect } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { auditEvents } from '../db/schema.ts';
import { newId } from '../ids.ts';
import { isProxyOf } from '../proxies.ts';
import { createSocketServer } from '../signaling/createSocketServer.ts';
import { FakeRelay } from '../signaling/testing/FakeRelay.ts';
import { type TestServer, createTestServer } from '../testing/createTestServer.ts';
import { seedTestSite } from '../testing/seed.ts';
import { until } from '../testing/until.ts';

// Who calls: what the audit log names and the limits count by, and what a caller says of itself.

const signInPath = '/api/auth/sign-in/email';

async function lastAddress(server: TestServer, type: string): Promise<string | null> {
  const rows = await server.database.db
    .select()
    .from(auditEvents)
    .where(eq(auditEvents.type, type as 'session.refused'))
    .orderBy(desc(auditEvents.at));
  return rows[0]?.sourceAddress ?? null;
}

/** The address under which a wrong password is written down. */
async function addressOf(server: TestServer, remoteAddress: string, forwarded?: string): Promise<string | null> {
  const answer = await server.server.app.inject({
    method: 'POST',
    url: signInPath,
    remoteAddress,
    headers: {
      'x-real-ip': '198.51.100.66',
      forwarded: 'for=198.51.100.66',
      'x-commonsight-address': '198.51.100.66',
      ...(forwarded === undefined ? {} : { 'x-forwarded-for': forwarded }),
    },
    payload: { email: 'nobody@test.example', password: 'wrong' },
  });
  expect(answer.statusCode).toBe(401);
  return lastAddress(server, 'session.refused');
}

describe('without a proxy', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await createTestServer();
  });
  afterAll(() => server.close());

  test.each(['127.0.0.1', '10.0.0.9', '192.0.2.9'])('%s is itself, whatever it says', async (address) => {
    expect(await addressOf(server, address, '203.0.113.7')).toBe(address);
  });

  const knock = async (remoteAddress: string, forwarded = ''): Promise<number> => {
    const headers = { 'x-forwarded-for': forwarded };
    const request = { method: 'POST' as const, url: signInPath, remoteAddress, headers, payload: {} };
    return (await server.server.app.inject(request)).statusCode;
  };

  test('a caller that says it is many is counted as one', async () => {
    const statuses: number[] = [];
    for (let at = 0; at < 35; at += 1) statuses.push(await knock('192.0.2.77', `203.0.113.${at}`));
    expect(statuses.filter((status) => status === 429)).toHaveLength(5);
  });

  test('a caller that has a network of IPv6 addresses is counted as one, and its neighbour as another', async () => {
    const own: number[] = [];
    for (let at = 0; at < 31; at += 1) own.push(await knock(`2001:db8:0:7::${at.toString(16)}`));
    expect(own.filter((status) => status === 429)).toHaveLength(1);
    expect(await knock('2001:db8:0:8::1')).toBe(400);
  });
});

describe('behind a proxy', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await createTestServer({ publicUrl: 'https://commonsight.example', trustedProxies: ['127.0.0.1'] });
    await server.server.app.listen({ host: '127.0.0.1', port: 0 });
  });
  afterAll(() => server.close());

  test('a caller is who the proxy says, and not what it told the proxy', async () => {
    expect(await addressOf(server, '127.0.0.1', '203.0.113.7')).toBe('203.0.113.7');
    expect(await addressOf(server, '127.0.0.1', '198.51.100.66, 203.0.113.7')).toBe('203.0.113.7');
    expect(await addressOf(server, '127.0.0.1', '198.51.100.66, 10.0.0.5')).toBe('10.0.0.5');
    expect(await addressOf(server, '127.0.0.1', '127.0.0.1, 192.168.1.5')).toBe('192.168.1.5');
  });

  test('who comes past the proxy is itself, from a near address too', async () => {
    expect(await addressOf(server, '10.0.0.9', '203.0.113.7')).toBe('10.0.0.9');
    expect(await addressOf(server, '203.0.113.9', '127.0.0.1')).toBe('203.0.113.9');
  });

  test('a relay’s coming and its refusal are written down with the address that the proxy saw', async () => {
    const { db } = server.database;
    const siteId = await seedTestSite(db, server.agencyId);
    const { publicKey } = server.services.signer;
    const relay = await FakeRelay.create(db, { agencyId: server.agencyId, siteId }, publicKey);
    const url = `http://127.0.0.1:${(server.server.app.server.address() as AddressInfo).port}`;
    const extraHeaders = { 'x-forwarded-for': '198.51.100.66, 203.0.113.20' };
    await relay.connect(url, extraHeaders);
    await relay.untilAdopted();
    expect(await lastAddress(server, 'relay.connected')).toBe('203.0.113.20');

    const { nonce } = await server.services.relays.challenge(relay.relayId).then((made) => ({ nonce: made }));
    const auth = { relayId: relay.relayId, nonce, signature: 's'.repeat(86) };
    const liar = connect(url + relayNamespace, { transports: ['websocket'], reconnection: false, extraHeaders, auth });
    const why = await new Promise<Error>((resolve) => void liar.once('connect_error', resolve));
    expect(why.message).toBe('wrongCredentials');
    expect(await lastAddress(server, 'relay.refused')).toBe('203.0.113.20');
    liar.disconnect();
    relay.disconnect();
    await until(async () => (await lastAddress(server, 'relay.disconnected')) === '203.0.113.20');
  });
});

describe('sockets', () => {
  const http = createServer();
  const io = createSocketServer(http, {
    origins: [],
    isProxy: isProxyOf(['loopback']),
    connectionLimit: { burst: 4, perSecond: 0.001 },
  });
  beforeAll(() => new Promise<void>((resolve) => void http.listen(0, '127.0.0.1', resolve)));
  afterAll(() => io.close());

  const knock = (forwarded: string) =>
    new Promise<boolean>((resolve) => {
      const url = `ws://127.0.0.1:${(http.address() as AddressInfo).port}/socket.io/?EIO=4&transport=websocket`;
      const socket = new WebSocket(url, { headers: { 'x-forwarded-for': forwarded } });
      socket.addEventListener('open', () => {
        resolve(true);
        socket.close();
      });
      socket.addEventListener('error', () => resolve(false));
    });

  test.each([
    [
      'an IPv4 address',
      (at: number) => `${newId()}, 203.0.113.30, 127.0.0.1, made up ${at}, 203.0.113.30`,
      '203.0.113.31',
    ],
    ['a /64 network', (at: number) => `2001:db8:0:9::${at}`, '2001:db8:0:a::1'],
  ])('of %s are counted together, and its neighbour’s are not', async (_what, own, neighbour) => {
    const taken = await Promise.all(Array.from({ length: 9 }, (_, at) => knock(own(at))));
    expect(taken.filter(Boolean)).toHaveLength(4);
    expect(await knock(neighbour)).toBe(true);
  });
});

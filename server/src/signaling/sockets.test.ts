import { signalingRequests } from '@commonsight/types/signaling/requests';
import { wallSchema } from '@commonsight/types/wall';
import { anything, assert, asyncProperty, constantFrom, object, oneof, string, boolean } from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { users } from '../db/schema.ts';
import { newId } from '../ids.ts';
import { eq } from 'drizzle-orm';
import { seedTestAgency } from '../testing/seed.ts';
import { Stage } from './testing/Stage.ts';
import { TestBrowser } from './testing/TestBrowser.ts';
import { until } from '../testing/until.ts';

describe('a socket', () => {
  let stage: Stage;

  beforeAll(async () => {
    stage = await Stage.create();
  });
  afterAll(() => stage.close());

  it('ACC1 does not connect without a session', async () => {
    await expect(TestBrowser.connect(stage.url, '')).rejects.toThrow('notSignedIn');
    await expect(TestBrowser.connect(stage.url, 'commonsight.session_token=forged')).rejects.toThrow('notSignedIn');
  });

  it('does not connect from a page of another origin, and leaves a line when it connects', async () => {
    const user = await stage.signIn('analyst');
    const foreign = TestBrowser.connect(stage.url, user.cookie, { origin: 'https://elsewhere.example' });
    await expect(foreign).rejects.toThrow('websocket error');
    const before = (await stage.audit('connection.opened')).length;
    await user.connect();
    const lines = await stage.audit('connection.opened');
    expect(lines).toHaveLength(before + 1);
    expect(lines.at(-1)).toMatchObject({ actorId: user.actor.userId, sourceAddress: '127.0.0.1' });
  });

  it('ACC1 is ended when its user is disabled', async () => {
    const administrator = await stage.signIn('administrator');
    const user = await stage.signIn('analyst');
    const browser = await user.connect();
    await administrator.call('POST', `/api/users/${user.actor.userId}/disable`);
    expect(await browser.heard('session:ended')).toEqual({ reason: 'userDisabled', by: null, note: null });
    await until(() => !browser.socket.connected);
    const [row] = await stage.db.select().from(users).where(eq(users.id, user.actor.userId));
    expect(row?.disabledAt).not.toBeNull();
    await expect(user.connect()).rejects.toThrow('notSignedIn');
  });

  it('MSG3 MSG4 answers what it cannot serve, and stays connected', async () => {
    const browser = await (await stage.signIn('analyst')).connect();
    const ask = (name: string, ...values: unknown[]): Promise<{ ok: boolean; error: { code: string } }> =>
      browser.socket.timeout(10_000).emitWithAck(name, ...values);
    expect(await ask('no:such', {})).toMatchObject({ ok: false, error: { code: 'badRequest' } });
    expect(await ask('toString', {})).toMatchObject({ ok: false, error: { code: 'badRequest' } });
    expect(await ask('wall:join', { wallId: 7 })).toMatchObject({ ok: false, error: { code: 'badRequest' } });
    expect(await ask('clock:read')).toMatchObject({ ok: false, error: { code: 'badRequest' } });
    expect(await ask('clock:read', {}, {})).toMatchObject({ ok: false, error: { code: 'badRequest' } });
    browser.socket.emit('clock:read', {});
    browser.socket.emit('clock:read');
    const { serverTimeMs } = await browser.get('clock:read', {});
    expect(Math.abs(serverTimeMs - Date.now())).toBeLessThan(10_000);
    expect(browser.socket.connected).toBe(true);
  });

  it('answers tooManyRequests to a flood, and serves again afterwards', async () => {
    const browser = await (await stage.signIn('analyst')).connect();
    const answers = await Promise.all(Array.from({ length: 550 }, () => browser.ask('clock:read', {})));
    const limited = answers.filter((answer) => !answer.ok && answer.error.code === 'tooManyRequests');
    expect(limited.length).toBeGreaterThan(0);
    expect(answers.length - limited.length).toBeGreaterThanOrEqual(200);
    await until(async () => (await browser.ask('clock:read', {})).ok);
  });

  it('MSG8 is cut off when it floods on, and finds no connection until its session was silent', async () => {
    const user = await stage.signIn('analyst');
    const other = await (await stage.signIn('analyst')).connect();
    const browser = await user.connect();
    browser.socket.io.reconnection(false);
    const floodedAtMs = Date.now();
    // Some wait for an answer, some do not: both are asked for.
    for (let sent = 0; sent < 3_000; sent += 1) {
      if (sent % 2 === 0) browser.socket.emit('clock:read', {}, () => undefined);
      else browser.socket.emit('no:such', {});
    }
    await until(() => !browser.socket.connected);
    expect((await other.ask('clock:read', {})).ok).toBe(true);
    await until(async () => (await user.connect().catch(() => null)) !== null);
    // 400 messages at 100 a second; a little less, because a bucket's clock has whole milliseconds.
    expect(Date.now() - floodedAtMs).toBeGreaterThan(3_900);
  });

  it('is one of sixteen that its session may have, which share what it may ask', async () => {
    const user = await stage.signIn('analyst');
    const browsers = await Promise.all(Array.from({ length: 16 }, () => user.connect()));
    await expect(user.connect()).rejects.toThrow('tooManyRequests');
    const answers = await Promise.all(
      browsers.flatMap((browser) => Array.from({ length: 28 }, () => browser.ask('clock:read', {}))),
    );
    expect(answers.filter((answer) => !answer.ok && answer.error.code === 'tooManyRequests').length).toBeGreaterThan(0);
    browsers[0]?.close();
    await until(async () => (await user.connect().catch(() => null)) !== null);
  });

  it('is dropped alone for a message of 10 MB, and for one of 200 kB', async () => {
    const other = await (await stage.signIn('analyst')).connect();
    for (const size of [10_000_000, 200_000]) {
      const user = await stage.signIn('analyst');
      const browser = await user.connect();
      browser.socket.io.reconnection(false);
      browser.socket.emit('clock:read', { filler: 'x'.repeat(size) });
      await until(() => !browser.socket.connected);
      expect((await other.ask('clock:read', {})).ok).toBe(true);
    }
    expect(other.socket.connected).toBe(true);
  });

  it('survives frames that no client of socket.io would send', async () => {
    const user = await stage.signIn('analyst');
    const other = await user.connect();
    const frames = [
      '42["clock:read"',
      '451-["clock:read",{"_placeholder":true,"num":0}]',
      '45999999999-["x"]',
      '49',
      '4',
      '9',
    ];
    for (const frame of [...frames, '40/sfu,{"secret":1}', new Uint8Array(1000)]) {
      const url = `${stage.url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`;
      const options = { headers: { cookie: user.cookie, origin: stage.url } };
      // Node's WebSocket takes headers besides what the standard knows.
      const socket = new WebSocket(url, options);
      await new Promise((resolve) => socket.addEventListener('open', resolve, { once: true }));
      socket.send('40');
      socket.send(frame);
      socket.send('421["clock:read",{}]');
      expect((await other.ask('clock:read', {})).ok).toBe(true);
      socket.close();
    }
    expect(other.socket.connected).toBe(true);
  });

  it('MSG6 gives no hint of what another agency has', async () => {
    const stranger = await stage.signIn('supervisor', await seedTestAgency(stage.db, 'Other agency'));
    const own = await stage.signIn('supervisor');
    const wall = await own.get(wallSchema, 'POST', '/api/walls', { name: 'Own', layout: '4', incidentId: null });
    const browser = await stranger.connect();
    for (const wallId of [wall.id, newId()]) {
      expect(await browser.refusal('wall:join', { wallId, screen: 1 })).toBe('notFound');
      expect(await browser.refusal('wall:undo', { wallId })).toBe('notFound');
    }
    expect((await stranger.call('GET', '/api/walls')).body).toEqual({ walls: [] });
  });

  // Most of them meet the limit of rate; that the schemas hold is shown where there is none, at the dispatcher.
  it('serves others through a flood of 6,000 random messages', async () => {
    const users = await Promise.all(Array.from({ length: 10 }, () => stage.signIn('supervisor')));
    // So many that none is cut off: see MSG8.
    const attackers = await Promise.all(users.map((user) => user.connect()));
    const other = await (await stage.signIn('analyst')).connect();
    const names = oneof(
      constantFrom(...Object.keys(signalingRequests), 'error', 'ping', '__proto__', 'constructor'),
      string(),
    );
    const payload = oneof(object(), anything({ withNullPrototype: false }), string());
    let sent = 0;
    await assert(
      asyncProperty(names, payload, payload, boolean(), boolean(), async (name, first, second, hasTwo, hasAnswer) => {
        const values = [first, ...(hasTwo ? [second] : [])].map(toJson);
        const attacker = attackers[sent % attackers.length];
        sent += 1;
        // Names that socket.io keeps for itself cannot be sent with its client.
        if (
          ['connect', 'connect_error', 'disconnect', 'disconnecting', 'newListener', 'removeListener'].includes(name)
        ) {
          return;
        }
        attacker?.socket.emit(name, ...values, ...(hasAnswer ? [() => undefined] : []));
        const isServed = sent % 500 !== 0 || (await other.ask('clock:read', {})).ok;
        expect(isServed).toBe(true);
      }),
      { numRuns: 6_000 },
    );
    expect(sent).toBeGreaterThanOrEqual(6_000);
    expect((await other.ask('clock:read', {})).ok).toBe(true);
    await until(async () => (await attackers[0]?.ask('clock:read', {}))?.ok === true);
    expect(attackers.every((attacker) => attacker.socket.connected)).toBe(true);
  });
});

/** What survives JSON, as a browser would send it. */
function toJson(value: unknown): unknown {
  try {
    return JSON.parse(JSON.stringify(value) ?? 'null');
  } catch {
    return null;
  }
}

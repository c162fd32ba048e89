import { answerSchema } from '@commonsight/types/answer';
import { signalingRequests } from '@commonsight/types/signaling/requests';
import { anything, array, assert, asyncProperty, constantFrom, oneof, string } from 'fast-check';
import { pino } from 'pino';
import { describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { Access } from '../access/Access.ts';
import { CodedError } from '../errors.ts';
import { newId } from '../ids.ts';
import { defaultLiveLimits } from '../live.ts';
import { analystActor } from '../testing/analystActor.ts';
import { Connection } from './Connection.ts';
import { Dispatcher, type SignalingHandlers } from './Dispatcher.ts';
import { MessageCounters } from './MessageCounters.ts';
import { TokenBucket } from './TokenBucket.ts';

/** A dispatcher whose handlers all fail, but for those that are given. */
function createDispatcher(handlers: Partial<SignalingHandlers> = {}, whileWaiting?: (connection: Connection) => void) {
  const missing = Object.fromEntries(
    Object.keys(signalingRequests).map((name) => [name, () => Promise.reject(new Error('not part of this test'))]),
  );
  const audit = { record: vi.fn<() => Promise<void>>(async () => undefined) };
  const counters = new MessageCounters();
  const dispatcher = new Dispatcher({
    handlers: { ...(missing as unknown as SignalingHandlers), ...handlers },
    // The gate writes its lines through one method.
    access: new Access(audit as unknown as ConstructorParameters<typeof Access>[0], {
      reachOf: async () => ({ isLimited: false, holds: () => true }),
      outOfReach: async () => [],
    }),
    counters,
    logger: pino({ level: 'silent' }),
    limits: defaultLiveLimits,
    turns: {
      run: (_userId, task) => {
        whileWaiting?.(connection);
        return task();
      },
    },
  });
  const ignore = () => undefined;
  const socket = {
    connected: true,
    join: ignore,
    leave: ignore,
    emit: ignore,
    disconnect: ignore,
    conn: { close: ignore },
  };
  const connection = new Connection({ id: 'connection', actor: analystActor, socket });
  const budget = { take: () => true };
  const ask = (name: unknown, ...values: unknown[]) =>
    new Promise<unknown>((resolve) => void dispatcher.handle(connection, budget, name, [...values, resolve]));
  return { dispatcher, connection, budget, counters, audit, ask };
}

describe('the dispatcher', () => {
  it.each([
    ['has ended', 'notSignedIn', (connection: Connection) => connection.refuse()],
    ['was locked', 'sessionLocked', (connection: Connection) => connection.lock('user')],
  ])('MSG9 serves nothing that waited for its turn while its session %s', async (_what, code, whileWaiting) => {
    const leave = vi.fn<SignalingHandlers['wall:leave']>(async () => ({}));
    const { ask } = createDispatcher({ 'wall:leave': leave }, whileWaiting);
    expect(await ask('wall:leave', { wallId: newId() })).toMatchObject({ ok: false, error: { code } });
    expect(leave).not.toHaveBeenCalled();
  });

  it('MSG3 gives every random message an answer of the agreed form, or counts it', async () => {
    const { ask, dispatcher, connection, budget, counters } = createDispatcher();
    const name = oneof(constantFrom(...Object.keys(signalingRequests)), string(), anything());
    let unanswered = 0;
    await assert(
      asyncProperty(name, array(anything(), { maxLength: 3 }), async (random, values) => {
        answerSchema(z.unknown()).parse(await ask(random, ...values));
        if (typeof values.at(-1) === 'function') return;
        unanswered += 1;
        await dispatcher.handle(connection, budget, random, values);
      }),
      { numRuns: 10_000 },
    );
    expect(counters.counts.noAcknowledgement).toBe(unanswered);
    expect(counters.counts.unknownName).toBeGreaterThan(0);
    expect(counters.counts.wrongForm).toBeGreaterThan(1_000);
    // The limit of rate stood in nobody's way.
    expect(counters.counts.tooMany).toBe(0);
  });

  it('MSG1 answers with what the handler gives, or with its error', async () => {
    const { ask } = createDispatcher({
      'clock:read': async () => ({ serverTimeMs: 7 }),
      'wall:leave': () => Promise.reject(new CodedError('notFound')),
    });
    expect(await ask('clock:read', {})).toEqual({ ok: true, value: { serverTimeMs: 7 } });
    expect(await ask('wall:leave', { wallId: newId() })).toMatchObject({ ok: false, error: { code: 'notFound' } });
    // What is not meant for the caller stays here.
    const internal = { ok: false, error: { code: 'internal', message: 'Internal error' } };
    expect(await ask('viewing:supervise', {})).toEqual(internal);
  });

  it('MSG5 fails a handler that did not ask the gate', async () => {
    const { ask } = createDispatcher({ 'wall:leave': async () => ({}) });
    expect(await ask('wall:leave', { wallId: newId() })).toMatchObject({ error: { code: 'internal' } });
  });

  it('ACC2 asks the gate itself for the steps of a viewing, and writes only refusals', async () => {
    const { ask, audit } = createDispatcher({ 'consumer:resume': async () => ({}) });
    expect(await ask('consumer:resume', { viewingIds: [newId()] })).toEqual({ ok: true, value: {} });
    expect(audit.record).not.toHaveBeenCalled();
  });

  it('answers timedOut when a handler takes too long', async () => {
    vi.useFakeTimers();
    try {
      const { ask } = createDispatcher({ 'clock:read': () => new Promise(() => undefined) });
      const answer = ask('clock:read', {});
      await vi.advanceTimersByTimeAsync(9_000);
      expect(await answer).toMatchObject({ error: { code: 'timedOut' } });
    } finally {
      vi.useRealTimers();
    }
  });
});

describe('the rate limit', () => {
  it('lets a burst through and then a steady rate, also when the clock steps back', () => {
    const bucket = new TokenBucket({ burst: 2, perSecond: 10 }, 1_000);
    expect([bucket.take(1_000), bucket.take(1_000), bucket.take(1_000)]).toEqual([true, true, false]);
    expect([bucket.take(1_100), bucket.take(1_100)]).toEqual([true, false]);
    expect(bucket.take(500)).toBe(false);
    expect([bucket.take(9_000), bucket.take(9_000), bucket.take(9_000)]).toEqual([true, true, false]);
  });
});

import type { OwnSession } from '@commonsight/types/session';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CallResult } from '../api/CallResult.ts';
import { settle } from '../testing/fakeSignaling.ts';
import { aMe, anOwnSession } from '../testing/records.ts';
import { createSessionStore, ownSession, setOwnSession } from './session.ts';
import { SessionLock } from './SessionLock.ts';

const startMs = Date.parse('2026-01-05T10:00:00.000Z');
const minuteMs = 60_000;
const locksAtOf = (ms: number): string => new Date(ms).toISOString();

/** A server with a lock of 30 minutes, and the window's store. */
function setUp() {
  const store = createSessionStore();
  store.setState({ state: 'signedIn', me: aMe() }, true);
  setOwnSession(store, anOwnSession({ locksAt: locksAtOf(startMs + 30 * minuteMs) }));
  const asked: string[] = [];
  const posted: OwnSession[] = [];
  let tellOther: (session: OwnSession) => void = () => {};
  let onServer = anOwnSession({ locksAt: locksAtOf(startMs + 30 * minuteMs) });
  const answer = (name: string, change: Partial<OwnSession>): CallResult<OwnSession> => {
    asked.push(name);
    onServer = { ...onServer, ...change };
    return { state: 'ok', value: onServer };
  };
  const lock = SessionLock.create({
    session: store,
    nowMs: () => Date.now(),
    acts: {
      reportActivity: async () => answer('report', { locksAt: locksAtOf(Date.now() + 30 * minuteMs) }),
      lock: async () => answer('lock', { state: 'locked', locksAt: null }),
      unlock: async () => answer('unlock', { state: 'active', locksAt: locksAtOf(Date.now() + 30 * minuteMs) }),
      read: async () => {
        asked.push('read');
        setOwnSession(store, onServer);
      },
    },
    channel: {
      post: (session) => posted.push(session),
      onSession: (listener) => {
        tellOther = listener;
      },
      close: () => {},
    },
  });
  return {
    lock,
    asked,
    posted,
    own: () => ownSession(store.getState()),
    tellOther: (session: OwnSession) => tellOther(session),
    serverHas: (change: Partial<OwnSession>) => {
      onServer = { ...onServer, ...change };
    },
  };
}

describe('SessionLock', () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: startMs });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('reports activity at most once a minute', async () => {
    const { lock, asked, own } = setUp();
    for (let i = 0; i < 10; i += 1) await lock.noteActivity();
    expect(asked).toEqual(['report']);
    vi.advanceTimersByTime(minuteMs);
    await lock.noteActivity();
    expect(asked).toEqual(['report', 'report']);
    expect(own()?.locksAt).toBe(locksAtOf(startMs + 31 * minuteMs));
  });

  it('counts what another window has reported, and follows its lock', async () => {
    const { lock, asked, own, tellOther } = setUp();
    tellOther(anOwnSession({ locksAt: locksAtOf(startMs + 40 * minuteMs) }));
    await lock.noteActivity();
    expect(asked).toEqual([]);
    expect(own()?.locksAt).toBe(locksAtOf(startMs + 40 * minuteMs));
    tellOther(anOwnSession({ id: 'another session', state: 'locked', locksAt: null }));
    expect(own()?.state).toBe('active');
    tellOther(anOwnSession({ state: 'locked', locksAt: null }));
    expect(own()?.state).toBe('locked');
  });

  it('asks before it warns and when the time is over, and locks by the server’s word alone', async () => {
    const { asked, own, serverHas, tellOther } = setUp();
    tellOther(anOwnSession({ locksAt: locksAtOf(startMs + 20 * minuteMs) }));
    await vi.advanceTimersByTimeAsync(19 * minuteMs);
    expect(asked).toEqual(['read']);
    // Another browser window had been used meanwhile: the server's answer moves it.
    expect(own()?.locksAt).toBe(locksAtOf(startMs + 30 * minuteMs));
    await vi.advanceTimersByTimeAsync(10 * minuteMs);
    expect(asked).toEqual(['read', 'read']);
    serverHas({ state: 'locked', locksAt: null });
    expect(own()?.state).toBe('active');
    await vi.advanceTimersByTimeAsync(minuteMs + 1_000);
    expect(own()?.state).toBe('locked');
  });

  it('locks and unlocks, and tells the other windows', async () => {
    const { lock, own, posted, asked } = setUp();
    await lock.lock();
    expect(own()).toMatchObject({ state: 'locked', locksAt: null });
    await lock.noteActivity();
    expect(asked).toEqual(['lock']);
    await lock.unlock({ factor: 'password', password: 'right' });
    expect(own()?.state).toBe('active');
    expect(posted.map((session) => session.state)).toEqual(['locked', 'active']);
  });

  it('is told by the server, and reports nothing for a display that does not lock', async () => {
    const { lock, own, asked, tellOther } = setUp();
    lock.handleLocked();
    expect(own()).toMatchObject({ state: 'locked', locksAt: null });
    tellOther(anOwnSession({ deviceClass: 'wallDisplay', locksAt: null }));
    await lock.noteActivity();
    await settle();
    expect(asked).toEqual([]);
  });
});

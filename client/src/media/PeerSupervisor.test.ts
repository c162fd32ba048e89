import type { RequestOf, ResponseOf } from '@commonsight/types/signaling/requests';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeSignaling } from '../testing/fakeSignaling.ts';
import type { PeerSession } from './PeerSession.ts';
import { type PeerSessionFactory, PeerSupervisor } from './PeerSupervisor.ts';

interface FakePeer {
  peerId: string;
  isClosed: boolean;
  fail: () => void;
}

function setUp() {
  const state = { isResumable: false, isServerUp: true, isTransportMade: true };
  let count = 0;
  const signaling = new FakeSignaling({
    'peer:open': ({ resume }: RequestOf<'peer:open'>) => {
      if (!state.isServerUp) return { ok: false, error: { code: 'mediaUnavailable', message: 'No media.' } };
      const isResumed = resume !== null && state.isResumable;
      if (!isResumed) count += 1;
      const value: ResponseOf<'peer:open'> = {
        peerId: isResumed ? resume.peerId : `peer-${count}`,
        secret: 'secret',
        isResumed,
        viewingIds: isResumed ? ['viewing-1'] : [],
        routerRtpCapabilities: {},
      };
      return { ok: true, value };
    },
  });
  const peers: FakePeer[] = [];
  const createSession = vi.fn<PeerSessionFactory>(async (_signaling, opened, onFailed) => {
    if (!state.isTransportMade) return null;
    const peer = { peerId: opened.peerId, secret: opened.secret, isClosed: false, fail: onFailed };
    peers.push(peer);
    const session = Object.assign(peer, {
      close: () => {
        peer.isClosed = true;
      },
    });
    return session as unknown as PeerSession;
  });
  const listener = { onOpened: vi.fn<() => void>(), onResumed: vi.fn<(viewingIds: readonly string[]) => void>() };
  const supervisor = new PeerSupervisor(signaling, listener, createSession);
  return { state, signaling, peers, listener, supervisor };
}

describe('PeerSupervisor', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  const flush = () => vi.advanceTimersByTimeAsync(0);

  it('opens one peer for however many wishes', async () => {
    const { supervisor, signaling, listener } = setUp();
    supervisor.want();
    supervisor.want();
    await flush();
    supervisor.want();
    await flush();
    expect(signaling.of('peer:open')).toEqual([{ resume: null }]);
    expect(listener.onOpened).toHaveBeenCalledTimes(1);
    expect(supervisor.session?.peerId).toBe('peer-1');
  });

  it('tries again with back-off while the server has no media', async () => {
    const { supervisor, signaling, state } = setUp();
    state.isServerUp = false;
    supervisor.want();
    await vi.advanceTimersByTimeAsync(3_000);
    const tries = signaling.of('peer:open').length;
    expect(tries).toBeGreaterThan(2);
    expect(tries).toBeLessThan(7);
    state.isServerUp = true;
    await vi.advanceTimersByTimeAsync(6_000);
    expect(supervisor.session?.peerId).toBe('peer-1');
  });

  it('tries again when the transport could not be made', async () => {
    const { supervisor, state } = setUp();
    state.isTransportMade = false;
    supervisor.want();
    await flush();
    expect(supervisor.session).toBeNull();
    state.isTransportMade = true;
    await vi.advanceTimersByTimeAsync(1_000);
    expect(supervisor.session).not.toBeNull();
  });

  it('opens nothing without a connection, and at once when it is there', async () => {
    const { supervisor, signaling } = setUp();
    signaling.isConnected = false;
    supervisor.want();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(signaling.asked).toEqual([]);
    signaling.isConnected = true;
    supervisor.handleConnected();
    await flush();
    expect(supervisor.session?.peerId).toBe('peer-1');
  });

  it('CON6: takes its peer up again after a broken connection', async () => {
    const { supervisor, state, peers, listener, signaling } = setUp();
    supervisor.want();
    await flush();
    state.isResumable = true;
    supervisor.handleConnected();
    await flush();
    expect(signaling.of('peer:open').at(-1)).toEqual({ resume: { peerId: 'peer-1', secret: 'secret' } });
    expect(listener.onResumed).toHaveBeenCalledWith(['viewing-1']);
    expect(peers).toHaveLength(1);
  });

  it('keeps the old peer for its pictures until the new one has had time', async () => {
    const { supervisor, peers, listener } = setUp();
    supervisor.want();
    await flush();
    supervisor.handleConnected();
    await flush();
    expect(listener.onOpened).toHaveBeenCalledTimes(2);
    expect(peers.map((peer) => peer.isClosed)).toEqual([false, false]);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(peers.map((peer) => peer.isClosed)).toEqual([true, false]);
  });

  it('opens a new peer when the server says that it is gone, or its transport fails', async () => {
    const { supervisor, peers, signaling } = setUp();
    supervisor.want();
    await flush();
    supervisor.handlePeerClosed('another peer');
    supervisor.handlePeerClosed('peer-1');
    expect(supervisor.session).toBeNull();
    await flush();
    expect(supervisor.session?.peerId).toBe('peer-2');
    peers[1]?.fail();
    await flush();
    expect(supervisor.session?.peerId).toBe('peer-3');
    // What failed is not taken up again.
    expect(signaling.of('peer:open')).toEqual([{ resume: null }, { resume: null }, { resume: null }]);
    peers[0]?.fail();
    await flush();
    expect(peers).toHaveLength(3);
  });

  it('closes everything once', async () => {
    const { supervisor, peers } = setUp();
    supervisor.want();
    await flush();
    supervisor.handleConnected();
    await flush();
    supervisor.close();
    supervisor.close();
    expect(peers.every((peer) => peer.isClosed)).toBe(true);
    supervisor.want();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(peers).toHaveLength(2);
  });
});

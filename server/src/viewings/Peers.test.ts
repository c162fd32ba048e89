import { pino } from 'pino';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { BackgroundWork } from '../BackgroundWork.ts';
import { Connection } from '../signaling/Connection.ts';
import { analystActor } from '../testing/analystActor.ts';
import type { PeerRecord } from './PeerStore.ts';
import { Peers } from './Peers.ts';

const graceMs = 20_000;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function createPeers() {
  const records = new Map<string, PeerRecord>();
  const endPeer = vi.fn<(peerId: string) => Promise<void>>(async () => undefined);
  const peers = new Peers({
    askHost: () => Promise.reject(new Error('not part of this test')),
    store: {
      write: async (record) => void records.set(record.peerId, record),
      remove: async (peerId) => void records.delete(peerId),
    },
    endPeer,
    onResumed: () => undefined,
    background: new BackgroundWork(pino({ level: 'silent' })),
    graceMs,
  });
  return { peers, records, endPeer };
}

function createConnection(id: string): Connection {
  const ignore = () => undefined;
  return new Connection({
    id,
    actor: analystActor,
    socket: { connected: true, join: ignore, leave: ignore, emit: ignore, disconnect: ignore, conn: { close: ignore } },
  });
}

it('CON6 a peer that is adopted twice, and taken up between, lives on', async () => {
  const before = createPeers();
  const { peer, secret } = await before.peers.open(analystActor, createConnection('before'));
  const { peerId } = peer.record;

  const { peers, endPeer } = createPeers();
  peers.adopt(peer.record);
  expect(await peers.resume(analystActor, createConnection('now'), { peerId, secret })).not.toBeNull();
  // Two questions for the same peer waited for its record at the same time.
  peers.adopt(peer.record);
  await vi.advanceTimersByTimeAsync(graceMs * 2);
  expect(endPeer).not.toHaveBeenCalled();
  expect(peers.connectionOf(peerId)?.id).toBe('now');
});

it('CON6 a peer that nobody takes up ends once, after its last loss', async () => {
  const { peers, endPeer } = createPeers();
  const { peer, secret } = await peers.open(analystActor, createConnection('first'));
  peers.connectionClosed('first', false);
  await vi.advanceTimersByTimeAsync(graceMs - 1);
  await peers.resume(analystActor, createConnection('second'), { peerId: peer.record.peerId, secret });
  peers.connectionClosed('second', false);
  await vi.advanceTimersByTimeAsync(graceMs - 1);
  expect(endPeer).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  expect(endPeer).toHaveBeenCalledOnce();
});

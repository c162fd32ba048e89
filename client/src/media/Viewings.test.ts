import type { ErrorCode } from '@commonsight/types/errors';
import type { RequestOf, ResponseOf } from '@commonsight/types/signaling/requests';
import type { Consumer } from 'mediasoup-client/types';
import { describe, expect, it } from 'vitest';
import { FakeSignaling, settle } from '../testing/fakeSignaling.ts';
import { pauseHiddenAfterMs, type ViewingTarget, viewingKey } from './planViewings.ts';
import type { TileEnd } from './TileState.ts';
import { Viewings } from './Viewings.ts';

const north: ViewingTarget = { cameraId: 'north', stream: 'sub', incidentId: 'robbery' };
const south: ViewingTarget = { cameraId: 'south', stream: 'sub', incidentId: 'robbery' };
const none = new Set<string>();

interface SetUpOptions {
  /** What the server refuses, by camera. */
  refused?: Record<string, ErrorCode>;
  beforeAnswer?: () => void;
}

function setUp({ refused = {}, beforeAnswer }: SetUpOptions = {}) {
  let nowMs = 1_000_000;
  let count = 0;
  const signaling = new FakeSignaling({
    'consumer:create': ({ items }: RequestOf<'consumer:create'>) => {
      const results = items.map((item): ResponseOf<'consumer:create'>['results'][number] => {
        const code = refused[item.cameraId];
        if (code !== undefined) return { ok: false, cameraId: item.cameraId, error: { code, message: `No: ${code}.` } };
        count += 1;
        return {
          ok: true,
          cameraId: item.cameraId,
          viewingId: `viewing-${count}`,
          streamId: `stream-of-${item.cameraId}`,
          grantEndsAt: '2030-01-01T00:00:00.000Z',
          consumer: { id: `consumer-${count}`, producerId: 'p', kind: 'video', rtpParameters: { codecs: [] } },
        };
      });
      beforeAnswer?.();
      return { ok: true, value: { results } };
    },
  });
  const ended: { target: ViewingTarget; end: TileEnd }[] = [];
  const needed: ViewingTarget[] = [];
  const viewings = new Viewings(
    signaling,
    {
      onChanged: () => undefined,
      onGrantNeeded: (targets) => needed.push(...targets),
      onEnded: (target, end) => ended.push({ target, end }),
    },
    () => nowMs,
  );
  const batches: number[] = [];
  const peer = {
    consume: async (offers: readonly { id: string }[]) => {
      batches.push(offers.length);
      return offers.map(({ id }) => fakeConsumer(id));
    },
  };
  const show = async (...targets: ViewingTarget[]) => {
    viewings.reconcile(
      targets.map((target) => ({ target, isShown: true })),
      none,
    );
    await settle();
  };
  viewings.usePeer(peer);
  const advance = (ms: number): void => {
    nowMs += ms;
  };
  return { signaling, viewings, ended, needed, batches, peer, show, advance };
}

function fakeConsumer(id: string): Consumer {
  const consumer = { id, track: { id } as MediaStreamTrack, closed: false, close: () => undefined };
  return consumer as unknown as Consumer;
}

function closed(viewingId: string, reason: 'endedBySupervisor' | 'mediaLost') {
  return { viewingId, cameraId: 'north', reason, by: null, note: reason === 'mediaLost' ? null : 'Out of shift' };
}

describe('Viewings', () => {
  it('CON3: opens all tiles of one tick with one request, consumes them together and resumes them together', async () => {
    const { signaling, batches, show, viewings } = setUp();
    await show(north, south);
    expect(signaling.of('consumer:create')).toEqual([{ items: [north, south] }]);
    expect(batches).toEqual([2]);
    expect(signaling.of('consumer:resume')).toEqual([{ viewingIds: ['viewing-1', 'viewing-2'] }]);
    expect(viewings.stateOf(viewingKey(north))).toEqual({ state: 'open' });
    expect(viewings.streamIdOf(viewingKey(south))).toBe('stream-of-south');
  });

  it('asks for nothing twice while it is opening or open', async () => {
    const { signaling, show } = setUp();
    await Promise.all([show(north), show(north)]);
    await show(north);
    expect(signaling.of('consumer:create')).toHaveLength(1);
  });

  it('waits for a peer', async () => {
    const { signaling, viewings } = setUp();
    const without = new Viewings(signaling, { onChanged() {}, onGrantNeeded() {}, onEnded() {} });
    expect(without.reconcile([{ target: north, isShown: true }], none)).toBe(true);
    expect(signaling.of('consumer:create')).toEqual([]);
    expect(viewings.stateOf(viewingKey(north))).toEqual({ state: 'none' });
  });

  it('closes what is wanted no more', async () => {
    const { signaling, show, viewings } = setUp();
    await show(north, south);
    await show(south);
    expect(signaling.of('consumer:close')).toEqual([{ viewingIds: ['viewing-1'] }]);
    expect(viewings.trackOf(viewingKey(north))).toBeNull();
  });

  it('CON1: tells which cameras need a grant, and opens them together when it is given', async () => {
    const refused: Record<string, ErrorCode> = { north: 'grantNeeded', south: 'grantNeeded' };
    const { signaling, show, viewings, needed, advance } = setUp({ refused });
    await show(north, south);
    expect(needed).toEqual([north, south]);
    expect(viewings.stateOf(viewingKey(north))).toEqual({ state: 'grantNeeded' });
    advance(3_600_000);
    await show(north, south);
    expect(signaling.of('consumer:create')).toHaveLength(1);
    delete refused['north'];
    delete refused['south'];
    viewings.unblock((target) => target.incidentId === 'robbery');
    await show(north, south);
    expect(signaling.of('consumer:create').at(-1)).toEqual({ items: [north, south] });
    expect(viewings.stateOf(viewingKey(south))).toEqual({ state: 'open' });
  });

  it('does not try again what may not be seen, and says so', async () => {
    const { show, viewings, advance, signaling } = setUp({ refused: { north: 'notPermitted' } });
    await show(north);
    advance(600_000);
    await show(north);
    expect(signaling.of('consumer:create')).toHaveLength(1);
    expect(viewings.stateOf(viewingKey(north))).toEqual({ state: 'restricted', message: 'No: notPermitted.' });
  });

  it('tries again with back-off what only failed', async () => {
    const { show, viewings, advance, signaling } = setUp({ refused: { north: 'mediaUnavailable' } });
    await show(north);
    expect(viewings.stateOf(viewingKey(north))).toMatchObject({ state: 'retrying', message: 'No: mediaUnavailable.' });
    await show(north);
    expect(signaling.of('consumer:create')).toHaveLength(1);
    advance(600);
    await show(north);
    expect(signaling.of('consumer:create')).toHaveLength(2);
    advance(600);
    await show(north);
    expect(signaling.of('consumer:create')).toHaveLength(2);
    advance(600);
    await show(north);
    expect(signaling.of('consumer:create')).toHaveLength(3);
  });

  it('tries at once what failed, when something has changed on the way', async () => {
    const refused: Record<string, ErrorCode> = { north: 'relayOffline', south: 'grantNeeded' };
    const { show, viewings } = setUp({ refused });
    await show(north, south);
    delete refused['north'];
    viewings.hurry((target) => target.cameraId === 'north');
    await show(north, south);
    expect(viewings.stateOf(viewingKey(north))).toEqual({ state: 'open' });
    expect(viewings.stateOf(viewingKey(south))).toEqual({ state: 'grantNeeded' });
  });

  it('does not open again what a supervisor ended', async () => {
    const { show, viewings, ended, signaling } = setUp();
    await show(north);
    viewings.handleConsumerClosed(closed('viewing-1', 'endedBySupervisor'));
    expect(ended).toEqual([{ target: north, end: { reason: 'endedBySupervisor', by: null, note: 'Out of shift' } }]);
    expect(viewings.trackOf(viewingKey(north))).toBeNull();
    expect(signaling.of('consumer:close')).toEqual([]);
  });

  it('opens again what was lost on its way', async () => {
    const { show, viewings, ended, advance } = setUp();
    await show(north);
    viewings.handleConsumerClosed(closed('viewing-1', 'mediaLost'));
    expect(viewings.stateOf(viewingKey(north)).state).toBe('retrying');
    advance(1_000);
    await show(north);
    expect(viewings.stateOf(viewingKey(north))).toEqual({ state: 'open' });
    expect(ended).toEqual([]);
  });

  it('knows an end that came before the answer that it ends', async () => {
    const early: { end?: () => void } = {};
    const { show, viewings, ended } = setUp({ beforeAnswer: () => early.end?.() });
    early.end = () => viewings.handleConsumerClosed(closed('viewing-1', 'endedBySupervisor'));
    await show(north);
    expect(ended).toHaveLength(1);
    expect(viewings.trackOf(viewingKey(north))).toBeNull();
  });

  it('pauses what is hidden on the server alone, and resumes it when it is seen', async () => {
    const { show, viewings, signaling, advance } = setUp();
    await show(north);
    const hide = () => viewings.reconcile([{ target: north, isShown: false }], none);
    hide();
    advance(pauseHiddenAfterMs);
    hide();
    hide();
    expect(signaling.of('consumer:pause')).toEqual([{ viewingIds: ['viewing-1'] }]);
    await show(north);
    expect(signaling.of('consumer:resume')).toHaveLength(2);
  });

  it('CON6: keeps what still runs when a broken connection returns, and forgets the rest', async () => {
    const { show, viewings, signaling } = setUp();
    await show(north, south);
    viewings.resumePeer(['viewing-2', 'viewing-of-a-lost-answer']);
    expect(viewings.trackOf(viewingKey(north))).toBeNull();
    expect(viewings.trackOf(viewingKey(south))).not.toBeNull();
    expect(signaling.of('consumer:close')).toEqual([{ viewingIds: ['viewing-of-a-lost-answer'] }]);
  });

  it('opens everything on a new peer', async () => {
    const { show, viewings, signaling, peer } = setUp();
    await show(north, south);
    viewings.usePeer({ ...peer });
    await show(north, south);
    expect(signaling.of('consumer:create')).toHaveLength(2);
    expect(viewings.streamIdOf(viewingKey(north))).toBe('stream-of-north');
  });

  it('UPL1 takes the small picture for a while when the large one does not fit into the owner’s limit', async () => {
    const { show, viewings, ended, advance } = setUp({ refused: { north: 'uploadFull' } });
    const large: ViewingTarget = { ...north, stream: 'main' };
    expect(viewings.fitting(large)).toEqual(large);
    await show(large);
    expect(viewings.fitting(large)).toEqual(north);
    expect(viewings.fitting({ ...large, cameraId: 'south' }).stream).toBe('main');
    expect(ended).toEqual([]);
    // The small one that does not fit either says so and is asked for again.
    await show(north);
    expect(viewings.stateOf(viewingKey(north))).toMatchObject({ state: 'retrying', message: 'No: uploadFull.' });
    advance(120_000);
    expect(viewings.fitting(large)).toEqual(large);
  });
});

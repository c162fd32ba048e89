import type { SignedGrant } from '@commonsight/types/relay/signed-grant';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CodedError } from '../errors.ts';
import { newId } from '../ids.ts';
import { srtpParameters } from '../signaling/testing/FakeHost.ts';
import { StreamRun, type StreamRunParts } from './StreamRun.ts';

const record = {
  streamId: newId(),
  kind: 'sub' as const,
  cameraId: newId(),
  cameraName: 'One',
  isConfirmed: true,
  siteId: newId(),
  agencyId: newId(),
};
const graceMs = 10_000;

/** A run whose far ends answer at once, unless told otherwise, and write down what they are asked. */
function createRun() {
  const asked: string[] = [];
  const far = {
    relayId: 'relay' as string | null,
    viewers: 1,
    grants: ['grant'],
    /** Answers of this request fail, or wait. */
    before: new Map<string, () => Promise<void>>(),
  };
  const answer = async (name: string): Promise<unknown> => {
    asked.push(name);
    await far.before.get(name)?.();
    return name === 'uplink:open' ? { address: '127.0.0.1', port: 1, srtpParameters } : { srtpParameters };
  };
  const onUplinkLost = vi.fn<(streamId: string) => void>();
  const onStopped = vi.fn<() => void>();
  const ignore = () => undefined;
  const parts: StreamRunParts = {
    askHost: ((name: string) => answer(name)) as unknown as StreamRunParts['askHost'],
    askRelay: ((_relayId: string, name: string) => answer(name)) as unknown as StreamRunParts['askRelay'],
    relayOfSite: () => far.relayId,
    signGrants: () => far.grants.map((claims): SignedGrant => ({ claims, signature: '' })),
    countViewers: () => far.viewers,
    health: { starting: ignore, uplinkGone: ignore, stopped: onStopped },
    onUplinkLost,
    graceMs,
    logger: pino({ level: 'silent' }),
  };
  return { run: new StreamRun(record, parts), asked, far, onUplinkLost, onStopped };
}

const settle = () => vi.advanceTimersByTimeAsync(1);

describe('a stream', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it('STR2 starts once for all who ask, and sends the grants of those who came late', async () => {
    const { run, asked, far } = createRun();
    let go = () => undefined as void;
    far.before.set('stream:start', () => new Promise((resolve) => (go = resolve)));
    const first = run.ensure('peer');
    await settle();
    far.grants = ['grant', 'another'];
    const second = run.ensure('peer');
    run.syncGrants();
    go();
    expect(await first).toBe(await second);
    await settle();
    expect(asked).toEqual(['uplink:open', 'stream:start', 'uplink:connect', 'stream:replaceGrants']);
  });

  it('is idle again after a start that failed, and every asker hears why', async () => {
    const { run, asked, far } = createRun();
    far.before.set('stream:start', () => Promise.reject(new CodedError('notPermitted')));
    const askers = [run.ensure('peer'), run.ensure('peer')];
    for (const asker of askers) await expect(asker).rejects.toMatchObject({ code: 'notPermitted' });
    expect(asked).toEqual(['uplink:open', 'stream:start', 'uplink:close', 'stream:stop']);
    far.before.clear();
    expect(await run.ensure('peer')).toBe(run.uplinkId);
  });

  it('fails a start whose uplink is closed under it', async () => {
    const { run, far } = createRun();
    let go = () => undefined as void;
    far.before.set('uplink:connect', () => new Promise((resolve) => (go = resolve)));
    const asker = run.ensure('peer');
    await settle();
    run.uplinkClosed(run.ownUplinkId ?? '');
    go();
    await expect(asker).rejects.toMatchObject({ code: 'mediaUnavailable' });
  });

  it('loses its uplink when the relay has stopped, in the middle of a start too, and no other one', async () => {
    const { run, asked, far, onUplinkLost } = createRun();
    const before = await run.ensure('peer');
    run.stoppedByRelay(before);
    expect(onUplinkLost).toHaveBeenCalledOnce();
    expect(asked).toContain('uplink:close');
    expect(run.uplinkId).toBeNull();

    let go = () => undefined as void;
    far.before.set('uplink:connect', () => new Promise((resolve) => (go = resolve)));
    const asker = run.ensure('peer');
    await settle();
    run.stoppedByRelay(before);
    go();
    const after = await asker;
    expect(run.uplinkId).toBe(after);
    run.stoppedByRelay(before);
    expect(run.uplinkId).toBe(after);

    run.stoppedByRelay(after);
    const failing = run.ensure('peer');
    await settle();
    run.stoppedByRelay(run.ownUplinkId ?? '');
    go();
    await expect(failing).rejects.toMatchObject({ code: 'mediaUnavailable' });
  });

  it('STR1 stops after the grace time, and not when somebody came back within it', async () => {
    const { run, asked, far, onStopped } = createRun();
    await run.ensure('peer');
    far.viewers = 0;
    run.viewersChanged(false);
    await vi.advanceTimersByTimeAsync(graceMs - 1);
    far.viewers = 1;
    await run.ensure('peer');
    await vi.advanceTimersByTimeAsync(graceMs * 2);
    expect(asked).not.toContain('stream:stop');
    far.viewers = 0;
    run.viewersChanged(false);
    await vi.advanceTimersByTimeAsync(graceMs);
    expect(asked.slice(-2).toSorted()).toEqual(['stream:stop', 'uplink:close']);
    expect(run.uplinkId).toBeNull();
    expect(onStopped).toHaveBeenCalled();
  });

  it('stops at once when the last grant was revoked, and starts anew for who comes while it stops', async () => {
    const { run, asked, far } = createRun();
    const before = await run.ensure('peer');
    let go = () => undefined as void;
    far.before.set('stream:stop', () => new Promise((resolve) => (go = resolve)));
    far.viewers = 0;
    run.viewersChanged(true);
    expect(run.uplinkId).toBeNull();
    far.viewers = 1;
    const after = run.ensure('peer');
    await settle();
    expect(asked.filter((name) => name === 'stream:start')).toHaveLength(1);
    go();
    expect(await after).not.toBe(before);
  });

  it('stops at once when the grants were revoked while it started', async () => {
    const { run, asked, far } = createRun();
    let go = () => undefined as void;
    far.before.set('stream:start', () => new Promise((resolve) => (go = resolve)));
    const asker = run.ensure('peer');
    await settle();
    far.viewers = 0;
    run.viewersChanged(true);
    go();
    await asker;
    await settle();
    expect(asked.slice(-2).toSorted()).toEqual(['stream:stop', 'uplink:close']);
  });

  it('STR5 gives a new uplink to a relay that still sends, or stops it when nobody asks', async () => {
    const { run, asked, far, onUplinkLost } = createRun();
    const before = await run.ensure('peer');
    run.uplinkClosed(before);
    expect(onUplinkLost).toHaveBeenCalledWith(record.streamId, 'mediaLost');
    const after = await run.ensure('peer');
    expect(after).not.toBe(before);
    run.uplinkClosed(before);
    expect(run.uplinkId).toBe(after);
    far.viewers = 0;
    run.uplinkClosed(after);
    await vi.advanceTimersByTimeAsync(graceMs);
    expect(asked.at(-1)).toBe('stream:stop');
  });

  it('STR7 adopts an uplink that its relay sends to, and one whose relay is away', async () => {
    const known = createRun();
    known.run.relayConnected('relay', 'uplink', false);
    known.run.adoptUplink('uplink', { hasRelay: true });
    expect(known.run.uplinkId).toBe('uplink');

    const away = createRun();
    away.far.relayId = null;
    away.run.adoptUplink('uplink', { hasRelay: true });
    expect(away.run.uplinkId).toBe('uplink');
    away.far.relayId = 'relay';
    away.run.relayConnected('relay', 'uplink', true);
    expect(away.run.uplinkId).toBe('uplink');
    await settle();
    expect(away.asked).toEqual(['stream:replaceGrants']);
  });

  it('STR7 closes an uplink that its relay does not send to, and stops what has no uplink', async () => {
    const closed = createRun();
    closed.run.adoptUplink('uplink', { hasRelay: true });
    expect(closed.run.uplinkId).toBeNull();
    expect(closed.asked).toEqual(['uplink:close']);

    const unwanted = createRun();
    unwanted.run.relayConnected('relay', 'uplink', false);
    expect(unwanted.asked).toEqual([]);
    unwanted.run.stopUnwanted();
    expect(unwanted.asked).toEqual(['stream:stop']);
  });

  it('STR8 ends at the host when its relay is revoked, and is not adopted again when the host was away', async () => {
    const { run, asked, far, onUplinkLost, onStopped } = createRun();
    const uplinkId = await run.ensure('peer');
    run.relayLost('relay');
    run.relayRevoked('another relay');
    expect(run.uplinkId).toBe(uplinkId);
    far.before.set('uplink:close', () => Promise.reject(new CodedError('mediaUnavailable')));
    run.relayRevoked('relay');
    expect(run.uplinkId).toBeNull();
    expect(asked.at(-1)).toBe('uplink:close');
    expect([onUplinkLost, onStopped].map((told) => told.mock.calls.length)).toEqual([1, 1]);

    far.relayId = null;
    far.before.clear();
    run.adoptUplink(uplinkId, { hasRelay: true });
    expect(run.uplinkId).toBeNull();
    await settle();
    expect(asked.filter((name) => name === 'uplink:close')).toHaveLength(2);
  });

  it('STR8 ends an uplink of unknown sender, and fails a start under way, when the relay is revoked', async () => {
    const adopted = createRun();
    adopted.far.relayId = null;
    adopted.run.adoptUplink('uplink', { hasRelay: true });
    adopted.run.relayRevoked('relay');
    expect(adopted.run.uplinkId).toBeNull();

    const unwanted = createRun();
    unwanted.far.relayId = null;
    unwanted.run.adoptUplink('uplink', { hasRelay: false });
    expect(unwanted.run.uplinkId).toBeNull();

    const starting = createRun();
    let go = () => undefined as void;
    starting.far.before.set('stream:start', () => new Promise((resolve) => (go = resolve)));
    const asker = starting.run.ensure('peer');
    await settle();
    starting.run.relayRevoked('relay');
    go();
    await expect(asker).rejects.toMatchObject({ code: 'mediaUnavailable' });
    expect(starting.asked).not.toContain('uplink:connect');
  });

  it('throws relayOffline when nobody could start it', async () => {
    const { run, far } = createRun();
    far.relayId = null;
    expect(() => run.assertCanRun()).toThrow('offline');
    await expect(run.ensure('peer')).rejects.toMatchObject({ code: 'relayOffline' });
  });
});

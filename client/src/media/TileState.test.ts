import { describe, expect, it } from 'vitest';
import { afterStandstill, presentedAtMs, type TileFacts, tileState } from './TileState.ts';

const now = 1_700_000_000_000;
const since = '2026-01-05T10:00:00.000Z';

const watching: TileFacts = {
  hasCamera: true,
  mayView: true,
  viewing: { state: 'open' },
  end: null,
  accessEnd: null,
  approval: null,
  health: { state: 'live', since, width: 640, height: 360, framesPerSecond: 30 },
  relayOfflineSince: null,
  frameAtMs: now - 20,
  delayMs: 31,
  isConnected: true,
};

function stateOf(change: Partial<TileFacts>) {
  return tileState({ ...watching, ...change }, now);
}

const offline = {
  state: 'cameraOffline',
  since,
  fault: 'wrongPassword',
  message: 'The camera refused the password.',
  retryAt: '2026-01-05T10:00:05.000Z',
} as const;

describe('tileState', () => {
  it('is empty without a camera', () => {
    expect(stateOf({ hasCamera: false })).toEqual({ state: 'empty' });
  });

  it('is live while pictures come, with the measured delay', () => {
    expect(stateOf({})).toEqual({ state: 'live', delayMs: 31 });
  });

  it('never shows a picture older than two seconds as live, whatever the server reports', () => {
    expect(stateOf({ frameAtMs: now - 1_999 }).state).toBe('live');
    expect(stateOf({ frameAtMs: now - 2_000 })).toEqual({ state: 'stale', ageSeconds: 2 });
    expect(stateOf({ frameAtMs: now - 61_500 })).toEqual({ state: 'stale', ageSeconds: 61 });
  });

  it('goes from connecting over the key frame to live', () => {
    const before = { frameAtMs: null, delayMs: null };
    expect(stateOf({ ...before, viewing: { state: 'none' }, health: { state: 'idle' } }).state).toBe('connecting');
    expect(stateOf({ ...before, viewing: { state: 'opening' } }).state).toBe('connecting');
    expect(stateOf({ ...before, health: { state: 'connecting', since } }).state).toBe('connecting');
    expect(stateOf({ ...before, health: { state: 'waitingForKeyFrame', since } }).state).toBe('waitingForKeyFrame');
    expect(stateOf({ ...before }).state).toBe('waitingForKeyFrame');
  });

  it('says how a request for approval stands instead of asking for a purpose', () => {
    const viewing = { state: 'grantNeeded' } as const;
    const waiting = { state: 'waitingForApproval', approvedBy: ['supervisor'], expiresAt: since } as const;
    const denied = { state: 'approvalDenied', by: 'Sam Okafor', note: 'Ask the watch.' } as const;
    expect(stateOf({ viewing, frameAtMs: null })).toEqual({ state: 'grantNeeded' });
    expect(stateOf({ viewing, frameAtMs: null, approval: waiting })).toEqual(waiting);
    expect(stateOf({ viewing, frameAtMs: null, approval: denied })).toEqual(denied);
    // A picture that comes is live, whatever else was asked for.
    expect(stateOf({ approval: waiting }).state).toBe('live');
  });

  it('says that it waits once a grant that ran out is asked for again, and not what was refused before', () => {
    const waiting = { state: 'waitingForApproval', approvedBy: ['supervisor'], expiresAt: since } as const;
    const timedOut = { state: 'approvalTimedOut', approvedBy: ['supervisor'] } as const;
    const expired = { reason: 'grantExpired', by: null, note: null } as const;
    const closed = { reason: 'incidentClosed', by: null, note: null } as const;
    expect(stateOf({ end: expired, approval: waiting })).toEqual(waiting);
    expect(stateOf({ end: expired, approval: timedOut })).toEqual({ state: 'ended', end: expired });
    expect(stateOf({ end: closed, approval: waiting })).toEqual({ state: 'ended', end: closed });
  });

  it('says that a grant ran out also where no viewing of this page has told of it', () => {
    const accessEnd = { reason: 'grantExpired', by: null, note: null } as const;
    const viewing = { state: 'grantNeeded' } as const;
    const waiting = { state: 'waitingForApproval', approvedBy: ['supervisor'], expiresAt: since } as const;
    expect(stateOf({ viewing, frameAtMs: null, accessEnd })).toEqual({ state: 'ended', end: accessEnd });
    expect(stateOf({ viewing, frameAtMs: null, accessEnd, approval: waiting })).toEqual(waiting);
    expect(stateOf({ viewing: { state: 'opening' }, frameAtMs: null, accessEnd }).state).toBe('connecting');
  });

  it('says why a camera gives no picture and when it is tried again', () => {
    expect(stateOf({ health: offline, frameAtMs: null })).toEqual({
      state: 'cameraOffline',
      fault: 'wrongPassword',
      message: 'The camera refused the password.',
      since,
      retryAt: offline.retryAt,
      ageSeconds: null,
    });
  });

  it('keeps the age of the last picture under a fault', () => {
    expect(stateOf({ health: offline, frameAtMs: now - 5_400 })).toMatchObject({ ageSeconds: 5 });
    expect(stateOf({ relayOfflineSince: since, frameAtMs: now - 3_000 })).toEqual({
      state: 'relayOffline',
      since,
      ageSeconds: 3,
    });
  });

  it('believes pictures that still come more than a fault that was reported', () => {
    expect(stateOf({ health: offline }).state).toBe('live');
    expect(stateOf({ health: offline, frameAtMs: now - 900 }).state).toBe('cameraOffline');
  });

  it('puts an offline relay before an offline camera behind it', () => {
    expect(stateOf({ health: offline, relayOfflineSince: since, frameAtMs: null }).state).toBe('relayOffline');
    expect(stateOf({ health: { state: 'relayOffline', since }, frameAtMs: null }).state).toBe('relayOffline');
  });

  it('says what is degraded about a picture that comes', () => {
    const health = { state: 'degraded', since, fault: 'bFrames', message: 'The camera sends B-frames.' } as const;
    expect(stateOf({ health })).toEqual({ state: 'degraded', message: 'The camera sends B-frames.', delayMs: 31 });
  });

  it('keeps showing pictures while the connection to the server is lost', () => {
    expect(stateOf({ isConnected: false })).toEqual({ state: 'reconnecting', delayMs: 31 });
    expect(stateOf({ isConnected: false, frameAtMs: now - 4_000 })).toEqual({ state: 'stale', ageSeconds: 4 });
    expect(stateOf({ isConnected: false, frameAtMs: null, viewing: { state: 'none' } })).toMatchObject({
      state: 'connecting',
      message: expect.stringContaining('server'),
    });
  });

  it('asks for a grant only when no picture flows', () => {
    expect(stateOf({ viewing: { state: 'grantNeeded' }, frameAtMs: null })).toEqual({ state: 'grantNeeded' });
    expect(stateOf({ viewing: { state: 'grantNeeded' } }).state).toBe('live');
  });

  it('shows a refusal and an end before everything else', () => {
    const refused = { viewing: { state: 'restricted', message: 'You may not open this camera.' } } as const;
    expect(stateOf(refused)).toEqual({ state: 'restricted', message: 'You may not open this camera.' });
    expect(stateOf({ mayView: false }).state).toBe('restricted');
    const end = { reason: 'endedBySupervisor', by: null, note: 'Out of shift' } as const;
    expect(stateOf({ ...refused, end })).toEqual({ state: 'ended', end });
  });

  it('says when a viewing that failed is tried again', () => {
    const viewing = { state: 'retrying', message: 'Media is not available.', retryAtMs: now + 4_000 } as const;
    expect(stateOf({ viewing, frameAtMs: null, health: { state: 'idle' } })).toEqual({
      state: 'connecting',
      message: 'Media is not available.',
      retryAtMs: now + 4_000,
    });
  });
});

describe('afterStandstill', () => {
  const standstill = { fromMs: now - 3_000, untilMs: now };

  it('gives a picture that was live its time once more', () => {
    expect(afterStandstill(now - 3_100, standstill)).toBe(now);
    expect(afterStandstill(now + 40, standstill)).toBe(now + 40);
  });

  it('does not make a picture live that was stale before', () => {
    expect(afterStandstill(now - 5_000, standstill)).toBe(now - 5_000);
    expect(afterStandstill(null, standstill)).toBeNull();
    expect(afterStandstill(now - 5_000, null)).toBe(now - 5_000);
  });

  it('ends, though one standstill follows on the next', () => {
    const frameAtMs = now;
    const seen = [1, 2, 3].map((turn) =>
      afterStandstill(frameAtMs, { fromMs: now + turn * 1_200 - 1_100, untilMs: now + turn * 1_200 }),
    );
    expect(seen).toEqual([now + 1_200, now + 2_400, frameAtMs]);
  });
});

describe('presentedAtMs', () => {
  const { health } = watching;

  it('is the frame itself for a tile that is seen', () => {
    expect(presentedAtMs(now - 5_000, true, health, now)).toBe(now - 5_000);
  });

  it('lets a picture out of sight not age while its camera is reported to send', () => {
    expect(presentedAtMs(now - 5_000, false, health, now)).toBe(now);
    expect(presentedAtMs(now - 5_000, false, { state: 'stale', since }, now)).toBe(now - 5_000);
    expect(presentedAtMs(now - 5_000, false, offline, now)).toBe(now - 5_000);
    expect(presentedAtMs(null, false, health, now)).toBeNull();
  });
});

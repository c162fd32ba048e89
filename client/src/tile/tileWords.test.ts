import { describe, expect, it } from 'vitest';
import type { TileState } from '../media/TileState.ts';
import { ageWord, tileWords } from './tileWords.ts';

const serverNowMs = Date.parse('2026-01-05T10:00:10.000Z');
const clocks = { serverNowMs, localNowMs: 1_000_000 };
const sam = { id: 'u', name: 'S. Ruiz', role: 'supervisor' } as const;

function read(state: TileState) {
  return tileWords(state, clocks);
}

describe('tileWords', () => {
  it('leaves a live picture free and says its delay in the corner', () => {
    expect(read({ state: 'live', delayMs: 38 })).toEqual({
      kind: 'live',
      short: 'Live 38 ms',
      message: null,
      action: null,
    });
    expect(read({ state: 'live', delayMs: null }).short).toBe('Live');
    expect(read({ state: 'reconnecting', delayMs: 38 })).toMatchObject({ message: null });
  });

  it('says how old a picture is', () => {
    expect(read({ state: 'stale', ageSeconds: 3 })).toMatchObject({
      kind: 'stale',
      short: 'Stale 3 s',
      message: { title: 'Picture is 3 s old' },
    });
  });

  it('says what is wrong with a camera and when it is tried again', () => {
    const state: TileState = {
      state: 'cameraOffline',
      fault: 'wrongPassword',
      message: 'The camera refused the password.',
      since: '2026-01-05T10:00:00.000Z',
      retryAt: '2026-01-05T10:00:15.000Z',
      ageSeconds: 12,
    };
    expect(read(state).message?.sentence).toBe(
      'The camera refused the password. Retrying in 5 s. The picture is 12 s old.',
    );
    expect(read({ ...state, retryAt: '2026-01-05T10:00:09.000Z', ageSeconds: null }).message?.sentence).toBe(
      'The camera refused the password. Retrying now.',
    );
  });

  it('says that masks are in the way, and not the camera', () => {
    const since = '2026-01-05T10:00:00.000Z';
    const state = { state: 'cameraOffline', message: 'Masks.', since, retryAt: null, ageSeconds: null } as const;
    expect(read({ ...state, fault: 'maskFailed' })).toMatchObject({
      short: 'Masks failed',
      message: { title: 'Privacy masks failed', sentence: 'Masks.' },
    });
    expect(read({ ...state, fault: 'maskingFull' }).short).toBe('Masking full');
  });

  it('says since when a relay is offline', () => {
    const sentence = read({ state: 'relayOffline', since: '2026-01-05T09:55:10.000Z', ageSeconds: null }).message
      ?.sentence;
    expect(sentence).toContain('for 5 min');
  });

  it('says who ended it and why, and offers to open it again only where that can help', () => {
    const end = { reason: 'endedBySupervisor', by: sam, note: 'Out of shift' } as const;
    expect(read({ state: 'ended', end })).toMatchObject({
      message: { title: 'Ended by S. Ruiz', sentence: 'Out of shift' },
      action: 'openAgain',
    });
    const closed = { reason: 'incidentClosed', by: sam, note: null } as const;
    expect(read({ state: 'ended', end: closed })).toMatchObject({
      message: { title: 'Incident closed', sentence: expect.stringContaining('S. Ruiz closed it') },
      action: null,
    });
  });

  it('asks for the purpose where a grant is needed', () => {
    expect(read({ state: 'grantNeeded' }).action).toBe('giveReason');
  });

  it('says who has to approve, how long that can take, and offers to take the request back', () => {
    const expiresAt = '2026-01-05T10:28:20.000Z';
    expect(read({ state: 'waitingForApproval', approvedBy: ['supervisor'], expiresAt })).toMatchObject({
      message: {
        title: 'Waiting for approval',
        sentence: 'By a supervisor, 29 min left. Without an answer it is refused.',
      },
      action: 'withdraw',
    });
  });

  it('says who denied a request and why, and offers to ask again', () => {
    expect(read({ state: 'approvalDenied', by: 'S. Ruiz', note: 'Ask the watch first.' })).toMatchObject({
      message: { title: 'Denied by S. Ruiz', sentence: 'Ask the watch first.' },
      action: 'askAgain',
    });
    const timedOut = read({ state: 'approvalTimedOut', approvedBy: ['supervisor', 'administrator'] });
    expect(timedOut.message?.sentence).toContain('a supervisor or an administrator did not answer');
    expect(timedOut.action).toBe('askAgain');
  });

  it('offers to renew what has run out, and to open again what was ended otherwise', () => {
    const ended = (reason: 'grantExpired' | 'mediaLost') =>
      read({ state: 'ended', end: { reason, by: null, note: null } });
    expect(ended('grantExpired')).toMatchObject({ message: { title: 'Grant expired' }, action: 'renew' });
    expect(ended('mediaLost').action).toBe('openAgain');
  });

  it('has words and a symbol for every state, and no bare tile among those without a live picture', () => {
    const since = '2026-01-05T10:00:00.000Z';
    const states: TileState[] = [
      { state: 'empty' },
      { state: 'connecting', message: null, retryAtMs: null },
      { state: 'connecting', message: 'No media.', retryAtMs: 1_004_000 },
      { state: 'waitingForKeyFrame' },
      { state: 'stale', ageSeconds: 2 },
      { state: 'cameraOffline', fault: 'unreachable', message: 'Unreachable.', since, retryAt: null, ageSeconds: null },
      { state: 'relayOffline', since, ageSeconds: 4 },
      { state: 'grantNeeded' },
      { state: 'waitingForApproval', approvedBy: [], expiresAt: since },
      { state: 'approvalDenied', by: null, note: null },
      { state: 'approvalTimedOut', approvedBy: [] },
      { state: 'restricted', message: 'You may not.' },
      { state: 'ended', end: { reason: 'grantExpired', by: null, note: null } },
      { state: 'ended', end: { reason: 'notShared', by: null, note: null } },
    ];
    for (const state of states) {
      const { short, message } = read(state);
      expect(short).not.toBe('');
      expect(message?.title).toBeTruthy();
      expect(message?.sentence).toMatch(/[.]$/);
    }
  });
});

it('says that the owner does not share, and until when where that is known', () => {
  const read = (note: string | null) =>
    tileWords({ state: 'ended', end: { reason: 'notShared', by: null, note } }, { localNowMs: 0, serverNowMs: 0 });
  expect(read(null)).toMatchObject({
    short: 'Owner off',
    message: { title: 'Owner off', sentence: 'The owner does not share this camera now.' },
    action: 'openAgain',
  });
  const sentence = 'The owner does not share this camera now. Until Monday 08:00.';
  expect(read(sentence).message?.sentence).toBe(sentence);
});

describe('ageWord', () => {
  it('chooses the unit that a person would', () => {
    expect([3, 119, 120, 3_700, 7_200].map(ageWord)).toEqual(['3 s', '119 s', '2 min', '61 min', '2 h']);
  });
});

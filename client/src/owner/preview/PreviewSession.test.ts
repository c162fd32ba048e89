import { previewRoutes } from '@commonsight/types/http/preview-routes';
import { ledgerSecretHeader } from '@commonsight/types/ledger';
import { previewKeepMs, previewOrderSchema } from '@commonsight/types/relay/preview';
import type { PreviewEnd } from '@commonsight/types/preview';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PeerSession } from '../../media/PeerSession.ts';
import type { OwnerKey } from '../ownerKey.ts';
import { PreviewSession, type PreviewState } from './PreviewSession.ts';
import { previewEndWords } from './previewWords.ts';

const relayId = '0192f0c1-0000-7000-8000-000000000001';
const previewId = '0192f0c1-0000-7000-8000-000000000002';
const cameraId = '0192f0c1-0000-7000-8000-000000000003';
const track = { id: 'track' } as unknown as MediaStreamTrack;

/** A server that answers as ours does, with what was asked. */
let asked: { path: string; headers: Record<string, string>; body: Record<string, unknown> | null }[];
let refusal: { path: string; code: string; status: number } | null;
let end: PreviewEnd | null;
let onStarted: () => void;
let key: OwnerKey;
let states: PreviewState[];
let isPeerClosed: boolean;

const answers: Record<string, () => unknown> = {
  [previewRoutes.preparePreview.path]: () => ({ challenge: 'c'.repeat(43) }),
  [previewRoutes.startPreview.path]: () => {
    onStarted();
    return { previewId, leftMs: 180_000, routerRtpCapabilities: { codecs: [] } };
  },
  [previewRoutes.openPreview.path]: () => ({
    transport: {
      id: 't',
      iceParameters: { usernameFragment: 'u', password: 'p' },
      iceCandidates: [],
      dtlsParameters: { fingerprints: [{ algorithm: 'sha-256', value: 'AA' }] },
    },
    consumer: { id: 'c', producerId: 'p', kind: 'video', rtpParameters: { codecs: [] } },
  }),
  [previewRoutes.keepPreview.path]: () => ({ leftMs: end === null ? 170_000 : 0, end }),
  [previewRoutes.stopPreview.path]: () => ({ end: end ?? 'closedByOwner' }),
};

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  [asked, refusal, end, states, isPeerClosed] = [[], null, null, [], false];
  onStarted = () => undefined;
  vi.stubGlobal('fetch', async (address: string, options: RequestInit) => {
    const path = address.replace(previewId, ':id');
    const body = typeof options.body === 'string' ? (JSON.parse(options.body) as Record<string, unknown>) : null;
    asked.push({ path, headers: options.headers as Record<string, string>, body });
    if (refusal?.path === path) {
      const error = { code: refusal.code, message: `No: ${refusal.code}.` };
      return new Response(JSON.stringify({ error }), { status: refusal.status });
    }
    return new Response(JSON.stringify(answers[path]?.()));
  });
  const pair = await crypto.subtle.generateKey({ name: 'Ed25519' }, false, ['sign', 'verify']);
  key = { relayId, privateKey: pair.privateKey, publicKey: 'k', relayKey: 'r' };
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

function create(): PreviewSession {
  const wish = { secret: 's', key, cameraId, kind: 'sub' as const, isBeyondSharing: true };
  return new PreviewSession(
    wish,
    (state) => states.push(state),
    async (signaling) => {
      await signaling.request('transport:create', { rtpCapabilities: {} });
      const peer = {
        consume: async () => [{ track }],
        close: () => {
          isPeerClosed = true;
        },
      };
      return peer as unknown as PeerSession;
    },
  );
}

const pathsOf = () => asked.map(({ path }) => path);
const { preparePreview, startPreview, openPreview, keepPreview, stopPreview } = previewRoutes;

describe('an owner’s preview', () => {
  it('PRV1 signs what it wants, plays, and says again and again that the page is there', async () => {
    const session = create();
    await session.open();
    expect(pathsOf()).toEqual([preparePreview.path, startPreview.path, openPreview.path, keepPreview.path]);
    expect(asked.every(({ headers }) => headers[ledgerSecretHeader] === 's')).toBe(true);
    const { order } = (asked[1]?.body?.['signed'] ?? {}) as { order: string };
    expect(previewOrderSchema.parse(JSON.parse(atob(order.replaceAll('-', '+').replaceAll('_', '/'))))).toEqual({
      format: 'commonsight-preview-1',
      relayId,
      challenge: 'c'.repeat(43),
      cameraId,
      kind: 'sub',
      isBeyondSharing: true,
    });
    expect(states).toEqual([{ state: 'flowing', track, leftMs: 170_000 }]);
    await vi.advanceTimersByTimeAsync(previewKeepMs);
    await vi.waitFor(() => expect(pathsOf().filter((path) => path === keepPreview.path)).toHaveLength(2));
    session.close();
    expect(isPeerClosed).toBe(true);
    expect(pathsOf().at(-1)).toBe(stopPreview.path);
    await vi.advanceTimersByTimeAsync(10 * previewKeepMs);
    expect(pathsOf().filter((path) => path === keepPreview.path)).toHaveLength(2);
  });

  it('PRV1 tells the server of its end also when it is closed while it begins', async () => {
    const session = create();
    onStarted = () => session.close();
    await session.open();
    expect(pathsOf()).toEqual([preparePreview.path, startPreview.path, stopPreview.path]);
    expect(states).toEqual([]);
  });

  it('says why it has ended', async () => {
    const session = create();
    await session.open();
    end = 'time';
    await vi.advanceTimersByTimeAsync(previewKeepMs);
    await vi.waitFor(() => expect(states.at(-1)).toEqual({ state: 'ended', words: previewEndWords.time }));
    expect(isPeerClosed).toBe(true);
  });

  it('says in words what the relay or the server refuses', async () => {
    refusal = { path: preparePreview.path, code: 'relayOffline', status: 503 };
    await create().open();
    expect(states.at(-1)).toMatchObject({ state: 'ended', words: expect.stringContaining('cannot be reached') });
    refusal = { path: startPreview.path, code: 'uploadFull', status: 503 };
    await create().open();
    expect(states.at(-1)).toEqual({ state: 'ended', words: 'No: uploadFull.' });
    expect(pathsOf()).not.toContain(stopPreview.path);
  });
});

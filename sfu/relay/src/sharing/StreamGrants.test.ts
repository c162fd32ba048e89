import { generateKeyPairSync, sign } from 'node:crypto';
import { type GrantClaims, grantSignatureContext } from '@commonsight/types/relay/signed-grant';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { StreamGrants } from './StreamGrants.ts';

const start = Date.parse('2026-01-05T10:00:00.000Z');
beforeEach(() => vi.useFakeTimers({ now: start }));
afterEach(() => vi.useRealTimers());

const server = generateKeyPairSync('ed25519');
const relayId = '019b8d3c-0000-7000-8000-000000000001';
const cameraId = '019b8d3c-0000-7000-8000-000000000002';
const other = '019b8d3c-0000-7000-8000-000000000003';
const moment = (minutes: number) => new Date(start + minutes * 60_000).toISOString();

function grantOf(
  changed: Partial<GrantClaims> = {},
  { key = server.privateKey, context = grantSignatureContext } = {},
) {
  const claims: GrantClaims = {
    grantId: '019b8d3c-0000-7000-8000-000000000004',
    relayId,
    cameraId,
    purpose: 'training',
    startsAt: moment(-1),
    endsAt: moment(10),
    policyHash: '0'.repeat(64),
    ...changed,
  };
  const text = JSON.stringify(claims);
  const signature = sign(null, Buffer.from(context + text), key).toString('base64url');
  return { claims: Buffer.from(text).toString('base64url'), signature };
}

function openGrants() {
  const onEnded = vi.fn<() => void>();
  return { grants: new StreamGrants({ serverKey: server.publicKey, relayId, cameraId }, onEnded), onEnded };
}

describe('StreamGrants', () => {
  test('STR3 takes a grant that the server signed for this relay and camera and that holds now', () => {
    const { grants } = openGrants();
    expect(grants.replace([grantOf()])).toBe(true);
    expect(grants.replace([grantOf({ relayId: other }), grantOf()])).toBe(true);
    expect(grants.replace([grantOf({ startsAt: moment(0.9) })])).toBe(true);
    grants.close();
  });

  test.each([
    ['nothing', []],
    ['another relay', [grantOf({ relayId: other })]],
    ['another camera', [grantOf({ cameraId: other })]],
    ['a grant that has ended', [grantOf({ endsAt: moment(-0.01) })]],
    ['a grant that has not begun', [grantOf({ startsAt: moment(1.1) })]],
    ['another key', [grantOf({}, { key: generateKeyPairSync('ed25519').privateKey })]],
    ['a signature of something else', [grantOf({}, { context: 'commonsight-relay-hello-v1\n' })]],
    ['changed claims', [{ ...grantOf(), claims: grantOf({ endsAt: moment(99) }).claims }]],
    ['no claims', [{ claims: 'bm9uc2Vuc2U', signature: grantOf().signature }]],
    ['no signature', [{ ...grantOf(), signature: '' }]],
  ])('STR3 refuses %s', (_, given) => {
    expect(openGrants().grants.replace(given)).toBe(false);
  });

  test('STR3 refuses claims of another form, although the server signed them', () => {
    const text = '{"relayId":1}';
    const signature = sign(null, Buffer.from(grantSignatureContext + text), server.privateKey).toString('base64url');
    expect(openGrants().grants.replace([{ claims: Buffer.from(text).toString('base64url'), signature }])).toBe(false);
  });

  test('STR4 tells when the last one has ended, by its own clock', () => {
    const { grants, onEnded } = openGrants();
    grants.replace([grantOf(), grantOf({ endsAt: moment(200) })]);
    vi.advanceTimersByTime(199.9 * 60_000);
    expect(onEnded).not.toHaveBeenCalled();
    vi.advanceTimersByTime(0.2 * 60_000);
    expect(onEnded).toHaveBeenCalledTimes(1);
  });

  test('lives by the newest grants, and not by none', () => {
    const { grants, onEnded } = openGrants();
    grants.replace([grantOf({ endsAt: moment(20) })]);
    grants.replace([grantOf({ endsAt: moment(5) })]);
    expect(grants.replace([])).toBe(false);
    vi.advanceTimersByTime(5.1 * 60_000);
    expect(onEnded).toHaveBeenCalledTimes(1);
    grants.replace([grantOf({ endsAt: moment(20) })]);
    grants.close();
    vi.advanceTimersByTime(60 * 60_000);
    expect(onEnded).toHaveBeenCalledTimes(1);
  });
});

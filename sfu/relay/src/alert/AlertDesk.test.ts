import { createPublicKey, generateKeyPairSync, type KeyObject, randomBytes, sign, verify } from 'node:crypto';
import {
  alertArmMs,
  type AlertOrder,
  alertReceiptText,
  alertSignatureContext,
  type AlertState,
} from '@commonsight/types/relay/alert';
import type { SharingDocument } from '@commonsight/types/relay/sharing';
import { canonicalBytes } from 'commonsight-verify/entry';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { State } from '../sharing/Sharing.ts';
import { AlertDesk } from './AlertDesk.ts';
import { Alerts } from './Alerts.ts';

const relayId = '019b8d3c-0000-7000-8000-000000000001';
const [device, owner, stranger] = [1, 2, 3].map(() => generateKeyPairSync('ed25519')) as [Pair, Pair, Pair];
type Pair = { publicKey: KeyObject; privateKey: KeyObject };
const log = pino({ level: 'silent' });
const rule = { mode: 'onAlert' as const, schedule: [], dates: [] };
const document: SharingDocument = {
  format: 'commonsight-sharing-1',
  relayId,
  version: 1,
  issuedAt: '2026-01-05T10:00:00.000Z',
  timeZone: 'America/Chicago',
  default: rule,
  cameras: {},
};

let state: State;
let alerts: Alerts;
let desk: AlertDesk;
let told: (AlertState | null)[];
let changes: number;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance', 'setTimeout', 'clearTimeout', 'Date'] });
  const ownerKeys = [owner.publicKey.export({ format: 'der', type: 'spki' }).toString('base64url')];
  state = { is: 'paired', ownerKeys, document, signed: null };
  [told, changes] = [[], 0];
  alerts = new Alerts({
    sharingState: () => state,
    log,
    onChanged: () => {
      changes += 1;
      desk.tellChanges();
    },
  });
  desk = new AlertDesk({
    relayId,
    deviceKey: device.privateKey,
    alerts,
    sharingState: () => state,
    log,
    tell: async (alert) => void told.push(alert),
  });
});
afterEach(() => {
  alerts.close();
  vi.useRealTimers();
});

const prepare = async () => (await desk.handlers['alert:prepare']({})).challenge;

function signed(changed: Partial<AlertOrder>, by: KeyObject = owner.privateKey) {
  const bytes = canonicalBytes({ format: 'commonsight-alert-1', relayId, act: 'start', ...changed });
  const signature = sign(null, Buffer.concat([Buffer.from(alertSignatureContext), bytes]), by);
  return { order: Buffer.from(bytes).toString('base64url'), signature: signature.toString('base64url') };
}

const order = async (changed: Partial<AlertOrder> = {}, by?: KeyObject) =>
  desk.handlers['alert:order']({ signed: signed({ challenge: await prepare(), ...changed }, by) });

describe('ALE4 an order of an owner', () => {
  it('begins, extends and ends the alert, and the relay signs that it took it', async () => {
    const envelope = signed({ challenge: await prepare() });
    const { alert, receipt } = await desk.handlers['alert:order']({ signed: envelope });
    expect(alert).toMatchObject({ stage: 'arming', trigger: 'owner', isTest: false });
    const text = Buffer.from(alertReceiptText({ relayId, order: envelope.order }));
    expect(
      verify(
        null,
        text,
        createPublicKey(device.publicKey.export({ format: 'pem', type: 'spki' })),
        Buffer.from(receipt, 'base64url'),
      ),
    ).toBe(true);
    await vi.advanceTimersByTimeAsync(alertArmMs);
    expect(alerts.isSharing).toBe(true);
    expect((await order({ act: 'end' })).alert).toMatchObject({ stage: 'ended', end: 'owner' });
    expect(alerts.isSharing).toBe(false);
  });

  it('is good once and for a minute', async () => {
    const envelope = signed({ challenge: await prepare(), act: 'end' });
    await order();
    await desk.handlers['alert:order']({ signed: envelope });
    await order();
    await expect(desk.handlers['alert:order']({ signed: envelope })).rejects.toMatchObject({ code: 'notPermitted' });
    const late = signed({ challenge: await prepare(), act: 'end' });
    await vi.advanceTimersByTimeAsync(60_000);
    await expect(desk.handlers['alert:order']({ signed: late })).rejects.toMatchObject({ code: 'notPermitted' });
    expect(alerts.isSharing).toBe(true);
  });

  it('of a stranger, for another relay, made up or unpaired is refused', async () => {
    await expect(order({}, stranger.privateKey)).rejects.toThrow('not signed by an owner');
    await expect(order({ relayId: '019b8d3c-0000-7000-8000-000000000009' })).rejects.toThrow('another relay');
    await expect(order({ challenge: randomBytes(16).toString('base64url') })).rejects.toThrow('too late');
    const good = signed({ challenge: await prepare() });
    const changed = { ...good, order: signed({ challenge: await prepare(), act: 'test' }).order };
    await expect(desk.handlers['alert:order']({ signed: changed })).rejects.toThrow('not signed');
    state = { is: 'unpaired' };
    await expect(order()).rejects.toMatchObject({ code: 'notPermitted' });
    expect(alerts.state).toBeNull();
  });
});

describe('ALE6 the clock', () => {
  it('on the wall moves nothing: the alert ends by the monotonic one', async () => {
    await order();
    await vi.advanceTimersByTimeAsync(alertArmMs);
    vi.setSystemTime(Date.now() - 86_400_000);
    await vi.advanceTimersByTimeAsync(29 * 60_000);
    expect(alerts.isSharing).toBe(true);
    vi.setSystemTime(Date.now() + 7 * 86_400_000);
    expect(alerts.isSharing).toBe(true);
    const before = changes;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(alerts.isSharing).toBe(false);
    expect(alerts.state).toMatchObject({ stage: 'ended', end: 'time' });
    expect(changes).toBe(before + 1);
  });
});

it('ALE7 each stage is told once, again after a new connection, and the server can end it alone', async () => {
  desk.connected();
  await order();
  await vi.advanceTimersByTimeAsync(alertArmMs + 1_000);
  for (let time = 0; time < 5; time += 1) desk.tellChanges();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(told.map((alert) => alert?.stage)).toEqual([undefined, 'arming', 'sharing']);
  desk.connected();
  await vi.advanceTimersByTimeAsync(1);
  expect(told.at(-1)?.stage).toBe('sharing');
  await desk.handlers['alert:end']({ alertId: '019b8d3c-0000-7000-8000-000000000009' });
  expect(alerts.isSharing).toBe(true);
  await desk.handlers['alert:end']({ alertId: alerts.state?.id ?? '' });
  expect(alerts.state).toMatchObject({ stage: 'ended', end: 'incidentClosed' });
});

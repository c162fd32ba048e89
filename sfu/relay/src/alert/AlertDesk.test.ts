import { generateKeyPairSync, type KeyObject, randomBytes, sign, verify } from 'node:crypto';
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
import { ownerKeysOf, type State } from '../sharing/Sharing.ts';
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
const sharing = {
  get ownerKeys() {
    return ownerKeysOf(state);
  },
};
let alerts: Alerts;
let desk: AlertDesk;
let told: (AlertState | null)[];
let changes: number;
let sleptSeconds: number;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance', 'setTimeout', 'clearTimeout', 'Date'] });
  const ownerKeys = [owner.publicKey.export({ format: 'der', type: 'spki' }).toString('base64url')];
  state = { is: 'paired', ownerKeys, document, signed: null };
  [told, changes, sleptSeconds] = [[], 0, 0];
  alerts = new Alerts({
    sharingState: () => state,
    log,
    uptimeSeconds: () => performance.now() / 1_000 + sleptSeconds,
    onChanged: () => {
      changes += 1;
      desk.tellChanges();
    },
  });
  desk = new AlertDesk({
    relayId,
    deviceKey: device.privateKey,
    alerts,
    sharing,
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
  it('begins, extends and ends the alert', async () => {
    const { alert } = await order();
    expect(alert).toMatchObject({ stage: 'arming', trigger: 'owner', isTest: false });
    await vi.advanceTimersByTimeAsync(alertArmMs + 29 * 60_000);
    expect(alerts.state).toMatchObject({ stage: 'extensionAsked', leftMs: 60_000 });
    expect((await order({ act: 'extend' })).alert).toMatchObject({ stage: 'sharing', leftMs: 1_800_000 });
    expect(alerts.isSharing).toBe(true);
    expect((await order({ act: 'end' })).alert).toMatchObject({ stage: 'ended', end: 'owner', endedMsAgo: 0 });
    expect(alerts.isSharing).toBe(false);
  });

  it('gets a receipt that the relay signs over what came of it', async () => {
    const envelope = signed({ challenge: await prepare() });
    const { alert, receipt } = await desk.handlers['alert:order']({ signed: envelope });
    const isSigned = (shown: AlertState | null, of = envelope.order) =>
      verify(
        null,
        Buffer.from(alertReceiptText({ relayId, order: of, alert: shown })),
        device.publicKey,
        Buffer.from(receipt, 'base64url'),
      );
    expect(isSigned(alert)).toBe(true);
    if (alert === null) throw new Error('There is no alert.');
    const others: (AlertState | null)[] = [
      null,
      { ...alert, stage: 'ended', end: 'owner' },
      { ...alert, isTest: true },
      { ...alert, leftMs: 1 },
      { ...alert, endedMsAgo: 0 },
    ];
    for (const other of others) expect(isSigned(other)).toBe(false);
    expect(isSigned(alert, signed({ challenge: await prepare(), act: 'end' }).order)).toBe(false);
  });

  it('is good once and for fifteen seconds', async () => {
    const envelope = signed({ challenge: await prepare(), act: 'start' });
    await desk.handlers['alert:order']({ signed: envelope });
    await expect(desk.handlers['alert:order']({ signed: envelope })).rejects.toMatchObject({ code: 'notPermitted' });
    const late = signed({ challenge: await prepare(), act: 'end' });
    await vi.advanceTimersByTimeAsync(15_001);
    await expect(desk.handlers['alert:order']({ signed: late })).rejects.toMatchObject({ code: 'notPermitted' });
    expect(alerts.isSharing).toBe(true);
  });

  it('that a server has held back is void when the next one was taken', async () => {
    const start = signed({ challenge: await prepare(), act: 'start' });
    expect((await order({ act: 'end' })).alert).toBeNull();
    await expect(desk.handlers['alert:order']({ signed: start })).rejects.toThrow('another one came in between');
    expect(alerts.state).toBeNull();
  });

  it('stays good whatever somebody without a key asks and tries', async () => {
    const mine = signed({ challenge: await prepare() });
    for (let time = 0; time < 100; time += 1) {
      await expect(order({}, stranger.privateKey)).rejects.toThrow('not signed');
    }
    expect((await desk.handlers['alert:order']({ signed: mine })).alert).toMatchObject({ stage: 'arming' });
  });

  it('of a stranger, for another relay, made up or unpaired is refused', async () => {
    await expect(order({}, stranger.privateKey)).rejects.toThrow('not signed by an owner');
    await expect(order({ relayId: '019b8d3c-0000-7000-8000-000000000009' })).rejects.toThrow('another relay');
    await expect(order({ challenge: randomBytes(32).toString('base64url') })).rejects.toThrow('too late');
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

  it('stands still while the machine sleeps, so a sleep ends the alert', async () => {
    await order();
    await vi.advanceTimersByTimeAsync(alertArmMs);
    sleptSeconds += 29;
    alerts.heed();
    expect(alerts.isSharing).toBe(true);
    sleptSeconds += 2;
    alerts.heed();
    expect(alerts.state).toMatchObject({ stage: 'ended', end: 'relaySlept' });
    // The next one counts from its own beginning.
    await order();
    await vi.advanceTimersByTimeAsync(alertArmMs);
    alerts.heed();
    expect(alerts.isSharing).toBe(true);
  });
});

it('ALE2 a document that allows no alert ends it, one that cannot be read for a moment does not', async () => {
  await order();
  await vi.advanceTimersByTimeAsync(alertArmMs);
  state = { is: 'damaged' };
  alerts.heed();
  expect(alerts.state).toMatchObject({ stage: 'sharing', end: null });
  await expect(order()).rejects.toMatchObject({ code: 'notPermitted' });
  state = { is: 'paired', ownerKeys: [], document: null, signed: null };
  alerts.heed();
  expect(alerts.state).toMatchObject({ stage: 'ended', end: 'notAllowed' });
  expect(alerts.isSharing).toBe(false);
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

it('ALE7 what an earlier connection takes late is told again to the next one', async () => {
  const answers: (() => void)[] = [];
  const slow = new AlertDesk({
    relayId,
    deviceKey: device.privateKey,
    alerts,
    sharing,
    log,
    tell: async (alert) => {
      told.push(alert);
      await new Promise<void>((resolve) => answers.push(resolve));
    },
  });
  slow.connected();
  slow.connected();
  for (const count of [2, 2]) {
    answers.at(-1)?.();
    await vi.advanceTimersByTimeAsync(0);
    slow.tellChanges();
    expect(told).toHaveLength(count);
  }
});

import { verifyBundle } from 'commonsight-verify/bundle';
import { openCheckpoint, signCheckpoint } from 'commonsight-verify/checkpoint';
import { verifyLive } from 'commonsight-verify/live';
import {
  cosignNote,
  formatVerifierKey,
  makeSignerKey,
  parseNote,
  parseVerifierKey,
  type SignerKey,
  type VerifierKey,
} from 'commonsight-verify/note';
import { eq } from 'drizzle-orm';
import type { WitnessAlarm } from '@commonsight/types/witness';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { cosignatures } from '../db/schema.ts';
import { FakeRelay } from '../signaling/testing/FakeRelay.ts';
import { Stage } from '../signaling/testing/Stage.ts';
import { seedTestAgency, seedTestSite } from '../testing/seed.ts';
import { until } from '../testing/until.ts';
import { saveCosignature } from './witnessRepository.ts';

let stage: Stage;
let logKey: VerifierKey;
let signer: SignerKey;

beforeAll(async () => {
  stage = await Stage.create();
  await stage.connectRelay();
  signer = makeSignerKey(`city.example/relay/${stage.relay.relayId}`, 'cosignature');
  const answer = (await introduce(stage.relay)) as { value: { logKey: string } };
  logKey = parseVerifierKey(answer.value.logKey);
});
afterAll(() => stage.close());

const introduce = (relay: FakeRelay, key = formatVerifierKey(signer.verifier), alarm: WitnessAlarm | null = null) =>
  relay.ask('log:introduce', { witnessKey: key, alarm });
const cosign = (note: string) => stage.relay.ask('log:cosign', { note });

async function read(path: string): Promise<Response> {
  return fetch(`${stage.url}/api/log/${stage.agencyId}/${path}`);
}

const nowSeconds = () => Math.floor(Date.now() / 1_000);

/** Cosigns the newest checkpoint until the server has it: the log may grow between the two. */
async function witnessNow(): Promise<string> {
  return until(async () => {
    const served = await read('checkpoint');
    if (!served.ok) return null;
    const note = await served.text();
    const answer = await cosign(cosignNote(note, signer, nowSeconds()));
    return (answer as { ok: boolean }).ok ? note : null;
  });
}

const alarm = (changed: Partial<WitnessAlarm> = {}): WitnessAlarm => ({
  kind: 'forked',
  since: '2026-03-01T10:00:00.000Z',
  keptSize: 3,
  seenSize: 4,
  keptNote: 'kept\n',
  seenNote: 'seen\n',
  ...changed,
});

it('WIT4 a relay that introduces itself is told the key of its log, and is a line once for each key', async () => {
  expect(logKey.name.endsWith(`/log/${stage.agencyId}`)).toBe(true);
  await introduce(stage.relay);
  const lines = await stage.audit('witness.introduced');
  expect(lines).toMatchObject([{ actorKind: 'relay', targetId: stage.relay.relayId }]);
});

it('WIT5 a cosignature stands in the checkpoint, in the list of witnesses and in exports, for who has the key', async () => {
  const note = await witnessNow();
  const { size } = openCheckpoint(note, { log: [logKey] });
  const listed = (await (await read('witnesses')).json()) as { witnesses: { note: string; verifierKey: string }[] };
  expect(listed.witnesses).toHaveLength(1);
  const own = { log: [logKey], witnesses: [signer.verifier] };
  expect(openCheckpoint(listed.witnesses[0]?.note ?? '', own)).toMatchObject({ size, cosignatures: [{}] });

  const served = openCheckpoint(await (await read('checkpoint')).text(), own);
  expect(served.size >= size).toBe(true);
  // The log may have grown meanwhile; then the newest checkpoint has none yet.
  expect(served.cosignatures).toHaveLength(served.size === size ? 1 : 0);

  const supervisor = await stage.signIn('supervisor');
  const answer = await fetch(`${stage.url}/api/log/${stage.agencyId}/export`, {
    headers: { cookie: supervisor.cookie },
  });
  const bytes = new Uint8Array(await answer.arrayBuffer());
  const witnessReport = { name: signer.verifier.name, isTrusted: true, upToSize: size };
  expect(await verifyBundle([bytes], own)).toMatchObject({ ok: true, report: { witnesses: [witnessReport] } });
  const other = makeSignerKey(signer.verifier.name, 'cosignature').verifier;
  expect(await verifyBundle([bytes], { ...own, witnesses: [other] })).toMatchObject({ ok: false });

  const verdict = await verifyLive(async (path) => {
    const found = await read(path);
    if (found.status === 401) return 'notPublic';
    return found.ok ? new Uint8Array(await found.arrayBuffer()) : undefined;
  }, own);
  expect(verdict).toMatchObject({ ok: true, report: { witnesses: [witnessReport] } });
});

it.each([
  ['a note without a cosignature', (note: string) => note],
  ['a cosignature by another key', (note: string) => cosignNote(note, stranger(), nowSeconds())],
  ['a time that is not now', (note: string) => cosignNote(note, signer, nowSeconds() - 3_600)],
  [
    'a checkpoint that the log has not signed',
    (note: string) => {
      const { size, root } = openCheckpoint(note, { log: [logKey] });
      const forger = makeSignerKey(logKey.name, 'ed25519');
      return cosignNote(signCheckpoint({ origin: logKey.name, size, root }, forger), signer, nowSeconds());
    },
  ],
  ['what is no note', () => 'nonsense'],
])('WIT5 %s is not taken', async (_, change) => {
  const before = await stage.db.select().from(cosignatures);
  const note = await (await read('checkpoint')).text();
  const bare = `${parseNote(note).text}\n${note.split('\n').find((line) => line.startsWith('— ')) ?? ''}\n`;
  expect(await cosign(change(bare))).toMatchObject({ ok: false });
  expect(await stage.db.select().from(cosignatures)).toEqual(before);
});

const stranger = () => makeSignerKey(signer.verifier.name, 'cosignature');

it('WIT4 no relay is a witness in the name of another, nor with the key of a log', async () => {
  const other = await FakeRelay.create(stage.db, stage, stage.server.services.signer.publicKey);
  await other.connect(stage.url);
  await other.untilAdopted();
  expect(await introduce(other)).toMatchObject({ ok: false, error: { code: 'badRequest' } });
  const log = makeSignerKey(`city.example/relay/${other.relayId}`, 'ed25519').verifier;
  expect(await introduce(other, formatVerifierKey(log))).toMatchObject({ ok: false });
  expect(await introduce(other, 'k'.repeat(60))).toMatchObject({ ok: false });
  const note = await (await read('checkpoint')).text();
  const answer = await other.ask('log:cosign', { note: cosignNote(note, signer, nowSeconds()) });
  expect(answer).toMatchObject({ ok: false, error: { code: 'conflict' } });
  other.disconnect();
});

it('WIT6 an alarm is a line, reaches the pages of those who may read the log, and stays until the relay ends it', async () => {
  const readers = await Promise.all(
    (['supervisor', 'administrator', 'auditor'] as const).map((role) => stage.signIn(role)),
  );
  const browsers = await Promise.all(readers.map((reader) => reader.connect()));
  const analyst = await (await stage.signIn('analyst')).connect();
  const key = formatVerifierKey(signer.verifier);
  expect(await introduce(stage.relay, key, alarm())).toMatchObject({ ok: true });
  for (const browser of browsers) await browser.heard('witness:changed', (told) => told.alarm?.kind === 'forked');
  const lines = await stage.audit('witness.alarmRaised');
  expect(lines).toMatchObject([{ details: { alarm: 'forked', keptSize: 3, seenSize: 4 } }]);
  for (const reader of readers) {
    const { body } = await reader.call('GET', '/api/witnesses');
    expect(body).toMatchObject({ witnesses: [{ relayId: stage.relay.relayId, alarm: { kind: 'forked' } }] });
  }
  const health = async () => (await fetch(`${stage.url}/api/health`)).json();
  expect(await health()).toMatchObject({ status: 'degraded', witnesses: { alarms: 1 } });

  // Nobody is told again of the same one; and only the relay can end it.
  await introduce(stage.relay, key, alarm());
  expect(await stage.audit('witness.alarmRaised')).toHaveLength(1);
  await introduce(stage.relay, key);
  for (const browser of browsers) await browser.heard('witness:changed', (told) => told.alarm === null);
  expect(await stage.audit('witness.alarmEnded')).toHaveLength(1);
  expect(analyst.notifications('witness:changed')).toEqual([]);
  expect(await health()).toMatchObject({ witnesses: { current: 1, alarms: 0 } });
});

it('WIT6 a relay that changes its mind without end is held back', async () => {
  const key = formatVerifierKey(signer.verifier);
  const answers = [];
  for (let count = 0; count < 12; count += 1) {
    const since = new Date(Date.UTC(2026, 3, 1) + count).toISOString();
    answers.push(await introduce(stage.relay, key, alarm({ since })));
  }
  expect(answers.at(-1)).toMatchObject({ ok: false, error: { code: 'tooManyRequests' } });
  const control = '\u0000';
  expect(await introduce(stage.relay, key, alarm({ seenNote: control }))).toMatchObject({
    error: { code: 'badRequest' },
  });
});

it('another agency sees nothing of it', async () => {
  const agencyId = await seedTestAgency(stage.db, 'Another agency');
  await seedTestSite(stage.db, agencyId);
  const published = await fetch(`${stage.url}/api/log/${agencyId}/witnesses`);
  expect(await published.json()).toEqual({ witnesses: [] });
});

it('one cosignature of an hour is kept, and the newest', async () => {
  const { relayId } = stage.relay;
  const row = { relayId, agencyId: stage.agencyId, note: 'n' };
  const at = (text: string) => new Date(`2027-01-01T${text}Z`);
  await stage.db.delete(cosignatures);
  for (const [size, time] of [
    [1, '10:00:00'],
    [2, '10:30:00'],
    [3, '10:59:00'],
    [4, '11:00:00'],
    [4, '11:10:00'],
    [5, '12:00:00'],
  ] as const) {
    await saveCosignature(stage.db, { ...row, size, cosignedAt: at(time) });
  }
  const kept = await stage.db.select().from(cosignatures).where(eq(cosignatures.relayId, relayId));
  expect(kept.map(({ size }) => size).toSorted((one, other) => one - other)).toEqual([3, 4, 5]);
});

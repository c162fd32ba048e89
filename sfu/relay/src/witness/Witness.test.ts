import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openCheckpoint, signCheckpoint } from 'commonsight-verify/checkpoint';
import { cosignNote, formatVerifierKey, makeSignerKey, parseNote, signNote } from 'commonsight-verify/note';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { AlarmFolder } from './AlarmFolder.ts';
import { KeptCheckpoints } from './KeptCheckpoints.ts';
import { StagedLog } from './testing/StagedLog.ts';
import { patienceMs, Witness, type WitnessParts } from './Witness.ts';
import { WitnessKeys } from './WitnessKeys.ts';

const command = fileURLToPath(new URL('../../../../types/verify/src/cli/main.ts', import.meta.url));
const identity = { relayId: '019b8d3c-0000-7000-8000-000000000001', serverUrl: 'https://city.example' };
const startMs = Date.parse('2026-03-01T10:00:00.000Z');

let folder: string;
let log: StagedLog;
let nowMs: number;
let parts: WitnessParts;
let witness: Witness;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'relay-witness-'));
  log = new StagedLog();
  nowMs = startMs;
  const signer = await new WitnessKeys(folder).prepare({ ...identity, logKey: formatVerifierKey(log.signer.verifier) });
  parts = {
    log,
    logKeys: await new WitnessKeys(folder).readLogKeys(),
    signer,
    kept: new KeptCheckpoints(folder),
    alarms: new AlarmFolder(folder),
    now: () => nowMs,
  };
  witness = new Witness();
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const look = (with_: Witness = witness) => with_.look(parts);
const keptSize = async () => (await parts.kept.last(parts.logKeys))?.size ?? null;

async function shown(size: number) {
  await log.show(size);
  return look();
}

/** Looks until what was suspected is raised. */
async function lookPatiently() {
  const first = await look();
  expect(first.outcome).toBe('suspected');
  nowMs += patienceMs;
  return look();
}

/** What `commonsight-verify fork` says about the evidence, in another process. */
async function judgeEvidence(): Promise<number> {
  const file = (name: string) => join(parts.alarms.path, name);
  const args = ['fork', file('kept.checkpoint'), file('seen.checkpoint'), '--proof', file('proof.txt')];
  args.push('--key', formatVerifierKey(log.signer.verifier));
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [command, ...args]);
    child.once('exit', (code) => resolve(code ?? -1));
  });
}

describe('a witness of an honest log', () => {
  test('WIT1 keeps and cosigns what goes on from what it kept', async () => {
    expect(await look()).toEqual({ outcome: 'nothingYet' });
    for (const size of [1, 2, 255, 256, 257, 300, 300]) {
      const seen = await shown(size);
      if (seen.outcome !== 'cosigned') throw new Error(seen.outcome);
      const opened = openCheckpoint(seen.note, { log: parts.logKeys, witnesses: [parts.signer.verifier] });
      expect(opened).toMatchObject({ size, cosignatures: [{ atSeconds: startMs / 1_000 }] });
      expect(await keptSize()).toBe(size);
    }
    const files = await readdir(join(folder, 'witness/kept'));
    expect(files).toHaveLength(6);
    for (const name of files) expect((await stat(join(folder, 'witness/kept', name))).mode & 0o777).toBe(0o600);
  });

  test('WIT1 keeps a hundred, and the last of them', async () => {
    for (let size = 1; size <= 110; size += 1) await shown(size);
    expect(await readdir(join(folder, 'witness/kept'))).toHaveLength(100);
    expect(await keptSize()).toBe(110);
  });

  test('WIT1 goes on after a restart, and after a crash between keeping and cosigning', async () => {
    await shown(100);
    const again = new Witness();
    // Kept and not handed over: it is cosigned by the next process.
    expect(await look(again)).toMatchObject({ outcome: 'cosigned', size: 100 });
    await log.show(200);
    expect(await look(again)).toMatchObject({ outcome: 'cosigned', size: 200 });
  });

  test('WIT1 does not cosign what it cannot keep', async () => {
    await shown(10);
    await rm(join(folder, 'witness/kept'), { recursive: true });
    await writeFile(join(folder, 'witness/kept'), 'in the way', { mode: 0o600 });
    await log.show(20);
    await expect(look()).rejects.toThrow('ENOTDIR');
  });

  test('WIT1 does not fall back to an earlier checkpoint when the last one is damaged', async () => {
    await shown(10);
    await shown(20);
    await writeFile(join(folder, 'witness/kept/20.checkpoint'), 'damaged');
    log.rewrite();
    await log.show(15);
    await expect(look()).rejects.toThrow('damaged');
  });

  test('leaves to others what others have signed', async () => {
    await log.show(10);
    const other = makeSignerKey('elsewhere.example/relay/1', 'cosignature');
    log.note = cosignNote(log.note ?? '', other, 1_700_000_000);
    const seen = await look();
    const names = seen.outcome === 'cosigned' ? parseNote(seen.note).signatures.map(({ name }) => name) : [];
    expect(names).toEqual([log.signer.verifier.name, parts.signer.verifier.name]);
  });
});

describe('WIT2 a fork', () => {
  test.each([
    [100, 100],
    [100, 101],
    [128, 300],
    [256, 300],
    [1, 2],
  ])(
    'of %i entries that were kept and %i that are shown is raised at once, with a proof for everybody',
    async (kept, next) => {
      await shown(kept);
      log.rewrite();
      await log.show(next);
      const seen = await look();
      expect(seen).toMatchObject({ outcome: 'alarm', alarm: { kind: 'forked', keptSize: kept, seenSize: next } });
      expect(await judgeEvidence()).toBe(1);
      expect(await keptSize()).toBe(kept);
    },
  );

  test('of an earlier size is known by what was kept before the last', async () => {
    await shown(50);
    await shown(100);
    log.rewrite();
    await log.show(50);
    expect(await look()).toMatchObject({ outcome: 'alarm', alarm: { kind: 'forked', seenSize: 50 } });
  });

  test('stays raised after a restart and whatever is shown then, and nothing is cosigned', async () => {
    await shown(100);
    log.rewrite();
    await log.show(100);
    const first = await look();
    const honest = new StagedLog(log.signer);
    await honest.show(200);
    log.note = honest.note;
    nowMs += 1_000_000;
    const { reads } = log;
    expect(await look(new Witness())).toEqual(first);
    expect(log.reads).toBe(reads);
  });

  test('that the same log shows no more is still in the folder, after its owner has ended the alarm', async () => {
    await shown(100);
    log.rewrite();
    await log.show(120);
    await look();
    await parts.kept.setAside(new Date(nowMs));
    await parts.alarms.end(new Date(nowMs));
    expect(await look()).toMatchObject({ outcome: 'cosigned', size: 120 });
    const names = await readdir(join(folder, 'witness'));
    const evidence = names.find((name) => name.startsWith('alarm-ended-')) ?? '';
    expect(await readFile(join(folder, 'witness', evidence, 'kept.checkpoint'), 'utf8')).toContain('\n100\n');
    expect(names.some((name) => name.startsWith('kept-until-'))).toBe(true);
  });
});

describe('WIT3 is not cosigned, and raised when it lasts', () => {
  test('a rollback', async () => {
    await shown(100);
    await log.show(99);
    expect(await lookPatiently()).toMatchObject({ alarm: { kind: 'rolledBack', keptSize: 100, seenSize: 99 } });
  });

  test('a log that is gone', async () => {
    await shown(100);
    log.note = null;
    expect(await lookPatiently()).toMatchObject({ alarm: { kind: 'rolledBack', seenSize: null } });
  });

  test('a rollback that is over at the next look is none', async () => {
    await shown(100);
    await log.show(99);
    expect(await look()).toMatchObject({ outcome: 'suspected' });
    nowMs += patienceMs;
    expect(await shown(101)).toMatchObject({ outcome: 'cosigned' });
    await log.show(99);
    expect(await look()).toMatchObject({ outcome: 'suspected' });
  });

  test.each([
    ['of another key with the same name', () => makeSignerKey(log.signer.verifier.name, 'ed25519')],
    ['of another log', () => makeSignerKey('city.example/log/another', 'ed25519')],
  ])('a checkpoint %s', async (_, signer) => {
    await shown(100);
    await log.show(101, signer());
    expect(await lookPatiently()).toMatchObject({ alarm: { kind: 'otherKey', seenSize: null } });
    expect(await keptSize()).toBe(100);
  });

  test("a text that the log's key signed and that is no checkpoint, and what is no note at all", async () => {
    await shown(100);
    const { signer } = log;
    const name = signer.verifier.name;
    const { root } = openCheckpoint(log.note ?? '', { log: parts.logKeys });
    const rootText = Buffer.from(root).toString('base64');
    for (const note of [
      signNote(`another.example/log\n101\n${rootText}\n`, signer),
      signNote(`${name}\n0101\n${rootText}\n`, signer),
      signNote(`${name}\n9007199254740993\n${rootText}\n`, signer),
      signNote(`${name}\n101\nAAAA\n`, signer),
      '',
      'x'.repeat(2_000_000),
      '\0\ud800\n\n— a b\n',
    ]) {
      log.note = note;
      expect(await look()).toMatchObject({ outcome: 'suspected', reason: 'otherKey' });
    }
    nowMs += patienceMs;
    const seen = await look();
    expect(seen).toMatchObject({ alarm: { kind: 'otherKey' } });
    expect(await new AlarmFolder(folder).read()).toEqual(seen.outcome === 'alarm' ? seen.alarm : null);
  });

  test.each([
    ['tiles that are none', 200, new Uint8Array(7)],
    ['tiles of zeros', 200, new Uint8Array(200 * 32)],
    ['no tiles', 200, new Uint8Array()],
    ['a size that no log has', Number.MAX_SAFE_INTEGER, null],
  ])('%s', async (_, size, tiles) => {
    await shown(100);
    const root = new Uint8Array(32).fill(7);
    log.note = signCheckpoint({ origin: log.signer.verifier.name, size, root }, log.signer);
    log.tiles = tiles;
    expect(await lookPatiently()).toMatchObject({ alarm: { kind: 'unproven', seenSize: size } });
    expect(await keptSize()).toBe(100);
  });
});

test('the key of a witness is made once for a relay, and anew for another enrolment', async () => {
  const keys = new WitnessKeys(folder);
  expect(await keys.prepare(identity)).toEqual(parts.signer);
  expect(parts.signer.verifier).toMatchObject({ kind: 'cosignature', name: `city.example/relay/${identity.relayId}` });
  const other = await keys.prepare({ ...identity, relayId: '019b8d3c-0000-7000-8000-000000000002' });
  expect(other.verifier.publicKey).not.toEqual(parts.signer.verifier.publicKey);
  expect((await stat(join(folder, 'witness/witness.key'))).mode & 0o777).toBe(0o600);
});

test('keys of another log are not trusted beside, and what belongs to another log is put aside', async () => {
  const keys = new WitnessKeys(folder);
  const newer = makeSignerKey(log.signer.verifier.name, 'ed25519').verifier;
  await keys.trust(newer);
  await keys.trust(newer);
  expect(await keys.readLogKeys()).toEqual([log.signer.verifier, newer]);
  const other = makeSignerKey('city.example/log/another', 'ed25519').verifier;
  await expect(keys.trust(other)).rejects.toThrow('another');
  await keys.setAsideIfOther(formatVerifierKey(newer), new Date(nowMs));
  expect(await keys.readLogKeys()).toHaveLength(2);
  await keys.setAsideIfOther(formatVerifierKey(other), new Date(nowMs));
  expect(await keys.readLogKeys()).toEqual([]);
});

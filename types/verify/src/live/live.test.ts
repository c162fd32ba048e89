import { expect, test } from 'vitest';
import { toUtf8 } from '../bytes/bytes.ts';
import { openCheckpoint, signCheckpoint } from '../checkpoint/checkpoint.ts';
import { cosignNote, formatVerifierKey, makeSignerKey } from '../note/note.ts';
import { trainingTiles } from '../testing/trainingTiles.ts';
import { TrainingLog } from '../testing/TrainingLog.ts';
import { verifyLive } from './live.ts';

const log = TrainingLog.ofSize(600, [100, 256]);
const served = await trainingTiles(log);
const keys = { log: [log.signer.verifier], witnesses: [log.witness.verifier] };
const fetchFrom = (files: ReadonlyMap<string, Uint8Array>) => (path: string) => Promise.resolve(files.get(path));
const keptAt = (at: number) => openCheckpoint(log.checkpoints[at] ?? '', { log: keys.log });

/** The log with one file changed. */
function changed(path: string, change: (bytes: Uint8Array) => Uint8Array | undefined): Map<string, Uint8Array> {
  const files = new Map(served);
  const bytes = change(files.get(path) ?? new Uint8Array());
  if (bytes) files.set(path, bytes);
  else files.delete(path);
  return files;
}

test('a log is good, and still begins with every checkpoint that was kept', async () => {
  for (const at of [0, 1, 2]) {
    expect(await verifyLive(fetchFrom(served), { ...keys, since: keptAt(at) })).toMatchObject({
      ok: true,
      report: { size: 600, origin: 'training.example/audit', since: 'consistent', witnesses: [{ isTrusted: true }] },
    });
  }
});

test.each([0, 1, 256, 257])('a log of %i entries is good', async (size) => {
  const small = TrainingLog.ofSize(size);
  const verdict = await verifyLive(fetchFrom(await trainingTiles(small)), { log: [small.signer.verifier] });
  expect(verdict).toMatchObject({ ok: true, report: { size, since: 'notAsked' } });
});

test.each([
  [
    'a changed byte of an entry',
    'tile/entries/001',
    (bytes: Uint8Array) => bytes.with(1000, (bytes[1000] ?? 0) ^ 1),
    'entryChanged',
    257,
  ],
  ['a changed hash', 'tile/0/001', (bytes: Uint8Array) => bytes.with(1000, (bytes[1000] ?? 0) ^ 1), 'tileWrong', 256],
  [
    'a changed hash of a higher level',
    'tile/1/000.p/2',
    (bytes: Uint8Array) => bytes.with(1, (bytes[1] ?? 0) ^ 1),
    'tileWrong',
    256,
  ],
  ['a missing entry', 'tile/entries/002.p/88', (bytes: Uint8Array) => bytes.subarray(0, -1), 'entryMissing', 512],
  ['a missing tile', 'tile/0/000', () => undefined, 'tileWrong', null],
  ['a short tile', 'tile/1/000.p/2', (bytes: Uint8Array) => bytes.subarray(32), 'tileWrong', null],
  [
    'another checkpoint',
    'checkpoint',
    (bytes: Uint8Array) => bytes.with(40, (bytes[40] ?? 0) ^ 1),
    'checkpointWrong',
    null,
  ],
] as const)('%s is found', async (_what, path, change, code, index) => {
  expect(served.has(path)).toBe(true);
  const verdict = await verifyLive(fetchFrom(changed(path, change)), keys);
  expect(verdict).toMatchObject({ ok: false, fault: { code, index } });
});

test('another history is a fork, and a shorter one is said to be shorter', async () => {
  const other = TrainingLog.ofSize(600);
  const since = { ...keptAt(1), root: other.kept.tree.root() };
  expect(await verifyLive(fetchFrom(served), { ...keys, since })).toMatchObject({
    ok: false,
    fault: { code: 'forked' },
  });
  const longer = { ...keptAt(2), size: 601 };
  expect(await verifyLive(fetchFrom(served), { ...keys, since: longer })).toMatchObject({
    ok: false,
    fault: { code: 'shorter' },
  });
});

test('a witness that has not cosigned is missed', async () => {
  const witness = makeSignerKey('relay.example/w2', 'cosignature').verifier;
  const verdict = await verifyLive(fetchFrom(served), { ...keys, witnesses: [witness] });
  expect(verdict).toMatchObject({ ok: false, fault: { code: 'witnessMissing' } });
});

test('a witness that comes after is found beside the checkpoint, and what it cosigned has to be in the log', async () => {
  const late = makeSignerKey('relay.example/late', 'cosignature');
  const claim = (note: string) =>
    toUtf8(JSON.stringify({ witnesses: [{ verifierKey: formatVerifierKey(late.verifier), note }] }));
  const withClaim = (bytes: Uint8Array) => fetchFrom(new Map([...served, ['witnesses', bytes]]));
  const asked = { ...keys, witnesses: [late.verifier] };
  const cosigned = cosignNote(log.checkpoints[1] ?? '', late, 1_700_000_000);
  const found = await verifyLive(withClaim(claim(cosigned)), asked);
  const report = { name: 'relay.example/late', isTrusted: true, upToSize: 256 };
  expect(found).toMatchObject({
    ok: true,
    report: { witnesses: expect.arrayContaining([expect.objectContaining(report)]) },
  });

  const forked = signCheckpoint({ ...keptAt(1), root: log.kept.tree.root() }, log.signer);
  const longer = signCheckpoint({ ...keptAt(2), size: 601 }, log.signer);
  for (const [bytes, code] of [
    [claim(cosignNote(forked, late, 1_700_000_000)), 'forked'],
    [claim(cosignNote(longer, late, 1_700_000_000)), 'shorter'],
    [claim(log.checkpoints[1] ?? ''), 'witnessMissing'],
    [claim('nonsense'), 'checkpointWrong'],
    [toUtf8('nonsense'), 'checkpointWrong'],
  ] as const) {
    expect(await verifyLive(withClaim(bytes), asked)).toMatchObject({ ok: false, fault: { code } });
  }
});

test('of a log whose entries are not public, the hashes are checked', async () => {
  const fetchPublic = (files: ReadonlyMap<string, Uint8Array>) => (path: string) =>
    Promise.resolve(path.includes('entries') ? ('notPublic' as const) : files.get(path));
  const verdict = await verifyLive(fetchPublic(served), { ...keys, since: keptAt(1) });
  expect(verdict).toMatchObject({ ok: true, report: { size: 600, entries: 'notPublic', since: 'consistent' } });
  for (const path of ['tile/0/000', 'tile/0/001', 'tile/0/002.p/88', 'tile/1/000.p/2']) {
    const files = changed(path, (bytes) => bytes.with(17, (bytes[17] ?? 0) ^ 1));
    expect(await verifyLive(fetchPublic(files), keys)).toMatchObject({ ok: false, fault: { code: 'tileWrong' } });
  }
});

test('a log that cannot be reached is neither good nor bad', async () => {
  await expect(verifyLive(() => Promise.reject(new Error('no route')), keys)).rejects.toThrow('no route');
});

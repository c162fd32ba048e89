import { describe, expect, test } from 'vitest';
import { fromUtf8, toUtf8 } from '../bytes/bytes.ts';
import { openCheckpoint } from '../checkpoint/checkpoint.ts';
import { makeSignerKey } from '../note/note.ts';
import { gather, TrainingLog } from '../testing/TrainingLog.ts';
import { type BundleSource, type TrustedKeys, verifyBundle, writeBundle } from './bundle.ts';

const log = TrainingLog.ofSize(700, [1, 256, 300]);
const trusted: TrustedKeys = { log: [log.signer.verifier], witnesses: [log.witness.verifier] };
const exported = (overrides: Partial<BundleSource> = {}) => gather(writeBundle(log.source(overrides)));

test('an export of a whole log is good, and says what it is', async () => {
  expect(await verifyBundle([await exported()], trusted)).toEqual({
    ok: true,
    report: {
      origin: 'training.example/audit',
      size: 700,
      scope: { kind: 'every', from: 0, to: 700 },
      entries: 700,
      checkpoints: 4,
      witnesses: [
        { name: 'relay.example/w1', isTrusted: true, checkpoints: 4, upToSize: 700, lastAtSeconds: 1_700_000_700 },
      ],
      openings: { opened: 700 + 560 + 175, erased: 0, withheld: 0 },
      logKey: 'trusted',
      since: 'notAsked',
    },
  });
});

test('it comes out the same in whatever pieces it arrives', async () => {
  const bytes = await exported();
  const whole = await verifyBundle([bytes], trusted);
  const pieces = Array.from({ length: Math.ceil(bytes.length / 997) }, (_, at) =>
    bytes.subarray(at * 997, at * 997 + 997),
  );
  expect(await verifyBundle(pieces, trusted)).toEqual(whole);
});

test.each([0, 1, 2, 255, 256, 257, 512, 513])('a log of %i entries exports', async (size) => {
  const small = TrainingLog.ofSize(size);
  const keys = { log: [small.signer.verifier], witnesses: [small.witness.verifier] };
  const verdict = await verifyBundle(writeBundle(small.source()), keys);
  expect(verdict).toMatchObject({ ok: true, report: { entries: size } });
});

test.each([
  [0, 1],
  [10, 20],
  [255, 257],
  [256, 512],
  [600, 700],
  [300, 300],
])('the entries from %i up to %i export alone', async (from, to) => {
  const { entries } = log.source();
  const some = [...(entries as Iterable<{ index: number; bytes: Uint8Array; openings: object }>)];
  const verdict = await verifyBundle(
    writeBundle(
      log.source({
        scope: { kind: 'every', from, to },
        entries: some
          .slice(from, to)
          .map((entry) => ({ ...entry, openings: log.entries[entry.index]?.openings ?? {} })),
      }),
    ),
    trusted,
  );
  expect(verdict).toMatchObject({ ok: true, report: { entries: to - from, size: 700 } });
});

describe('chosen entries', () => {
  const chosen = [3, 4, 299, 300, 699].map((index) => {
    const sealed = log.entries[index];
    if (!sealed) throw new Error('no such entry');
    return { index, bytes: sealed.bytes, openings: sealed.openings };
  });
  const scope = { kind: 'chosen', from: 0, to: 700 } as const;

  test('export with their proofs', async () => {
    const verdict = await verifyBundle(writeBundle(log.source({ scope, entries: chosen })), trusted);
    expect(verdict).toMatchObject({ ok: true, report: { entries: 5 } });
  });

  test('and one that the log does not have is found', async () => {
    const forged = chosen.map((entry) =>
      entry.index === 300 ? { ...entry, bytes: chosen[0]?.bytes ?? entry.bytes } : entry,
    );
    const verdict = await verifyBundle(writeBundle(log.source({ scope, entries: forged })), trusted);
    expect(verdict).toMatchObject({ ok: false, fault: { code: 'entryChanged', index: 300 } });
  });
});

describe('openings', () => {
  const withOpenings = async (openings: Record<string, 'erased' | 'withheld' | { salt: string; value: string }>) => {
    const entries = log.entries.map((entry, index) => ({
      index,
      bytes: entry.bytes,
      openings: index === 4 ? openings : entry.openings,
    }));
    return await verifyBundle(writeBundle(log.source({ entries })), trusted);
  };
  const own = log.entries[4]?.openings ?? {};

  test('may be erased or withheld, and that is counted', async () => {
    const verdict = await withOpenings({ actor: 'erased', reason: 'withheld', sourceAddress: 'erased' });
    expect(verdict).toMatchObject({ ok: true, report: { openings: { erased: 2, withheld: 1 } } });
  });

  test.each([
    ['another value', { ...own, actor: { salt: own['actor']?.salt ?? '', value: 'somebody else' } }],
    ['another salt', { ...own, actor: { salt: 'AAAAAAAAAAAAAAAAAAAAAA==', value: 'a' } }],
    ['nothing said of one', { actor: 'erased', reason: 'erased' } as const],
    ['one too many', { ...own, badge: 'erased' }],
  ] as const)('are refused with %s', async (_what, openings) => {
    const verdict = await withOpenings(openings);
    expect(verdict).toMatchObject({ ok: false, fault: { code: 'openingWrong', index: 4 } });
  });
});

describe('keys', () => {
  test('of another log are not trusted, whatever the export says of itself', async () => {
    const other = makeSignerKey(log.signer.verifier.name, 'ed25519');
    const verdict = await verifyBundle([await exported()], { ...trusted, log: [other.verifier] });
    expect(verdict).toMatchObject({ ok: false, fault: { code: 'checkpointWrong' } });
  });

  test('that only the export names are said to be claimed', async () => {
    const verdict = await verifyBundle([await exported()], { log: 'asClaimed' });
    expect(verdict).toMatchObject({ ok: true, report: { logKey: 'claimed', witnesses: [{ isTrusted: false }] } });
  });

  test('of a witness that has not cosigned are missed', async () => {
    const witness = makeSignerKey('relay.example/w2', 'cosignature').verifier;
    const verdict = await verifyBundle([await exported()], { ...trusted, witnesses: [witness] });
    expect(verdict).toMatchObject({ ok: false, fault: { code: 'witnessMissing' } });
  });
});

describe('a kept checkpoint', () => {
  const keys = { log: [log.signer.verifier] };
  const keptAt = (from: TrainingLog, at: number) =>
    openCheckpoint(from.checkpoints[at] ?? '', { log: [from.signer.verifier] });

  test('that the export begins with is consistent', async () => {
    for (const at of [0, 1, 2, 3]) {
      const verdict = await verifyBundle([await exported()], { ...keys, since: keptAt(log, at) });
      expect(verdict).toMatchObject({ ok: true, report: { since: 'consistent' } });
    }
  });

  test('that the export does not list is found by the entries themselves', async () => {
    const since = keptAt(log, 1);
    const source = { checkpoints: log.checkpoints.slice(-1) };
    expect(await verifyBundle([await exported(source)], { ...keys, since })).toMatchObject({
      ok: true,
      report: { since: 'consistent' },
    });
  });

  test('of another history is a fork', async () => {
    const other = TrainingLog.ofSize(256);
    const since = { ...keptAt(other, 0), origin: log.signer.verifier.name };
    expect(await verifyBundle([await exported()], { ...keys, since })).toMatchObject({
      ok: false,
      fault: { code: 'forked' },
    });
  });

  test('of a longer log is not covered', async () => {
    const since = { ...keptAt(log, 3), size: 1000 };
    expect(await verifyBundle([await exported()], { ...keys, since })).toMatchObject({
      ok: true,
      report: { since: 'notCovered' },
    });
  });
});

describe('the first bad entry is named', () => {
  /** What a server exports after somebody has changed its storage: sealed by the log itself. */
  const afterwards = (change: (entries: { index: number; bytes: Uint8Array; openings: object }[]) => void) => {
    const entries = log.entries.map(({ bytes, openings }, index) => ({ index, bytes, openings }));
    change(entries);
    return verifyBundle(writeBundle(log.source({ entries: entries as BundleSource['entries'] })), trusted);
  };

  test('when it was changed', async () => {
    const verdict = await afterwards((entries) => {
      const entry = entries[400];
      if (entry) entry.bytes = toUtf8((fromUtf8(entry.bytes) ?? '').replace('"done"', '"refused"'));
    });
    expect(verdict).toMatchObject({
      ok: false,
      fault: { code: 'entryChanged', index: 400, reason: 'Entry 400 is not the one that the log signed.' },
    });
  });

  test('when it is no entry any more', async () => {
    const verdict = await afterwards((entries) => {
      const entry = entries[400];
      if (entry) Object.assign(entry, { bytes: toUtf8('{}'), openings: {} });
    });
    expect(verdict).toMatchObject({ ok: false, fault: { code: 'entryChanged', index: 400 } });
  });

  test('when it is longer than an entry can be', async () => {
    const bytes = await exported();
    const text = (fromUtf8(bytes) ?? '').replace('"incidentNumber":400', `"incidentNumber":"${'4'.repeat(70_000)}"`);
    const verdict = await verifyBundle([toUtf8(text)], trusted);
    expect(verdict).toMatchObject({ ok: false, fault: { code: 'entryChanged', index: 400 } });
  });

  test('when it was taken out', async () => {
    const verdict = await afterwards((entries) => entries.splice(400, 1));
    expect(verdict).toMatchObject({ ok: false, fault: { code: 'entryMissing', index: 400 } });
  });

  test('when the end was cut off', async () => {
    const verdict = await afterwards((entries) => entries.splice(600));
    expect(verdict).toMatchObject({ ok: false, fault: { code: 'entryMissing', index: 600 } });
  });

  test('when two were swapped', async () => {
    const verdict = await afterwards((entries) => {
      const [one, other] = [entries[400], entries[401]];
      if (one && other) [one.bytes, other.bytes] = [other.bytes, one.bytes];
      if (one && other) [one.openings, other.openings] = [other.openings, one.openings];
    });
    expect(verdict).toMatchObject({ ok: false, fault: { code: 'entryChanged', index: 400 } });
  });

  test('when the hashes were made to fit it: the entries of its tile cannot be told apart any more', async () => {
    const changed = TrainingLog.ofSize(700);
    const verdict = await verifyBundle(
      writeBundle(log.source({ checkpoints: log.checkpoints.slice(-1), entries: [], readHashes: changed.kept.read })),
      trusted,
    );
    expect(verdict).toMatchObject({ ok: false, fault: { code: 'entryMissing', index: 0 } });
    const entries = changed.entries.map(({ bytes, openings }, index) => ({ index, bytes, openings }));
    expect(
      await verifyBundle(
        writeBundle(log.source({ checkpoints: log.checkpoints.slice(-1), entries, readHashes: changed.kept.read })),
        trusted,
      ),
    ).toMatchObject({ ok: false, fault: { code: 'tileWrong', index: 0 } });
  });

  test('when the file is cut anywhere', async () => {
    const bytes = await exported();
    for (const length of [0, 1, 1000, 100_000, bytes.length - 2, bytes.length - 1]) {
      expect(await verifyBundle([bytes.subarray(0, length)], trusted)).toMatchObject({
        ok: false,
        fault: { code: 'cutShort' },
      });
    }
  });
});

import { expect, test } from 'vitest';
import { verifyBundle, writeBundle } from '../../bundle/bundle.ts';
import { seededRandom } from '../random.ts';
import { gather, TrainingLog } from '../TrainingLog.ts';
import { mutate, mutationKinds } from './mutate.ts';

/** `pnpm faults audit` runs at least 10,000. */
const rounds = 4;

test(`every kind of change to an export is found, ${rounds} times each`, async () => {
  const seed = Date.now() % 1_000_000_007;
  const random = seededRandom(seed);
  const log = TrainingLog.ofSize(270, [1, 130]);
  const trusted = { log: [log.signer.verifier], witnesses: [log.witness.verifier] };
  const bundle = await gather(writeBundle(log.source()));
  expect(await verifyBundle([bundle], trusted)).toMatchObject({ ok: true });

  const missed: string[] = [];
  const codes = new Map<string, number>();
  for (let round = 0; round < rounds; round += 1) {
    for (const kind of mutationKinds) {
      const { file } = await mutate(bundle, random, log.signer, kind);
      const verdict = await verifyBundle([file], trusted);
      if (verdict.ok) missed.push(`${kind}, round ${round}, seed ${seed}`);
      else codes.set(verdict.fault.code, (codes.get(verdict.fault.code) ?? 0) + 1);
    }
  }
  expect(missed).toEqual([]);
  // All that can be found was looked for: no check is there that nothing here needs.
  expect([...codes.keys()].toSorted()).toEqual(
    expect.arrayContaining([
      'checkpointWrong',
      'cutShort',
      'entryChanged',
      'entryMissing',
      'malformed',
      'openingWrong',
      'tileWrong',
      'witnessMissing',
    ]),
  );
});

import { expect, test } from 'vitest';
import { mutationKinds } from './mutate.ts';
import { runMutations } from './runMutations.ts';

/** The whole is `pnpm faults audit`: 10,000 at least. */
const rounds = 4;

test(`every kind of change to an export is found, ${rounds} times each`, async () => {
  const seed = Date.now() % 1_000_000_007;
  const { missed, foundBy } = await runMutations(rounds * mutationKinds.length, seed);
  expect({ seed, missed }).toEqual({ seed, missed: [] });
  expect([...foundBy.keys()].toSorted()).toEqual([...mutationKinds].toSorted());
  // What the log's own seal is over is found by the checks behind it: the seal is not all that there is.
  for (const kind of [
    'changedEntry',
    'droppedEnd',
    'changedOpening',
    'changedTile',
    'unsigned',
    'forkWithoutWitness',
  ] as const) {
    expect([...(foundBy.get(kind)?.keys() ?? [])]).not.toContain('sealWrong');
  }
}, 240_000);

import { equalBytes } from '../../bytes/bytes.ts';
import type { SignerKey } from '../../note/keys.ts';
import { signNote } from '../../note/signatures.ts';
import { pick, type Random } from '../random.ts';
import { sealAgain, takeApart } from './BundleParts.ts';
import { fileMutations } from './fileMutations.ts';
import { forks } from './forks.ts';
import { signatureMutations } from './signatureMutations.ts';
import { storageMutations } from './storageMutations.ts';

export type MutationKind =
  | keyof typeof fileMutations
  | keyof typeof storageMutations
  | keyof typeof signatureMutations
  | keyof typeof forks;

/** Every way, by who could do it: to a file, to a database, to checkpoints, and as a second history. */
export const mutationKinds: readonly MutationKind[] = [
  ...keysOf(fileMutations),
  ...keysOf(storageMutations),
  ...keysOf(signatureMutations),
  ...keysOf(forks),
];

export interface Mutation {
  kind: MutationKind;
  file: Uint8Array;
}

/**
 * A good export, changed in one of these ways, so that a verifier with the log's and the witness's key has to find it.
 * What was changed before the export was made is sealed by the log's own key, as a server would that knows nothing of it.
 */
export async function mutate(
  bundle: Uint8Array,
  random: Random,
  log: SignerKey,
  kind: MutationKind = pick(mutationKinds, random),
): Promise<Mutation> {
  const seal = (text: string): string => signNote(text, log);
  // Some ways need luck, such as an entry with an opening, and some leave all as it was, such as a swap of equal bytes.
  for (let attempt = 0; attempt < 1000; attempt += 1) {
    const file = await mutated(kind, bundle, random, log, seal);
    if (file && !equalBytes(file, bundle)) return { kind, file };
  }
  throw new Error(`This export cannot be changed by ${kind}.`);
}

async function mutated(
  kind: MutationKind,
  bundle: Uint8Array,
  random: Random,
  log: SignerKey,
  seal: (text: string) => string,
): Promise<Uint8Array | undefined> {
  if (isKey(fileMutations, kind)) return fileMutations[kind](bundle, random);
  const parts = takeApart(bundle);
  if (isKey(forks, kind)) return await forks[kind](parts, random, log);
  const isChanged = isKey(storageMutations, kind)
    ? storageMutations[kind](parts, random)
    : signatureMutations[kind](parts, random);
  return isChanged ? sealAgain(parts, seal) : undefined;
}

function keysOf<Key extends string>(table: Readonly<Record<Key, unknown>>): Key[] {
  return Object.keys(table) as Key[];
}

function isKey<Key extends string>(table: Readonly<Record<Key, unknown>>, key: string): key is Key {
  return Object.hasOwn(table, key);
}

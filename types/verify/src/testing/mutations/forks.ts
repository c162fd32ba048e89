import { signCheckpoint } from '../../checkpoint/signedCheckpoint.ts';
import { parseCheckpoint } from '../../checkpoint/checkpointText.ts';
import { canonicalBytes } from '../../entry/canonicalJson.ts';
import { makeSignerKey, type SignerKey } from '../../note/keys.ts';
import { parseNote } from '../../note/noteText.ts';
import { cosignNote, signNote } from '../../note/signatures.ts';
import { type BundleSource, writeBundle } from '../../bundle/writeBundle.ts';
import { KeptHashes } from '../KeptHashes.ts';
import { below, type Random } from '../random.ts';
import { gather } from '../TrainingLog.ts';
import { type BundleParts, entriesOf } from './BundleParts.ts';
import { storageMutations } from './storageMutations.ts';
import { strangerKey } from './signatureMutations.ts';

/** A second history that fits together in itself: entries changed, tree, tiles and checkpoints made anew. */
export const forks = {
  /** By somebody who has no key of the log. */
  forkByAnother: (parts, random) => forkedBundle(parts, random, strangerKey(parts.header.origin), 'oldWitnesses'),
  /** By somebody who has the log's key, or is the log. No witness goes along. */
  forkWithoutWitness: (parts, random, log) => forkedBundle(parts, random, log, 'none'),
  /** The same, with cosignatures by a key that is called like the witness. */
  forkWithFalseWitness: (parts, random, log) => forkedBundle(parts, random, log, 'false'),
} satisfies Record<string, (parts: BundleParts, random: Random, log: SignerKey) => Promise<Uint8Array | undefined>>;

type Cosigning = 'none' | 'false' | 'oldWitnesses';

async function forkedBundle(
  parts: BundleParts,
  random: Random,
  signer: SignerKey,
  cosigning: Cosigning,
): Promise<Uint8Array | undefined> {
  if (parts.header.scope.kind !== 'every' || parts.header.scope.from !== 0 || entriesOf(parts).length === 0)
    return undefined;
  if (random() < 0.3) storageMutations.droppedEntry(parts, random);
  else if (!storageMutations.changedEntry(parts, random)) return undefined;
  const entries = entriesOf(parts).map(({ entry, openings }, index) => ({
    index,
    bytes: canonicalBytes(entry),
    openings,
  }));
  const kept = new KeptHashes([]);
  const oldSizes = parts.checkpoints.map(({ note }) => parseCheckpoint(parseNote(note).text).size);
  const checkpoints: string[] = [];
  const witnessName = parseNote(parts.checkpoints[0]?.note ?? '').signatures.at(-1)?.name ?? 'witness';
  const witness = makeSignerKey(witnessName, 'cosignature');
  for (const [at, { bytes }] of entries.entries()) {
    kept.append(bytes);
    if (!oldSizes.includes(at + 1) && at + 1 < entries.length) continue;
    const note = signCheckpoint({ origin: signer.verifier.name, size: at + 1, root: kept.tree.root() }, signer);
    checkpoints.push(cosigning === 'none' ? note : cosignNote(note, witness, 1_700_000_000 + below(1000, random)));
  }
  const source: BundleSource = {
    logKeys: [signer.verifier],
    witnessKeys: cosigning === 'none' ? [] : [witness.verifier],
    checkpoints,
    scope: { kind: 'every', from: 0, to: entries.length },
    entries,
    readHashes: kept.read,
    sign: (text) => signNote(text, signer),
  };
  return entries.length === 0 ? undefined : await gather(writeBundle(source));
}

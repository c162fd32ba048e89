import { equalBytes } from '../../bytes/bytes.ts';
import type { EntryLine } from '../../bundle/bundleLines.ts';
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
  forkByAnother: (parts, random) => forkedBundle(parts, random, strangerKey(parts.header.origin), 'false'),
  /** By somebody who has the log's key, or is the log. No witness goes along. */
  forkWithoutWitness: (parts, random, log) => forkedBundle(parts, random, log, 'none'),
  /** By the log itself, which leaves what the witness has cosigned in place and signs only the last checkpoint anew. */
  forkBehindWitness: (parts, random, log) => forkedBundle(parts, random, log, 'kept'),
  /** The same, with cosignatures by a key that is called like the witness. */
  forkWithFalseWitness: (parts, random, log) => forkedBundle(parts, random, log, 'false'),
} satisfies Record<string, (parts: BundleParts, random: Random, log: SignerKey) => Promise<Uint8Array | undefined>>;

type Cosigning = 'none' | 'false' | 'kept';

async function forkedBundle(
  parts: BundleParts,
  random: Random,
  signer: SignerKey,
  cosigning: Cosigning,
): Promise<Uint8Array | undefined> {
  const before = entriesOf(parts).map(leafOf);
  const isWhole = parts.header.scope.kind === 'every' && parts.header.scope.from === 0;
  if (!isWhole || before.length < 2) return undefined;
  if (random() < 0.3) storageMutations.droppedEntry(parts, random);
  else if (!storageMutations.changedEntry(parts, random)) return undefined;
  const entries = entriesOf(parts).map((line, index) => ({ index, bytes: leafOf(line), openings: line.openings }));
  const first = before.findIndex((leaf, at) => !equalBytes(leaf, entries[at]?.bytes ?? new Uint8Array()));

  const old = new Map(parts.checkpoints.map(({ note }) => [parseCheckpoint(parseNote(note).text).size, note]));
  const covered = Math.max(0, ...[...old.keys()].filter((size) => size < entries.length));
  // What no witness has cosigned yet may be rewritten without a trace in the export: that is no fork to be found here.
  if (cosigning === 'kept' && first >= covered) return undefined;

  const kept = new KeptHashes([]);
  const checkpoints: string[] = [];
  const witness = makeSignerKey(witnessName(parts), 'cosignature');
  for (const [at, { bytes }] of entries.entries()) {
    const size = at + 1;
    kept.append(bytes);
    const oldNote = old.get(size);
    if (oldNote === undefined && size < entries.length) continue;
    if (cosigning === 'kept' && oldNote !== undefined && size < entries.length) {
      checkpoints.push(oldNote);
      continue;
    }
    const note = signCheckpoint({ origin: signer.verifier.name, size, root: kept.tree.root() }, signer);
    checkpoints.push(cosigning === 'false' ? cosignNote(note, witness, 1_700_000_000 + below(1000, random)) : note);
  }
  const source: BundleSource = {
    logKeys: [signer.verifier],
    witnessKeys: cosigning === 'false' ? [witness.verifier] : [],
    checkpoints,
    scope: { kind: 'every', from: 0, to: entries.length },
    entries,
    readHashes: kept.read,
    sign: (text) => signNote(text, signer),
  };
  return await gather(writeBundle(source));
}

function leafOf({ entry }: EntryLine): Uint8Array {
  return canonicalBytes(entry);
}

function witnessName({ checkpoints }: BundleParts): string {
  return parseNote(checkpoints[0]?.note ?? '').signatures.at(-1)?.name ?? 'witness';
}

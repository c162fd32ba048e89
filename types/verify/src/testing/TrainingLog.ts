import type { BundleSource } from '../bundle/writeBundle.ts';
import { signCheckpoint } from '../checkpoint/signedCheckpoint.ts';
import { type SealedEntry, sealEntry } from '../entry/sealEntry.ts';
import { makeSignerKey, type SignerKey } from '../note/keys.ts';
import { cosignNote, signNote } from '../note/signatures.ts';
import { KeptHashes } from './KeptHashes.ts';

const origin = 'training.example/audit';

/** A small log with its keys and one witness, as a server and a relay would make it. */
export class TrainingLog {
  readonly signer: SignerKey;
  readonly witness: SignerKey;
  readonly kept = new KeptHashes([]);
  readonly entries: SealedEntry[] = [];
  readonly checkpoints: string[] = [];

  constructor(signer = makeSignerKey(origin, 'ed25519'), witness = makeSignerKey('relay.example/w1', 'cosignature')) {
    this.signer = signer;
    this.witness = witness;
  }

  /** A log of this size with checkpoints at these sizes and at its end, each cosigned. */
  static ofSize(size: number, checkpointSizes: readonly number[] = []): TrainingLog {
    const log = new TrainingLog();
    for (let index = 0; index < size; index += 1) {
      log.append(trainingEntry(index));
      if (checkpointSizes.includes(index + 1) && index + 1 < size) log.check();
    }
    log.check();
    return log;
  }

  append(entry: SealedEntry): void {
    this.entries.push(entry);
    this.kept.append(entry.bytes);
  }

  /** Signs a checkpoint of now, and has the witness cosign it. */
  check(): void {
    const { size } = this.kept.tree;
    const note = signCheckpoint({ origin: this.signer.verifier.name, size, root: this.kept.tree.root() }, this.signer);
    this.checkpoints.push(cosignNote(note, this.witness, 1_700_000_000 + size));
  }

  source(overrides: Partial<BundleSource> = {}): BundleSource {
    return {
      logKeys: [this.signer.verifier],
      witnessKeys: [this.witness.verifier],
      checkpoints: this.checkpoints,
      scope: { kind: 'every', from: 0, to: this.kept.tree.size },
      entries: this.entries.map(({ bytes, openings }, index) => ({ index, bytes, openings })),
      readHashes: this.kept.read,
      sign: (text) => signNote(text, this.signer),
      ...overrides,
    };
  }
}

function trainingEntry(index: number): SealedEntry {
  const number = (index + 1).toString(16).padStart(12, '0');
  return sealEntry({
    id: `019a0000-0000-7000-8000-${number}`,
    at: new Date(Date.UTC(2026, 2, 1) + index * 1234).toISOString(),
    type: index % 3 === 0 ? 'viewing.started' : 'viewing.ended',
    outcome: index % 17 === 0 ? 'refused' : 'done',
    agencyId: '019a0000-0000-7000-8000-00000000000a',
    actorKind: 'user',
    actor: `019a0000-0000-7000-8000-0000000000${(index % 90) + 10}`,
    sourceAddress: index % 5 === 0 ? null : `192.0.2.${index % 250}`,
    targetKind: 'camera',
    targetId: `camera ${index % 16}`,
    grantId: null,
    details: { purpose: 'incident', incidentNumber: index, bytes: index * 1000 },
    personal: index % 4 === 0 ? { reason: `Noted by operator ${index}` } : {},
  });
}

/** All of an export in one piece. */
export async function gather(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for await (const chunk of chunks) pieces.push(chunk);
  return new Uint8Array(await new Blob(pieces.map((piece) => Uint8Array.from(piece))).arrayBuffer());
}

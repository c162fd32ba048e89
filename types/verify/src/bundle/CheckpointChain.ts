import { equalBytes } from '../bytes/bytes.ts';
import { judgeSuccessor } from '../checkpoint/judgeSuccessor.ts';
import { type CheckpointKeys, openCheckpoint, type OpenedCheckpoint } from '../checkpoint/signedCheckpoint.ts';
import type { VerifierKey } from '../note/keys.ts';
import { emptyRoot } from '../tree/hashes.ts';
import { BundleFault } from './BundleFault.ts';
import { type CheckpointLine, type HeaderLine, readHashTexts } from './bundleLines.ts';

export interface WitnessReport {
  name: string;
  /** Whether the checker has its key from elsewhere. */
  isTrusted: boolean;
  checkpoints: number;
  /** Size and time of the last checkpoint that it cosigned. */
  upToSize: number;
  lastAtSeconds: number;
}

/** The checkpoints of an export: each signed, each beginning with the one before. */
export class CheckpointChain {
  readonly #header: HeaderLine;
  readonly #keys: CheckpointKeys;
  readonly #trustedWitnesses: readonly VerifierKey[];
  readonly #checkpoints: OpenedCheckpoint[] = [];

  constructor(header: HeaderLine, keys: CheckpointKeys, trustedWitnesses: readonly VerifierKey[]) {
    this.#header = header;
    this.#keys = keys;
    this.#trustedWitnesses = trustedWitnesses;
  }

  get checkpoints(): readonly OpenedCheckpoint[] {
    return this.#checkpoints;
  }

  add({ note, proof }: CheckpointLine): void {
    const next = this.#open(note);
    const { origin, size } = this.#header;
    const kept = this.#checkpoints.at(-1) ?? { origin, size: 0, root: emptyRoot() };
    if (size < next.size) throw wrong(`It is of ${next.size} entries, more than the export says there are.`);
    const hashes = readHashTexts(proof);
    if (!hashes) throw wrong('Its proof is damaged.');
    const succession = judgeSuccessor(kept, next, hashes);
    // The empty log may have a checkpoint of its own; from there on sizes grow.
    const isFirst = this.#checkpoints.length === 0;
    if (succession === 'grown' || (isFirst && succession === 'same' && hashes.length === 0)) {
      this.#checkpoints.push(next);
      return;
    }
    if (succession === 'otherLog') throw wrong(`It is of another log, ${next.origin}.`);
    const steps = `from ${kept.size} to ${next.size} entries`;
    if (succession !== 'unproven' && succession !== 'forked') throw wrong(`Sizes do not grow: ${steps}.`);
    throw new BundleFault('notGrown', null, `The log was rewritten, or a checkpoint was: there is no way ${steps}.`);
  }

  /** The last checkpoint, to which everything is proven. */
  head(): OpenedCheckpoint {
    const head = this.#checkpoints.at(-1);
    if (head?.size !== this.#header.size) {
      throw wrong(`The export has ${this.#header.size} entries behind it and no checkpoint over them.`);
    }
    return head;
  }

  witnesses(): WitnessReport[] {
    return reportWitnesses(this.#checkpoints, this.#trustedWitnesses);
  }

  #open(note: string): OpenedCheckpoint {
    try {
      return openCheckpoint(note, this.#keys);
    } catch (error) {
      throw wrong(error instanceof Error ? error.message : String(error));
    }
  }
}

/** Every witness whose cosignature was found and is right; each trusted one has to be among them. */
export function reportWitnesses(
  checkpoints: readonly OpenedCheckpoint[],
  trusted: readonly VerifierKey[],
): WitnessReport[] {
  const reports = new Map<string, WitnessReport>();
  for (const { size, cosignatures } of checkpoints) {
    for (const { witness, atSeconds } of cosignatures) {
      const isTrusted = trusted.some((key) => isSameKey(key, witness));
      const key = `${witness.name}+${witness.id}`;
      const count = (reports.get(key)?.checkpoints ?? 0) + 1;
      reports.set(key, { name: witness.name, isTrusted, checkpoints: count, upToSize: size, lastAtSeconds: atSeconds });
    }
  }
  const missing = trusted.find(({ name, id }) => !reports.has(`${name}+${id}`));
  if (missing) throw new BundleFault('witnessMissing', null, `${missing.name} has cosigned no checkpoint here.`);
  return [...reports.values()];
}

export function isSameKey(one: VerifierKey, other: VerifierKey): boolean {
  return one.name === other.name && one.kind === other.kind && equalBytes(one.publicKey, other.publicKey);
}

function wrong(reason: string): BundleFault {
  return new BundleFault('checkpointWrong', null, `A checkpoint cannot be trusted. ${reason}`);
}

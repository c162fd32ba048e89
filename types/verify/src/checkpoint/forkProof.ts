import { equalBytes } from '../bytes/bytes.ts';
import { rootsOfProof } from '../tree/checkProofs.ts';
import type { Hash } from '../tree/hashes.ts';
import { prefixProof } from '../tree/makeProofs.ts';
import type { ReadHashes } from '../tree/nodes.ts';
import type { Checkpoint } from './checkpointText.ts';
import { judgeSuccessor, type Succession } from './judgeSuccessor.ts';

/**
 * Whether two checkpoints that one log has signed exclude each other, which proves bad faith to everybody: two roots for
 * one size, or, of two sizes, hashes that lead to the larger one's root and to another root than the smaller one's for
 * as many entries. Both have to be opened.
 */
export function isFork(one: Checkpoint, other: Checkpoint, proof: readonly Hash[] = []): boolean {
  const [small, large] = one.size <= other.size ? [one, other] : [other, one];
  if (small.origin !== large.origin) return false;
  if (small.size === large.size) return !equalBytes(small.root, large.root);
  const roots = small.size === 0 ? undefined : rootsOfProof(small.size, large.size, proof);
  return roots !== undefined && equalBytes(roots.to, large.root) && !equalBytes(roots.from, small.root);
}

export interface Judgement {
  succession: Succession;
  /** Beside a fork of two sizes: what proves it by `isFork`. Empty otherwise. */
  proof: readonly Hash[];
}

/**
 * Judges a later checkpoint by the log's own hashes of it, as its tiles hold them. Where a proof that somebody hands over
 * can only be right or wrong, these tell a fork from damaged tiles: `unproven` is left for the latter. Rejects with what
 * `readHashes` rejects with.
 */
export async function judgeByHashes(kept: Checkpoint, next: Checkpoint, readHashes: ReadHashes): Promise<Judgement> {
  const isLater = kept.origin === next.origin && next.size > kept.size && kept.size > 0;
  if (!isLater) return { succession: judgeSuccessor(kept, next, []), proof: [] };
  const proof = await prefixProof(kept.size, next.size, readHashes);
  const roots = rootsOfProof(kept.size, next.size, proof);
  if (roots === undefined || !equalBytes(roots.to, next.root)) return { succession: 'unproven', proof: [] };
  return equalBytes(roots.from, kept.root) ? { succession: 'grown', proof: [] } : { succession: 'forked', proof };
}

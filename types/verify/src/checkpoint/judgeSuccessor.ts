import { equalBytes } from '../bytes/bytes.ts';
import { verifyConsistency } from '../tree/checkProofs.ts';
import type { Hash } from '../tree/hashes.ts';
import type { Checkpoint } from './checkpointText.ts';

/**
 * What a later checkpoint is to one that was kept. `forked` proves bad faith by the two notes alone, since the log signed
 * both: two roots for one size. `unproven` is a larger tree whose proof fails, which is a fork or a damaged proof: ask
 * again, and raise it if that is the answer once more. `shorter` may be an old checkpoint that somebody sent again.
 */
export type Succession = 'same' | 'grown' | 'shorter' | 'forked' | 'unproven' | 'otherLog';

/** Both checkpoints have to be opened, so signed. The proof leads from the size of the kept one to that of the next. */
export function judgeSuccessor(kept: Checkpoint, next: Checkpoint, proof: readonly Hash[]): Succession {
  if (kept.origin !== next.origin) return 'otherLog';
  if (next.size < kept.size) return 'shorter';
  if (next.size === kept.size) return equalBytes(kept.root, next.root) ? 'same' : 'forked';
  const isConsistent = verifyConsistency({
    from: kept.size,
    fromRoot: kept.root,
    to: next.size,
    toRoot: next.root,
    proof,
  });
  return isConsistent ? 'grown' : 'unproven';
}

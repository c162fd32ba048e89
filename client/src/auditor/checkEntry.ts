import type { AuditEvent } from '@commonsight/types/audit-event';
import { decodeEntry } from 'commonsight-verify/entry';
import { readEntryBundle, tileReader, tileWidth, widthIn } from 'commonsight-verify/tiles';
import { inclusionProof, leafHash, verifyInclusion } from 'commonsight-verify/tree';
import type { OpenedCheckpoint } from 'commonsight-verify/checkpoint';
import type { VerifierKey } from 'commonsight-verify/note';
import { LogUnreadable, readCheckpoint, readLogKey, readTileFile } from './logFiles.ts';

export type EntryVerdict = { isProven: true; size: number; hashes: number } | { isProven: false; reason: string };

/** The log is signed once a second, and a little later on a busy machine. */
const checkpointWithinMs = 10_000;
const askEveryMs = 500;

/**
 * Whether the log that its key has signed holds this very event: the leaf says what the event says, and its hash leads
 * to the signed root. What the server claims is not believed; only its key is.
 */
export async function checkEntry(agencyId: string, auditEvent: AuditEvent): Promise<EntryVerdict> {
  try {
    const { key } = await readLogKey(agencyId);
    const index = auditEvent.sequence - 1;
    const { size, root } = await readCheckpointOver(agencyId, key, index);
    if (index >= size)
      return { isProven: false, reason: 'It is newer than the last checkpoint. Look again in a moment.' };
    const at = Math.floor(index / tileWidth);
    const width = widthIn(size, 'entries', at);
    const leaves = readEntryBundle(await readTileFile(agencyId, { level: 'entries', index: at, width }), width);
    const leaf = leaves?.[index % tileWidth];
    const entry = leaf === undefined ? undefined : decodeEntry(leaf);
    if (leaf === undefined || entry === undefined) return { isProven: false, reason: 'The log has no entry here.' };
    const isSame =
      entry.id === auditEvent.id &&
      entry.at === auditEvent.at &&
      entry.type === auditEvent.type &&
      entry.outcome === auditEvent.outcome &&
      entry.actorKind === auditEvent.actorKind &&
      (entry.targetId === null || entry.targetId === auditEvent.targetId);
    if (!isSame) return { isProven: false, reason: 'The log says something else than this event.' };
    const readHashes = tileReader(size, (tile) => readTileFile(agencyId, tile));
    const proof = await inclusionProof(index, size, readHashes);
    if (!verifyInclusion({ leaf: leafHash(leaf), index, size, root, proof })) {
      return { isProven: false, reason: 'Its hash does not lead to the signed root: it was changed, or the log was.' };
    }
    return { isProven: true, size, hashes: proof.length };
  } catch (error) {
    const known = error instanceof LogUnreadable ? error.message : 'The log is damaged, or signed by another key.';
    return { isProven: false, reason: known };
  }
}

/** The last head; of a log whose end is looked at, the next one that reaches to it, if it comes in time. */
async function readCheckpointOver(agencyId: string, key: VerifierKey, index: number): Promise<OpenedCheckpoint> {
  const deadlineMs = Date.now() + checkpointWithinMs;
  for (;;) {
    const head = await readCheckpoint(agencyId, key);
    if (head.size > index || Date.now() > deadlineMs) return head;
    await new Promise((resolve) => {
      window.setTimeout(resolve, askEveryMs);
    });
  }
}

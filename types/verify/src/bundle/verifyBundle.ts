import { sha256 } from '@noble/hashes/sha2.js';
import { toUtf8 } from '../bytes/bytes.ts';
import { BundleCheck, type BundleReport, type TrustedKeys } from './BundleCheck.ts';
import { BundleFault, type FaultCode } from './BundleFault.ts';
import { readLine, type ReadLine } from './readLine.ts';
import { LineError, splitLines } from './splitLines.ts';

export interface FoundFault {
  code: FaultCode;
  /** The first bad entry; null where what is bad is no entry. */
  index: number | null;
  /** Of the file, from 1. */
  line: number;
  /** A sentence. */
  reason: string;
}

export type BundleVerdict = { ok: true; report: BundleReport } | { ok: false; fault: FoundFault };

/**
 * Checks an export from its first to its last byte, in one pass, without anything else: signatures, that the log only
 * grew, that each entry is in it where it says, that each opening fits, and that no byte was changed. Stops at the first
 * fault. Rejects only if the chunks do.
 */
export async function verifyBundle(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  trusted: TrustedKeys,
): Promise<BundleVerdict> {
  const check = new BundleCheck(trusted);
  const sealed = sha256.create();
  const lineFeed = toUtf8('\n');
  let line = 1;
  try {
    for await (const bytes of splitLines(chunks)) {
      check.add(readOrFail(bytes, check), () => sealed.clone().digest());
      sealed.update(bytes).update(lineFeed);
      line += 1;
    }
    return { ok: true, report: check.report() };
  } catch (error) {
    if (error instanceof LineError) {
      return { ok: false, fault: { code: 'cutShort', index: check.nextEntry, line, reason: error.message } };
    }
    if (!(error instanceof BundleFault)) throw error;
    return { ok: false, fault: { code: error.code, index: error.index, line, reason: error.message } };
  }
}

function readOrFail(bytes: Uint8Array, check: BundleCheck): ReadLine {
  const line = readLine(bytes);
  if (line) return line;
  const where = check.nextEntry === null ? '' : `Where entry ${check.nextEntry} should stand: `;
  throw new BundleFault('malformed', check.nextEntry, `${where}This line is damaged, or not of an export.`);
}

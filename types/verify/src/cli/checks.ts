import { createReadStream } from 'node:fs';
import { fromBase64 } from '../bytes/bytes.ts';
import { isFork } from '../checkpoint/forkProof.ts';
import { openCheckpoint, type OpenedCheckpoint } from '../checkpoint/signedCheckpoint.ts';
import { type BundleReport, type TrustedKeys, verifyBundle } from '../bundle/bundle.ts';
import type { WitnessReport } from '../bundle/CheckpointChain.ts';
import { type LiveKeys, verifyLive } from '../live/verifyLive.ts';
import type { VerifierKey } from '../note/keys.ts';
import { CannotCheck } from './CannotCheck.ts';
import { fetchFrom } from './fetchFrom.ts';

export interface Result {
  exitCode: 0 | 1 | 2;
  headline: string;
  rows: readonly (readonly [name: string, value: string])[];
  /** How many were checked, for the rate. */
  entries?: number;
  /** The checkpoint of a running log that was found good. */
  note?: string;
}

export async function checkFile(file: string, keys: LiveKeys): Promise<Result> {
  const trusted: TrustedKeys = { ...keys, log: keys.log.length > 0 ? keys.log : 'asClaimed' };
  const verdict = await verifyBundle(readPieces(file), trusted);
  if (!verdict.ok) {
    const { index, line, reason } = verdict.fault;
    return { exitCode: 1, headline: `Bad: ${reason}`, rows: [badEntryRow(index), ['Line of the file', String(line)]] };
  }
  const { report } = verdict;
  const rows = reportRows(report);
  const { entries } = report;
  if (report.logKey === 'claimed') {
    const headline =
      'Could not check who signed it: it fits together, but --key was not given, and anybody can make such a file.';
    return { exitCode: 2, headline, rows, entries };
  }
  if (report.since === 'notCovered') {
    const headline =
      'Could not check it against the kept checkpoint: this export shows no way from there. The rest is good.';
    return { exitCode: 2, headline, rows, entries };
  }
  return { exitCode: 0, headline: `Good: ${what(report)} as ${report.origin} signed them.`, rows, entries };
}

export async function checkLog(address: string, keys: LiveKeys, cookie?: string): Promise<Result> {
  if (keys.log.length === 0)
    throw new CannotCheck('a running log needs --key: its own word for its key proves nothing.');
  const verdict = await verifyLive(fetchFrom(address, cookie), keys);
  if (!verdict.ok) {
    const { index, reason } = verdict.fault;
    return { exitCode: 1, headline: `Bad: ${reason}`, rows: [badEntryRow(index)] };
  }
  const { origin, size, entries, note, witnesses, since } = verdict.report;
  const rows = [
    [
      'Entries',
      entries === 'verified'
        ? String(size)
        : `${size}, not public: their hashes were checked; --session checks them too`,
    ],
    ...witnessRows(witnesses),
    ...(since === 'consistent' ? [['Kept checkpoint', 'the log begins with it'] as const] : []),
  ] as const;
  return {
    exitCode: 0,
    headline: `Good: all ${size} entries are as ${origin} signed them.`,
    rows,
    entries: size,
    note,
  };
}

/**
 * Two checkpoints of one log: with two roots for one size they are proof against it, by themselves; of two sizes with
 * the hashes that a witness has kept beside them.
 */
export function checkFork(
  one: string,
  other: string,
  { log, proof }: { log: readonly VerifierKey[]; proof: string },
): Result {
  if (log.length === 0) throw new CannotCheck('fork needs --key: without it, nobody knows who signed the checkpoints.');
  const [first, second] = [opened(one, log), opened(other, log)].toSorted((a, b) => a.size - b.size);
  if (!first || !second) throw new CannotCheck('there are not two checkpoints.');
  const rows = [first, second].map(({ size, root }) => ['Checkpoint', `${size} entries, root ${toHex(root)}`] as const);
  if (first.origin !== second.origin) throw new CannotCheck('the checkpoints are of two logs.');
  const hashes = proof.split('\n').flatMap((line) => (line.trim() === '' ? [] : [fromBase64(line.trim())]));
  if (hashes.includes(undefined)) throw new CannotCheck('the proof is not one hash in base64 a line.');
  if (
    isFork(
      first,
      second,
      hashes.filter((hash) => hash !== undefined),
    )
  ) {
    const histories =
      first.size === second.size
        ? `It signed two histories of ${first.size} entries`
        : `The first ${first.size} of the ${second.size} entries are not those that it signed before`;
    const headline = `Bad: ${first.origin} was forked. ${histories}; keep the files, they prove it.`;
    return { exitCode: 1, headline, rows };
  }
  if (first.size !== second.size) {
    const headline =
      'Could not check: the checkpoints are of two sizes, and no --proof shows that they exclude each other. Check the ' +
      'log, or an export of it, with --since.';
    return { exitCode: 2, headline, rows };
  }
  return { exitCode: 0, headline: 'Good: both are the same checkpoint.', rows };
}

function opened(note: string, log: readonly VerifierKey[]): OpenedCheckpoint {
  try {
    return openCheckpoint(note, { log });
  } catch (error) {
    throw new CannotCheck(`a checkpoint cannot be used. ${error instanceof Error ? error.message : String(error)}`);
  }
}

async function* readPieces(file: string): AsyncGenerator<Uint8Array> {
  try {
    for await (const piece of createReadStream(file)) yield piece as Uint8Array;
  } catch (error) {
    throw new CannotCheck(`${file} cannot be read. ${error instanceof Error ? error.message : String(error)}`);
  }
}

function what({ scope, entries, size }: BundleReport): string {
  if (scope.kind === 'chosen') return `the ${entries} chosen entries are`;
  return entries === size ? `all ${size} entries are` : `entries ${scope.from} to ${scope.to - 1} are`;
}

function reportRows(report: BundleReport): (readonly [string, string])[] {
  const { opened: shown, erased, withheld } = report.openings;
  return [
    ['Entries', `${report.entries} of the log's ${report.size}`],
    ['Checkpoints', `${report.checkpoints} verified, each begins with the one before`],
    ...witnessRows(report.witnesses),
    ['Personal fields', `${shown} shown and verified, ${erased} erased, ${withheld} withheld`],
    ...(report.since === 'consistent' ? [['Kept checkpoint', 'the log begins with it'] as const] : []),
  ];
}

function witnessRows(witnesses: readonly WitnessReport[]): (readonly [string, string])[] {
  if (witnesses.length === 0) return [['Witnesses', 'none']];
  return witnesses.map(({ name, isTrusted, upToSize, lastAtSeconds }) => {
    const at = new Date(lastAtSeconds * 1000).toISOString();
    return [
      'Witness',
      `${name}, ${upToSize} entries at ${at}${isTrusted ? '' : ' (its key was not given with --witness)'}`,
    ];
  });
}

function badEntryRow(index: number | null): readonly [string, string] {
  return ['First bad entry', index === null ? 'none: what is bad is no entry' : String(index)];
}

function toHex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

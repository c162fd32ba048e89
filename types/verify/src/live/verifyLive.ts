import { fromUtf8, toBase64, toUtf8 } from '../bytes/bytes.ts';
import { BundleFault, type FaultCode } from '../bundle/BundleFault.ts';
import { isSameKey, reportWitnesses, type WitnessReport } from '../bundle/CheckpointChain.ts';
import { EntryCheck } from '../bundle/EntryCheck.ts';
import type { Checkpoint } from '../checkpoint/checkpointText.ts';
import { judgeByHashes } from '../checkpoint/forkProof.ts';
import { openCheckpoint, type OpenedCheckpoint } from '../checkpoint/signedCheckpoint.ts';
import { commitmentsOf, decodeEntry } from '../entry/logEntry.ts';
import type { VerifierKey } from '../note/keys.ts';
import { readEntryBundle } from '../tiles/entryBundles.ts';
import { TileError, tileReader } from '../tiles/hashTiles.ts';
import { tilePath, tileWidth, widthIn } from '../tiles/tilePaths.ts';
import { tileProof } from '../tree/makeProofs.ts';
import type { ReadHashes } from '../tree/nodes.ts';
import { readWitnesses, witnessesPath } from './witnesses.ts';

/**
 * What the log has at a path of C2SP tlog-tiles, such as `checkpoint`; undefined if it says that it has nothing there,
 * `notPublic` if not everybody may read it. Rejects if the log cannot be reached: then nothing is known.
 */
export type FetchPath = (path: string) => Promise<Uint8Array | 'notPublic' | undefined>;

export interface LiveKeys {
  log: readonly VerifierKey[];
  /** Each of them has to have cosigned the current checkpoint or one before it. */
  witnesses?: readonly VerifierKey[];
  /** A checkpoint that was kept from earlier, opened. */
  since?: Checkpoint;
}

export interface LiveReport {
  origin: string;
  size: number;
  /** Of a log whose entries are not public, the hashes alone are checked: then they are `notPublic`. */
  entries: 'verified' | 'notPublic';
  /** The current checkpoint, to keep. */
  note: string;
  witnesses: readonly WitnessReport[];
  /** Whether the log still begins with the kept checkpoint. */
  since: 'notAsked' | 'consistent';
}

export type LiveVerdict =
  | { ok: true; report: LiveReport }
  | { ok: false; fault: { code: FaultCode; index: number | null; reason: string } };

/**
 * Reads a whole log by its tiles and checks every entry against its signed checkpoint. Rejects only if the log cannot be
 * reached.
 */
export async function verifyLive(fetchPath: FetchPath, keys: LiveKeys): Promise<LiveVerdict> {
  try {
    // First: what a witness cosigns meanwhile would be ahead of the checkpoint.
    const claims = await fetchPath(witnessesPath);
    const head = open(await fetched(fetchPath, 'checkpoint'), keys);
    const read = tileReader(head.size, (tile) => fetched(fetchPath, tilePath(tile)));
    await checkSince(head, read, keys.since);
    const entries = await checkEntries(head, read, fetchPath);
    const { origin, size, note } = head;
    const witnesses = reportWitnesses([...(await witnessed(head, read, claims, keys)), head], keys.witnesses ?? []);
    const since = keys.since ? 'consistent' : 'notAsked';
    return { ok: true, report: { origin, size, entries, note, witnesses, since } };
  } catch (error) {
    if (error instanceof TileError) {
      return { ok: false, fault: { code: 'tileWrong', index: null, reason: error.message } };
    }
    if (!(error instanceof BundleFault)) throw error;
    return { ok: false, fault: { code: error.code, index: error.index, reason: error.message } };
  }
}

function open(bytes: Uint8Array, { log, witnesses = [] }: LiveKeys): OpenedCheckpoint {
  try {
    return openCheckpoint(fromUtf8(bytes) ?? '', { log, witnesses });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new BundleFault('checkpointWrong', null, `The checkpoint cannot be trusted. ${reason}`);
  }
}

/**
 * The last checkpoint that each witness has cosigned, where it is not the current one: witnesses come after. The current
 * one has to begin with each of them.
 */
async function witnessed(
  head: OpenedCheckpoint,
  read: ReadHashes,
  claims: Awaited<ReturnType<FetchPath>>,
  keys: LiveKeys,
): Promise<OpenedCheckpoint[]> {
  if (!(claims instanceof Uint8Array)) return [];
  const checkpoints: OpenedCheckpoint[] = [];
  for (const { key, note } of readWitnesses(claims)) {
    const trusted = (keys.witnesses ?? []).find((witness) => isSameKey(witness, key)) ?? key;
    const checkpoint = open(toUtf8(note), { log: keys.log, witnesses: [trusted] });
    await checkSince(head, read, checkpoint, `checkpoint that ${key.name} cosigned`);
    checkpoints.push(checkpoint);
  }
  return checkpoints.toSorted((one, other) => one.size - other.size);
}

async function checkSince(
  head: OpenedCheckpoint,
  read: ReadHashes,
  since: Checkpoint | undefined,
  what = 'kept checkpoint',
): Promise<void> {
  if (!since) return;
  const { succession } = await judgeByHashes(since, head, read);
  if (succession === 'same' || succession === 'grown') return;
  if (succession === 'otherLog') {
    throw new BundleFault('checkpointWrong', null, `The ${what} is of another log, ${since.origin}.`);
  }
  if (succession === 'shorter') {
    const reason = `The log has ${head.size} entries now, and the ${what} is of ${since.size}.`;
    throw new BundleFault('shorter', null, reason);
  }
  if (succession === 'unproven') {
    throw new BundleFault('tileWrong', null, 'The tiles of the log do not lead to the root that it signed.');
  }
  const reason = `The log does not begin with the ${what}: its first ${since.size} entries are others now.`;
  throw new BundleFault('forked', null, reason);
}

/** Every tile of leaf hashes against the checkpoint, and every entry against its hash if the entries are public. */
async function checkEntries(
  head: OpenedCheckpoint,
  read: ReadHashes,
  fetchPath: FetchPath,
): Promise<LiveReport['entries']> {
  const check = new EntryCheck({ kind: 'chosen', from: 0, to: head.size }, head);
  let arePublic = true;
  for (let index = 0; index * tileWidth < head.size; index += 1) {
    const width = widthIn(head.size, 0, index);
    const hashes = await fetched(fetchPath, tilePath({ level: 0, index, width }));
    const proof = await tileProof(index, head.size, read);
    check.addTile({ kind: 'tile', index, hashes: toBase64(hashes), proof: proof.map(toBase64) });
    const path = tilePath({ level: 'entries', index, width });
    const bundle = arePublic ? await fetchPath(path) : 'notPublic';
    if (bundle === 'notPublic') arePublic = false;
    else addEntries(check, index * tileWidth, width, bundle, path);
  }
  return arePublic ? 'verified' : 'notPublic';
}

function addEntries(
  check: EntryCheck,
  start: number,
  width: number,
  bundle: Uint8Array | undefined,
  path: string,
): void {
  const leaves = bundle && readEntryBundle(bundle, width);
  if (!leaves) throw new BundleFault('entryMissing', start, `${path} does not hold ${width} entries.`);
  for (const [at, leaf] of leaves.entries()) {
    const entry = decodeEntry(leaf) ?? null;
    // The log itself has no openings; those come with an export.
    const names = entry ? [...commitmentsOf(entry).keys()] : [];
    const openings = Object.fromEntries(names.map((name) => [name, 'withheld' as const]));
    check.addEntry({ kind: 'entry', index: start + at, entry, openings }, leaf);
  }
}

async function fetched(fetchPath: FetchPath, path: string): Promise<Uint8Array> {
  const bytes = await fetchPath(path);
  if (bytes instanceof Uint8Array) return bytes;
  throw new BundleFault('tileWrong', null, `The log does not show its ${path}.`);
}

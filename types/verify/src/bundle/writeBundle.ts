import { sha256 } from '@noble/hashes/sha2.js';
import { toBase64, toUtf8 } from '../bytes/bytes.ts';
import { parseCheckpoint } from '../checkpoint/checkpointText.ts';
import { canonicalText } from '../entry/canonicalJson.ts';
import { decodeEntry } from '../entry/logEntry.ts';
import { formatVerifierKey, type VerifierKey } from '../note/keys.ts';
import { parseNote } from '../note/noteText.ts';
import { buildTile } from '../tiles/hashTiles.ts';
import { tileWidth, widthIn } from '../tiles/tilePaths.ts';
import { consistencyProof, tileProof } from '../tree/makeProofs.ts';
import type { ReadHashes } from '../tree/nodes.ts';
import { type BundleLine, bundleLineSchema, type HeaderLine, type OpeningOrMarker, sealText } from './bundleLines.ts';

export interface BundleEntry {
  index: number;
  /** The leaf as it stands in the log. */
  bytes: Uint8Array;
  /** For each commitment of the entry. */
  openings: Readonly<Record<string, OpeningOrMarker>>;
}

export interface BundleSource {
  logKeys: readonly VerifierKey[];
  witnessKeys: readonly VerifierKey[];
  /** Signed checkpoints by growing size, each size once. The last one is what everything is proven to. */
  checkpoints: readonly string[];
  scope: HeaderLine['scope'];
  /** The entries of the scope by growing index. */
  entries: AsyncIterable<BundleEntry> | Iterable<BundleEntry>;
  readHashes: ReadHashes;
  /** Signs this text as a note with the log's key. */
  sign: (text: string) => string | Promise<string>;
}

/** An export in pieces of one line each, as they are made. */
export async function* writeBundle(source: BundleSource): AsyncGenerator<Uint8Array> {
  const digest = sha256.create();
  const toSealed = (line: BundleLine): Uint8Array => {
    const bytes = lineBytes(line);
    digest.update(bytes);
    return bytes;
  };

  const heads = source.checkpoints.map((note) => parseCheckpoint(parseNote(note).text));
  const head = heads.at(-1);
  if (!head) throw new RangeError('An export needs a checkpoint to prove its entries to.');
  const { origin, size } = head;
  yield toSealed({
    kind: 'header',
    format: 'commonsight-log-export',
    v: 1,
    origin,
    logKeys: source.logKeys.map(formatVerifierKey),
    witnessKeys: source.witnessKeys.map(formatVerifierKey),
    size,
    scope: source.scope,
  });
  for (const [at, note] of source.checkpoints.entries()) {
    const proof = await consistencyProof(heads[at - 1]?.size ?? 0, heads[at]?.size ?? 0, source.readHashes);
    yield toSealed({ kind: 'checkpoint', note, proof: proof.map(toBase64) });
  }

  let tileIndex = -1;
  let entries = 0;
  for await (const { index, bytes, openings } of source.entries) {
    if (Math.floor(index / tileWidth) !== tileIndex) {
      tileIndex = Math.floor(index / tileWidth);
      const tile = { level: 0, index: tileIndex, width: widthIn(size, 0, tileIndex) };
      const hashes = toBase64(await buildTile(tile, source.readHashes));
      const proof = await tileProof(tileIndex, size, source.readHashes);
      yield toSealed({ kind: 'tile', index: tileIndex, hashes, proof: proof.map(toBase64) });
    }
    // Storage that somebody changed is exported as it is: the export is where that comes out.
    yield toSealed({ kind: 'entry', index, entry: decodeEntry(bytes) ?? null, openings });
    entries += 1;
  }
  yield lineBytes({ kind: 'end', entries, note: await source.sign(sealText(origin, digest.digest())) });
}

function lineBytes(line: BundleLine): Uint8Array {
  return toUtf8(`${canonicalText(bundleLineSchema.parse(line))}\n`);
}

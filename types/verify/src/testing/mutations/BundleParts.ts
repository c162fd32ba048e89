import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes, fromUtf8, toUtf8 } from '../../bytes/bytes.ts';
import {
  type BundleLine,
  bundleLineSchema,
  type CheckpointLine,
  type EntryLine,
  type HeaderLine,
  sealText,
  type TileLine,
} from '../../bundle/bundleLines.ts';
import { canonicalText } from '../../entry/canonicalJson.ts';

/** An export taken apart, to be changed and sealed again: what a server writes whose storage somebody has changed. */
export interface BundleParts {
  header: HeaderLine;
  checkpoints: CheckpointLine[];
  body: (TileLine | EntryLine)[];
}

export function takeApart(file: Uint8Array): BundleParts {
  const lines = (fromUtf8(file) ?? '')
    .trimEnd()
    .split('\n')
    .map((line) => bundleLineSchema.parse(JSON.parse(line)));
  const [header] = lines;
  if (header?.kind !== 'header') throw new Error('The export has no header.');
  return {
    header,
    checkpoints: lines.filter((line) => line.kind === 'checkpoint'),
    body: lines.filter((line) => line.kind === 'entry' || line.kind === 'tile'),
  };
}

/** The export with a fresh seal by whoever signs. */
export function sealAgain({ header, checkpoints, body }: BundleParts, sign: (text: string) => string): Uint8Array {
  const text = [header, ...checkpoints, ...body].map(lineText).join('');
  const note = sign(sealText(header.origin, sha256(toUtf8(text))));
  const entries = body.filter(({ kind }) => kind === 'entry').length;
  return concatBytes(toUtf8(text), toUtf8(lineText({ kind: 'end', entries, note })));
}

export function entriesOf({ body }: BundleParts): EntryLine[] {
  return body.filter((line) => line.kind === 'entry');
}

export function tilesOfParts({ body }: BundleParts): TileLine[] {
  return body.filter((line) => line.kind === 'tile');
}

function lineText(line: BundleLine): string {
  return `${canonicalText(line)}\n`;
}

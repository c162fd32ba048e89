import { fromBase64, toBase64 } from '../bytes/bytes.ts';
import { NoteError } from '../note/NoteError.ts';
import { assertNoteText } from '../note/noteText.ts';
import { type Hash, hashLength } from '../tree/hashes.ts';

/** What a log says about itself: its name, how many entries it has, and the root over them. */
export interface Checkpoint {
  origin: string;
  size: number;
  root: Hash;
}

/** The text that is signed: C2SP tlog-checkpoint. */
export function formatCheckpoint({ origin, size, root }: Checkpoint): string {
  if (!isOrigin(origin)) throw new NoteError('The origin of a log is one line that is not empty.');
  if (!Number.isSafeInteger(size) || size < 0) throw new NoteError('The size of a log is a whole number.');
  if (root.length !== hashLength) throw new NoteError(`The root of a log has ${hashLength} bytes.`);
  return `${origin}\n${size}\n${toBase64(root)}\n`;
}

/**
 * Strict: what it accepts, `formatCheckpoint` gives back byte for byte. Extension lines, which C2SP advises against, are
 * refused: nobody could say what they mean.
 */
export function parseCheckpoint(text: string): Checkpoint {
  assertNoteText(text);
  const [origin = '', sizeText = '', rootText = '', ...rest] = text.split('\n');
  if (rest.length !== 1) throw new NoteError('A checkpoint has three lines: origin, size and root.');
  if (!isOrigin(origin)) throw new NoteError('The checkpoint names no log.');
  const size = Number(sizeText);
  if (!/^(0|[1-9][0-9]*)$/.test(sizeText) || !Number.isSafeInteger(size)) {
    throw new NoteError('The size in the checkpoint is no whole number.');
  }
  const root = fromBase64(rootText);
  if (root?.length !== hashLength) throw new NoteError('The root in the checkpoint is no hash.');
  return { origin, size, root };
}

function isOrigin(origin: string): boolean {
  return origin !== '' && !origin.includes('\n');
}

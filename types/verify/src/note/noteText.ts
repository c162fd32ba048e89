import { concatBytes, fromBase64, toBase64 } from '../bytes/bytes.ts';
import { isKeyName } from './keys.ts';
import { NoteError } from './NoteError.ts';

/** One signature line, unchecked. */
export interface NoteSignature {
  name: string;
  id: number;
  /** Without the four bytes of the id. */
  bytes: Uint8Array;
}

export interface Note {
  /** What is signed, with its last newline. */
  text: string;
  signatures: readonly NoteSignature[];
}

const lineStart = '— ';
const idLength = 4;
/** C2SP asks to accept 16 at least. A log with more witnesses than this needs another limit. */
const mostSignatures = 100;
const mostCharacters = 1_000_000;

/** A text that can be signed: ends with a newline and has no other control characters. */
export function assertNoteText(text: string): void {
  if (!text.endsWith('\n') || !text.isWellFormed()) throw new NoteError('The text of a note ends with a newline.');
  if (/\p{Cc}/u.test(text.replaceAll('\n', ''))) throw new NoteError('A note has no control characters.');
}

export function formatNote({ text, signatures }: Note): string {
  assertNoteText(text);
  return `${text}\n${signatures.map(signatureLine).join('')}`;
}

/** Takes a note apart and checks no signature. Strict: what it accepts, `formatNote` gives back byte for byte. */
export function parseNote(note: string): Note {
  if (note.length > mostCharacters) throw new NoteError('The note is too long.');
  const end = note.lastIndexOf('\n\n');
  if (end === -1 || !note.endsWith('\n')) throw new NoteError('The note has no signatures.');
  const text = note.slice(0, end + 1);
  assertNoteText(text);
  const lines = note.slice(end + 2, -1).split('\n');
  if (lines.length > mostSignatures) throw new NoteError('The note has too many signatures.');
  return { text, signatures: lines.map(parseSignatureLine) };
}

function signatureLine({ name, id, bytes }: NoteSignature): string {
  const idBytes = new Uint8Array(idLength);
  new DataView(idBytes.buffer).setUint32(0, id);
  return `${lineStart}${name} ${toBase64(concatBytes(idBytes, bytes))}\n`;
}

function parseSignatureLine(line: string): NoteSignature {
  const [name = '', encoded = '', ...more] = line.slice(lineStart.length).split(' ');
  const bytes = fromBase64(encoded);
  if (!line.startsWith(lineStart) || more.length > 0 || !isKeyName(name) || !bytes || bytes.length <= idLength) {
    throw new NoteError('A line below the text of the note is no signature.');
  }
  const id = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0);
  return { name, id, bytes: bytes.slice(idLength) };
}

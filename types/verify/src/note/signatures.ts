import { ed25519 } from '@noble/curves/ed25519.js';
import { concatBytes, toUtf8 } from '../bytes/bytes.ts';
import type { SignerKey, VerifierKey } from './keys.ts';
import { NoteError } from './NoteError.ts';
import { assertNoteText, formatNote, type NoteSignature, parseNote } from './noteText.ts';

export interface VerifiedSignature {
  key: VerifierKey;
  /** A witness's clock when it cosigned, in whole seconds since 1970; null for a plain signature. */
  cosignedAtSeconds: number | null;
}

export interface OpenedNote {
  text: string;
  /** In the order of the note. At least one. */
  verified: readonly VerifiedSignature[];
}

const timestampLength = 8;
const signatureLength = 64;

/** A signature over the text with a key of either kind; a witness's needs the time. */
export function signText(text: string, { verifier, secretKey }: SignerKey, atSeconds?: number): NoteSignature {
  assertNoteText(text);
  const { name, id } = verifier;
  if (verifier.kind === 'ed25519') return { name, id, bytes: ed25519.sign(toUtf8(text), secretKey) };
  if (atSeconds === undefined || !Number.isSafeInteger(atSeconds) || atSeconds < 0) {
    throw new RangeError('A cosignature needs its time in whole seconds.');
  }
  const timestamp = new Uint8Array(timestampLength);
  new DataView(timestamp.buffer).setBigUint64(0, BigInt(atSeconds));
  return { name, id, bytes: concatBytes(timestamp, ed25519.sign(cosignedText(text, atSeconds), secretKey)) };
}

/** A note signed by one key. */
export function signNote(text: string, signer: SignerKey): string {
  return formatNote({ text, signatures: [signText(text, signer)] });
}

/** The note with signatures appended; one by the same key is replaced, and what stands there is not checked. */
export function addSignatures(note: string, ...added: readonly NoteSignature[]): string {
  const { text, signatures } = parseNote(note);
  const kept = signatures.filter((old) => !added.some(({ name, id }) => old.name === name && old.id === id));
  return formatNote({ text, signatures: [...kept, ...added] });
}

/** The note with a witness's cosignature. */
export function cosignNote(note: string, witness: SignerKey, atSeconds: number): string {
  return addSignatures(note, signText(parseNote(note).text, witness, atSeconds));
}

export function isSignedBy(text: string, signature: NoteSignature, key: VerifierKey): boolean {
  return verifySignature(text, signature, key) !== undefined;
}

/**
 * The note's text, if one of the trusted keys signed it. Signatures of other keys are passed over, as C2SP asks; a wrong
 * one that says it is of a trusted key refuses the whole note, and so does a second one by the same key.
 */
export function openNote(note: string, trusted: readonly VerifierKey[]): OpenedNote {
  const { text, signatures } = parseNote(note);
  const verified: VerifiedSignature[] = [];
  for (const signature of signatures) {
    const key = trusted.find(({ name, id }) => signature.name === name && signature.id === id);
    if (!key) continue;
    const found = verifySignature(text, signature, key);
    if (!found) throw new NoteError(`The signature of ${key.name} is wrong.`);
    if (verified.some((earlier) => earlier.key === key)) throw new NoteError(`${key.name} signed twice.`);
    verified.push(found);
  }
  if (verified.length === 0) throw new NoteError('The note is signed by no trusted key.');
  return { text, verified };
}

function verifySignature(text: string, { bytes }: NoteSignature, key: VerifierKey): VerifiedSignature | undefined {
  if (key.kind === 'ed25519') {
    return isEd25519(bytes, toUtf8(text), key) ? { key, cosignedAtSeconds: null } : undefined;
  }
  if (bytes.length !== timestampLength + signatureLength) return undefined;
  const timestamp = new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0);
  if (timestamp > BigInt(Number.MAX_SAFE_INTEGER)) return undefined;
  const cosignedAtSeconds = Number(timestamp);
  const message = cosignedText(text, cosignedAtSeconds);
  return isEd25519(bytes.subarray(timestampLength), message, key) ? { key, cosignedAtSeconds } : undefined;
}

function isEd25519(signature: Uint8Array, message: Uint8Array, { publicKey }: VerifierKey): boolean {
  if (signature.length !== signatureLength) return false;
  try {
    // RFC 8032 as written, which other implementations check too, and not the looser rules of ZIP 215.
    return ed25519.verify(signature, message, publicKey, { zip215: false });
  } catch {
    // A public key or signature that is no point of the curve.
    return false;
  }
}

function cosignedText(text: string, atSeconds: number): Uint8Array {
  return toUtf8(`cosignature/v1\ntime ${atSeconds}\n${text}`);
}

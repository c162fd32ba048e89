import { ed25519 } from '@noble/curves/ed25519.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes, fromBase64, toBase64, toUtf8 } from '../bytes/bytes.ts';
import { NoteError } from './NoteError.ts';

/** C2SP signed-note's signature types that this package knows. */
const typeBytes = {
  /** A log's plain Ed25519 signature over the text. */
  ed25519: 0x01,
  /** A witness's timestamped cosignature, C2SP tlog-cosignature v1. */
  cosignature: 0x04,
} as const;

export type KeyKind = keyof typeof typeBytes;

export interface VerifierKey {
  /** Like an address without scheme: `city.example/audit`. No spaces, no plus. */
  name: string;
  kind: KeyKind;
  /** 32 bytes. */
  publicKey: Uint8Array;
  /** Four bytes as an unsigned number. It tells keys apart and vouches for nothing. */
  id: number;
}

export interface SignerKey {
  verifier: VerifierKey;
  /** Ed25519's seed: 32 bytes. */
  secretKey: Uint8Array;
}

const keyLength = 32;

export function verifierKey(name: string, kind: KeyKind, publicKey: Uint8Array): VerifierKey {
  if (!isKeyName(name)) throw new NoteError('A key name is not empty and has no space and no plus.');
  if (publicKey.length !== keyLength) throw new NoteError(`An Ed25519 public key has ${keyLength} bytes.`);
  const digest = sha256(concatBytes(toUtf8(`${name}\n`), encodedKey(kind, publicKey)));
  return { name, kind, publicKey, id: new DataView(digest.buffer, digest.byteOffset).getUint32(0) };
}

export function signerKey(name: string, kind: KeyKind, secretKey: Uint8Array): SignerKey {
  if (secretKey.length !== keyLength) throw new NoteError(`An Ed25519 seed has ${keyLength} bytes.`);
  return { verifier: verifierKey(name, kind, ed25519.getPublicKey(secretKey)), secretKey };
}

export function makeSignerKey(name: string, kind: KeyKind): SignerKey {
  return signerKey(name, kind, ed25519.utils.randomSecretKey());
}

/** The key as one line, to hand out: `name+id+key`. */
export function formatVerifierKey(key: VerifierKey): string {
  return `${key.name}+${idText(key.id)}+${toBase64(encodedKey(key.kind, key.publicKey))}`;
}

/** Throws a NoteError for whatever `formatVerifierKey` does not give. */
export function parseVerifierKey(text: string): VerifierKey {
  const { name, id, encoded } = splitKey(text);
  const { kind, bytes } = decodeKey(encoded);
  const key = verifierKey(name, kind, bytes);
  if (id !== idText(key.id)) throw new NoteError('The id of the key does not fit the key.');
  return key;
}

/** The secret key as one line, in the form of Go's note package: for a file that only its owner may read. */
export function formatSignerKey({ verifier, secretKey }: SignerKey): string {
  const encoded = toBase64(encodedKey(verifier.kind, secretKey));
  return `PRIVATE+KEY+${verifier.name}+${idText(verifier.id)}+${encoded}`;
}

/** Throws a NoteError that holds nothing of the text. */
export function parseSignerKey(text: string): SignerKey {
  const prefix = 'PRIVATE+KEY+';
  if (!text.startsWith(prefix)) throw new NoteError('This is not a secret key for notes.');
  const { name, id, encoded } = splitKey(text.slice(prefix.length));
  const { kind, bytes } = decodeKey(encoded);
  const key = signerKey(name, kind, bytes);
  if (id !== idText(key.verifier.id)) throw new NoteError('The id of the secret key does not fit the key.');
  return key;
}

export function isKeyName(name: string): boolean {
  // Control characters are Unicode spaces in part only, and stand in no note at all.
  return /^[^\s+\p{Cc}\p{Zs}]+$/u.test(name) && name.isWellFormed();
}

function encodedKey(kind: KeyKind, key: Uint8Array): Uint8Array {
  return concatBytes(Uint8Array.of(typeBytes[kind]), key);
}

/** Base64 has plus signs of its own, so what follows the second one belongs together. */
function splitKey(text: string): { name: string; id: string; encoded: string } {
  const [name = '', id = '', ...encoded] = text.split('+');
  return { name, id, encoded: encoded.join('+') };
}

function decodeKey(encoded: string): { kind: KeyKind; bytes: Uint8Array } {
  const bytes = fromBase64(encoded);
  if (!bytes || bytes.length !== 1 + keyLength) throw new NoteError('The key is not a type and 32 bytes in base64.');
  for (const kind of ['ed25519', 'cosignature'] as const) {
    if (bytes[0] === typeBytes[kind]) return { kind, bytes: bytes.slice(1) };
  }
  throw new NoteError('The key is of a type that is not known here.');
}

function idText(id: number): string {
  return id.toString(16).padStart(8, '0');
}

// What `commonsight-verify/note` gives: C2SP signed-note with Ed25519, and C2SP tlog-cosignature v1 for witnesses.
export {
  formatSignerKey,
  formatVerifierKey,
  type KeyKind,
  makeSignerKey,
  parseSignerKey,
  parseVerifierKey,
  type SignerKey,
  signerKey,
  type VerifierKey,
  verifierKey,
} from './keys.ts';
export { NoteError } from './NoteError.ts';
export { formatNote, type Note, type NoteSignature, parseNote } from './noteText.ts';
export {
  addSignatures,
  cosignNote,
  isSignedBy,
  type OpenedNote,
  openNote,
  signNote,
  signText,
  type VerifiedSignature,
} from './signatures.ts';

import { sealText } from '../../bundle/bundleLines.ts';
import { formatCheckpoint, parseCheckpoint } from '../../checkpoint/checkpointText.ts';
import { makeSignerKey, type SignerKey } from '../../note/keys.ts';
import { formatNote, type Note, parseNote } from '../../note/noteText.ts';
import { signText } from '../../note/signatures.ts';
import { below, pick, type Random } from '../random.ts';
import type { BundleParts } from './BundleParts.ts';

let stranger: SignerKey | undefined;

/** A key that is called like the log and is not its own. One for all, because making one takes its time. */
export function strangerKey(origin: string): SignerKey {
  if (stranger?.verifier.name !== origin) stranger = makeSignerKey(origin, 'ed25519');
  return stranger;
}

/** What somebody can do to checkpoints without a key. False if this export has nothing to change in this way. */
export const signatureMutations = {
  changedSize: (parts, random) =>
    changeText(parts, random, (text) => {
      const checkpoint = parseCheckpoint(text);
      return formatCheckpoint({ ...checkpoint, size: checkpoint.size + 1 + below(5, random) });
    }),
  changedRoot: (parts, random) =>
    changeText(parts, random, (text) => {
      const checkpoint = parseCheckpoint(text);
      return formatCheckpoint({ ...checkpoint, root: Uint8Array.from({ length: 32 }, () => below(256, random)) });
    }),
  changedOrigin: (parts, random) => changeText(parts, random, (text) => `other.${text}`),
  changedSignature: (parts, random) =>
    changeNote(parts, random, ({ text, signatures }) => {
      const changed = below(signatures.length, random);
      return {
        text,
        signatures: signatures.map((signature, at) => {
          if (at !== changed) return signature;
          const place = below(signature.bytes.length, random);
          return {
            ...signature,
            bytes: signature.bytes.with(place, (signature.bytes[place] ?? 0) ^ (1 << below(8, random))),
          };
        }),
      };
    }),
  unsigned: (parts, random) =>
    changeNote(parts, random, ({ text, signatures }) => ({
      text,
      signatures: signatures.filter(({ name }) => name !== parts.header.origin),
    })),
  signedByAnother: (parts, random) =>
    changeNote(parts, random, ({ text, signatures }) => ({
      text,
      signatures: [signText(text, strangerKey(parts.header.origin)), ...signatures.slice(1)],
    })),
  signatureOfAnother: (parts, random) => {
    const [one, other] = [pick(parts.checkpoints, random), pick(parts.checkpoints, random)];
    if (one.note === other.note) return false;
    one.note = formatNote({ text: parseNote(one.note).text, signatures: parseNote(other.note).signatures });
    return true;
  },
  signatureOfAnExport: (parts, random) =>
    // What the log signed for another purpose must not serve as a checkpoint.
    changeNote(parts, random, ({ signatures }) => ({
      text: sealText(
        parts.header.origin,
        Uint8Array.from({ length: 32 }, () => below(256, random)),
      ),
      signatures,
    })),
  swappedCheckpoints: (parts, random) => {
    const { checkpoints } = parts;
    if (checkpoints.length < 2) return false;
    const at = below(checkpoints.length - 1, random);
    parts.checkpoints = checkpoints.toSpliced(at, 2, ...checkpoints.slice(at, at + 2).toReversed());
    return true;
  },
  doubledCheckpoint: (parts, random) => {
    const at = below(parts.checkpoints.length, random);
    parts.checkpoints = parts.checkpoints.toSpliced(at, 0, ...parts.checkpoints.slice(at, at + 1));
    return true;
  },
  droppedHead: (parts) => {
    parts.checkpoints = parts.checkpoints.slice(0, -1);
    return true;
  },
} satisfies Record<string, (parts: BundleParts, random: Random) => boolean>;

function changeText(parts: BundleParts, random: Random, change: (text: string) => string): boolean {
  return changeNote(parts, random, ({ text, signatures }) => ({ text: change(text), signatures }));
}

function changeNote(parts: BundleParts, random: Random, change: (note: Note) => Note): boolean {
  const line = pick(parts.checkpoints, random);
  const { text, signatures } = change(parseNote(line.note));
  if (signatures.length === 0) return false;
  line.note = formatNote({ text, signatures });
  return true;
}

import { sealingInfo } from '@commonsight/types/relay/camera-entry';
import type { CameraEntryDraft } from '@commonsight/types/relay/camera-file';
import { bytesToHex } from '@noble/hashes/utils.js';
import { fromBase64url, toBase64url } from '../../encoding/base64url.ts';
import { hpkeSuite } from '../../encoding/hpkeSuite.ts';

/** What new cameras are sealed for. */
export interface SealingTarget {
  relayId: string;
  sealingPoint: string;
}

/** What is sealed is a multiple of so many bytes; most cameras need one or two. */
const paddedBytes = 256;

/** The relay's key. Rejects for what is none, and where the browser has no cryptography. */
export function readPoint(sealingPoint: string): Promise<CryptoKey> {
  return hpkeSuite.kem.deserializePublicKey(Uint8Array.from(fromBase64url(sealingPoint)).buffer);
}

/** Encrypts a camera's address and password for the relay alone. What comes out is all that leaves the browser of it. */
export async function sealCamera(entry: CameraEntryDraft, target: SealingTarget, sealedAt: Date): Promise<string> {
  const recipientPublicKey = await readPoint(target.sealingPoint);
  const text = padded(JSON.stringify({ ...entry, sealedAt: sealedAt.toISOString() }));
  const { enc, ct } = await hpkeSuite.seal(
    { recipientPublicKey, info: sealingInfo(target.relayId).buffer },
    new TextEncoder().encode(text).buffer,
  );
  const bytes = new Uint8Array(enc.byteLength + ct.byteLength);
  bytes.set(new Uint8Array(enc));
  bytes.set(new Uint8Array(ct), enc.byteLength);
  return toBase64url(bytes);
}

/** Spaces behind the JSON, which readers of it do not mind: else the length would tell how long a password is. */
function padded(text: string): string {
  const { length } = new TextEncoder().encode(text);
  return text + ' '.repeat(Math.ceil(length / paddedBytes) * paddedBytes - length);
}

/** Eight groups to compare with those that the relay prints: the first half of the point's SHA-256 in hexadecimal. */
export async function fingerprintOf(sealingPoint: string): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', Uint8Array.from(fromBase64url(sealingPoint))));
  return (bytesToHex(digest.subarray(0, 16)).match(/.{4}/g) ?? []).join(' ');
}

import { ownerRoutes } from '@commonsight/types/http/owner-routes';
import { encapsulatedKeyBytes } from '@commonsight/types/relay/camera-entry';
import { type StillAnswer, type StillRequest, stillInfo } from '@commonsight/types/relay/still';
import type { StreamKind } from '@commonsight/types/stream-kind';
import { ownerCall } from '../../api/ownerCall.ts';
import { hpkeSuite } from '../../encoding/hpkeSuite.ts';
import { fromBase64url, toBase64url } from '../../encoding/base64url.ts';
import type { OwnerKey } from '../ownerKey.ts';
import { isStillGood } from '../receipts.ts';
import { signStillRequest } from '../signOrders.ts';

/** A JPEG and its size in pixels. */
export interface Still {
  readonly jpeg: Blob;
  readonly width: number;
  readonly height: number;
}

/** Why there is no still. `forged`: what came is not from the owner's relay. */
export type StillProblem =
  | 'relayOffline'
  | 'mediaUnavailable'
  | 'notPermitted'
  | 'tooManyRequests'
  | 'forged'
  | 'other';

/** A picture of a camera as it is, which the relay has sealed for this page alone. Or why there is none. */
export async function takeStill(secret: string, key: OwnerKey, cameraId: string): Promise<Still | StillProblem> {
  const main = await takeOf(secret, key, cameraId, 'main');
  // Not every camera is entered with both of its streams.
  return main === 'mediaUnavailable' ? takeOf(secret, key, cameraId, 'sub') : main;
}

async function takeOf(
  secret: string,
  key: OwnerKey,
  cameraId: string,
  kind: StreamKind,
): Promise<Still | StillProblem> {
  const pair = await hpkeSuite.kem.generateKeyPair();
  const sealingPoint = toBase64url(new Uint8Array(await hpkeSuite.kem.serializePublicKey(pair.publicKey)));
  const { relayId } = key;
  const request: StillRequest = { format: 'commonsight-still-1', relayId, cameraId, kind, sealingPoint };
  const signed = await signStillRequest(key, request).catch(() => null);
  if (signed === null) return 'other';
  const result = await ownerCall(ownerRoutes.takeStill, secret, { body: { relayId, signed } });
  if (result.state === 'aborted') return 'other';
  if (result.state === 'failed') return isProblem(result.error.code) ? result.error.code : 'other';
  const isGood = await isStillGood(key, signed, result.value).catch(() => false);
  if (!isGood) return 'forged';
  return open(result.value, pair.privateKey, request).catch(() => 'forged' as const);
}

/** Throws for what is not sealed for the key, and for what is no picture. */
async function open({ sealed }: StillAnswer, recipientKey: CryptoKey, request: StillRequest): Promise<Still> {
  const bytes = fromBase64url(sealed);
  const content = await hpkeSuite.open(
    { recipientKey, enc: bytes.slice(0, encapsulatedKeyBytes).buffer, info: stillInfo(request).buffer },
    bytes.slice(encapsulatedKeyBytes).buffer,
  );
  const jpeg = new Blob([content], { type: 'image/jpeg' });
  const decoded = await createImageBitmap(jpeg);
  const { width, height } = decoded;
  decoded.close();
  return { jpeg, width, height };
}

function isProblem(code: string): code is StillProblem {
  return ['relayOffline', 'mediaUnavailable', 'notPermitted', 'tooManyRequests'].includes(code);
}

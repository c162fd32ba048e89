import { type KeyObject, verify } from 'node:crypto';
import {
  type GrantClaims,
  grantClaimsSchema,
  grantSignatureContext,
  type SignedGrant,
} from '@commonsight/types/relay/signed-grant';

export interface GrantRules {
  /** The server's key that was pinned at enrolment. */
  readonly serverKey: KeyObject;
  readonly relayId: string;
  readonly cameraId: string;
}

/** Clocks differ a little; a grant that starts within a minute has started. Its end is not moved. */
const startSkewMs = 60_000;

/**
 * The claims of a grant that holds now, or undefined: signed by our server, for this relay and this camera, begun and
 * not ended.
 */
export function verifyGrant(grant: SignedGrant, rules: GrantRules, nowMs: number): GrantClaims | undefined {
  const text = Buffer.from(grant.claims, 'base64url');
  const signed = Buffer.concat([Buffer.from(grantSignatureContext), text]);
  if (!verify(null, signed, rules.serverKey, Buffer.from(grant.signature, 'base64url'))) return undefined;
  const claims = readClaims(text);
  if (claims === undefined) return undefined;
  const isOurs = claims.relayId === rules.relayId && claims.cameraId === rules.cameraId;
  const holds = Date.parse(claims.startsAt) - startSkewMs <= nowMs && Date.parse(claims.endsAt) > nowMs;
  return isOurs && holds ? claims : undefined;
}

function readClaims(text: Buffer): GrantClaims | undefined {
  try {
    return grantClaimsSchema.parse(JSON.parse(text.toString()));
  } catch {
    return undefined;
  }
}

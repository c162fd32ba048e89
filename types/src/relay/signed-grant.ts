import { z } from 'zod';
import { idSchema, momentSchema } from '../ids.ts';
import { policyHashSchema } from '../policy.ts';
import { purposeSchema } from '../purpose.ts';

/**
 * What the server signs so that a relay can check by itself that a view is allowed. It names no person and no
 * incident: the number may be withheld from the owner, who can read what the relay gets.
 */
export const grantClaimsSchema = z.object({
  grantId: idSchema,
  relayId: idSchema,
  cameraId: idSchema,
  purpose: purposeSchema,
  startsAt: momentSchema,
  endsAt: momentSchema,
  /** The policy pack that the grant holds under; its agency publishes the file with this hash. */
  policyHash: policyHashSchema,
});

export type GrantClaims = z.infer<typeof grantClaimsSchema>;

/** The claims as the exact bytes that were signed: base64url of UTF-8 JSON, and an Ed25519 signature in base64url. */
export const signedGrantSchema = z.object({
  claims: z.string().max(4000),
  signature: z.string().max(200),
});

export type SignedGrant = z.infer<typeof signedGrantSchema>;

/** What stands before the claims' text in the signed bytes, so that no signature serves twice (domain separation). */
export const grantSignatureContext = 'commonsight-grant-v1\n';

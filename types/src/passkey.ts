import { z } from 'zod';

/** A passkey's credential id in base64url. WebAuthn allows 1,023 bytes. */
export const credentialIdSchema = z
  .string()
  .max(1_400)
  .regex(/^[A-Za-z0-9_-]+$/);

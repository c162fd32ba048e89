import { z } from 'zod';

/**
 * What an owner has signed, as the exact bytes that were signed, so that nobody has to make them again: base64url of canonical
 * JSON (RFC 8785), under `name`, and its Ed25519 signature in base64url. In front of the bytes the signer puts the context of what
 * it is (`alertSignatureContext` and its like), so that no signature serves twice. `longest` counts characters of the content.
 */
export function signedEnvelopeSchema<Name extends string>(name: Name, longest: number) {
  const shape = { [name]: z.base64url().min(1).max(longest), signature: z.base64url().max(200) };
  // TypeScript takes a computed key of a generic type for any string.
  return z.strictObject(shape as Record<Name | 'signature', z.ZodBase64URL>);
}

/** For so long what was signed to read or open something is taken, by the server's clock; a device's may be as wrong. */
export const signedReadingLifeMs = 300_000;

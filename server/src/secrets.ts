import { createHash, randomBytes } from 'node:crypto';

const secretBytes = 32;

/** A secret for a link or session, and what is kept of it: random and long, so that one plain hash is enough. */
export function makeSecret(): { secret: string; secretHash: string } {
  const secret = randomBytes(secretBytes).toString('base64url');
  return { secret, secretHash: hashOfSecret(secret) };
}

export function hashOfSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

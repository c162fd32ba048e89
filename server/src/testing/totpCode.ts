import { base32 } from '@better-auth/utils/base32';
import { createOTP } from '@better-auth/utils/otp';

/** A code of the half minute that lies so many ahead: codes work once, and a test does not wait for the next. */
export function totpCode(secret: string, ahead = 0): Promise<string> {
  const counter = Math.floor(Date.now() / 30_000) + ahead;
  return createOTP(base32.decode(secret), { digits: 6, period: 30 }).hotp(counter);
}

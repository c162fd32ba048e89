import { signedReadingLifeMs } from '@commonsight/types/relay/signed-envelope';
import { CodedError } from '../errors.ts';

/** Throws unless what an owner signed to read or open something was signed just now. `at`: ISO 8601. */
export function assertFresh({ at }: { readonly at: string }, now: Date): void {
  if (Math.abs(now.getTime() - Date.parse(at)) <= signedReadingLifeMs) return;
  throw new CodedError(
    'notPermitted',
    'The clock of this device is wrong by more than five minutes. Set it, and try again.',
  );
}

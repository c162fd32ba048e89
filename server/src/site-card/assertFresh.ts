import { siteCardReadingLifeMs } from '@commonsight/types/site-card';
import { CodedError } from '../errors.ts';

/** Throws unless what was signed to read a site card was signed just now. `at`: ISO 8601. */
export function assertFresh({ at }: { readonly at: string }, now: Date): void {
  if (Math.abs(now.getTime() - Date.parse(at)) <= siteCardReadingLifeMs) return;
  throw new CodedError(
    'notPermitted',
    'The clock of this device is wrong by more than five minutes. Set it, and try again.',
  );
}

import { ledgerSecretHeader } from '@commonsight/types/ledger';
import type { Caller } from '../sessions/AuthDoor.ts';

/** The secret that a header carries for somebody without an account; null without one. */
export function secretOf({ headers }: Caller, header: string): string | null {
  const secret = headers[header];
  return typeof secret === 'string' ? secret : null;
}

/** The secret of an owner's link. */
export function ownerSecretOf(caller: Caller): string | null {
  return secretOf(caller, ledgerSecretHeader);
}

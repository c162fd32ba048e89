import type { OwnerRelay } from '@commonsight/types/owner';
import { hashOfSharing } from '@commonsight/types/relay/sharing';
import { relayCommand } from '../ui/relayCommand.ts';
import type { Base } from './draft/Base.ts';
import type { OwnerKey } from './ownerKey.ts';
import { isOwnDocument, isReceiptGood } from './receipts.ts';

/**
 * Why this browser signs nothing upon what the server shows, as a sentence; null when it may. Everything that a change
 * leaves as it is gets the owner's signature anew, so it has to be what the relay has confirmed, or what this browser has
 * itself signed upon that: a server could make up anything else.
 */
export async function doubtAbout(
  key: OwnerKey,
  { sharing }: Pick<OwnerRelay, 'sharing'>,
  base: Base | null,
): Promise<string | null> {
  const inForce = sharing?.inForce ?? null;
  if (inForce !== null && !(await isTrue(isReceiptGood(key, inForce.signed.document, inForce.receipt)))) {
    return `The relay has not confirmed what this page shows as in force, so nothing is signed upon it. Run at the relay: ${relayCommand('sharing show')}`;
  }
  if (base === null || !base.isWaiting) return null;
  if (!(await isTrue(isOwnDocument(key, base.signed)))) {
    return 'A change that waits for the relay was not made in this browser, so nothing is signed upon it. Save when the relay is back and has taken it.';
  }
  const seen = inForce === null ? undefined : await hashOfSharing(inForce.signed);
  if (base.document.replaces === seen) return null;
  return 'What is shared was changed at the relay after your last change, which waits and is about to be refused. Look at what is in force in a moment, and save again.';
}

/** What is no key or no base64url proves nothing. */
function isTrue(proof: Promise<boolean>): Promise<boolean> {
  return proof.catch(() => false);
}

import { footageOpeningContext, footageOpeningSchema, type SignedFootageOpening } from '@commonsight/types/footage';
import type { Db } from '../db/Database.ts';
import { CodedError } from '../errors.ts';
import { assertFresh } from '../sharing/assertFresh.ts';
import { readSigned } from '../sharing/readSigned.ts';
import { findRelayOfSite } from '../sharing/sharingRepository.ts';

const openingForm = {
  context: footageOpeningContext,
  schema: footageOpeningSchema,
  what: 'request to open a footage request',
};

/**
 * Throws `notPermitted` unless an owner of the site's relay has signed just now to open this request. Agencies make owners' links, and
 * people forward them: whoever has one alone must not answer in the owner's name. A site whose relay keeps no owner's key, or that
 * has no relay, has nothing but the link.
 */
export async function assertOwners(
  db: Db,
  { agencyId, siteId }: { agencyId: string; siteId: string },
  of: { recipientId: string; signed: SignedFootageOpening | null; now: Date },
): Promise<void> {
  const found = await findRelayOfSite(db, agencyId, siteId);
  const ownerKeys = found?.sharing?.told.ownerKeys ?? [];
  if (found === null || ownerKeys.length === 0) return;
  if (of.signed === null) {
    throw new CodedError(
      'notPermitted',
      'Only an owner whose browser is paired with the relay answers requests. Pair this browser.',
    );
  }
  const envelope = { content: of.signed.opening, signature: of.signed.signature };
  const { content } = readSigned(envelope, openingForm, { relayId: found.relay.id, ownerKeys });
  assertFresh(content, of.now);
  if (content.recipientId !== of.recipientId)
    throw new CodedError('notPermitted', 'It was signed for another request.');
}

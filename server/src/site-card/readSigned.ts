import {
  type SignedSiteCard,
  type SignedSiteCardReading,
  type SiteCard,
  siteCardReadingContext,
  siteCardReadingLifeMs,
  siteCardReadingSchema,
  siteCardSchema,
  siteCardSignatureContext,
} from '@commonsight/types/site-card';
import { parseCanonical } from 'commonsight-verify/entry';
import { CodedError } from '../errors.ts';
import { isSignedByOwner } from '../sharing/isSignedByOwner.ts';

/** Whose signature counts: the owners' of the site's relay, as it told them. */
export interface Signers {
  readonly relayId: string;
  readonly ownerKeys: readonly string[];
}

/** The card of an envelope. Throws `notPermitted` for one that no owner of the relay signed for it, `badRequest` for none. */
export function readSignedCard({ card: content, signature }: SignedSiteCard, signers: Signers): SiteCard {
  const bytes = Buffer.from(content, 'base64url');
  assertSigned(siteCardSignatureContext, bytes, signature, signers);
  const card = parseCanonical(bytes, siteCardSchema);
  if (card === undefined) throw new CodedError('badRequest', 'This is no site card.');
  assertFor(card.relayId, signers);
  return card;
}

/** Throws unless an owner of the relay has just signed that the card is to be read. */
export function assertReading(signed: SignedSiteCardReading, signers: Signers, now: Date): void {
  const bytes = Buffer.from(signed.reading, 'base64url');
  assertSigned(siteCardReadingContext, bytes, signed.signature, signers);
  const reading = parseCanonical(bytes, siteCardReadingSchema);
  if (reading === undefined) throw new CodedError('badRequest', 'This is no request to read a site card.');
  assertFor(reading.relayId, signers);
  if (Math.abs(now.getTime() - Date.parse(reading.at)) <= siteCardReadingLifeMs) return;
  throw new CodedError(
    'notPermitted',
    'The clock of this device is wrong by more than five minutes. Set it, and try again.',
  );
}

function assertSigned(context: string, bytes: Buffer, signature: string, { ownerKeys }: Signers): void {
  if (isSignedByOwner({ context, bytes, signature }, ownerKeys)) return;
  throw new CodedError('notPermitted', 'It is not signed by an owner of this site’s relay.');
}

function assertFor(relayId: string, signers: Signers): void {
  if (relayId !== signers.relayId) throw new CodedError('notPermitted', 'It is signed for another relay.');
}

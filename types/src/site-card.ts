import { z } from 'zod';
import { idSchema, momentSchema } from './ids.ts';
import { signedEnvelopeSchema } from './relay/signed-envelope.ts';
import { lineSchema, linesSchema } from './text.ts';

/** Somebody whom responders call about a site. */
export const siteContactSchema = z.strictObject({
  name: lineSchema(80),
  /** What the person can do, such as to open the gate. */
  role: lineSchema(80).or(z.literal('')),
  phone: z
    .string()
    .trim()
    .regex(/^\+?[\d ()./-]{3,30}$/, 'A phone number has digits, such as +1 414 555 0100.'),
});

export type SiteContact = z.infer<typeof siteContactSchema>;

/** SHA-256 in hexadecimal digits. */
const hashSchema = z.string().regex(/^[0-9a-f]{64}$/);

export const mostSiteContacts = 10;

/** What a site's owner lets responders read while an alert runs. */
export const siteCardSchema = z.strictObject({
  format: z.literal('commonsight-site-card-1'),
  relayId: idSchema,
  /** One more than the card before: of two devices that change it at once the second hears of it. */
  version: z.int().positive().max(2_147_483_647),
  contacts: z.array(siteContactSchema).max(mostSiteContacts),
  notes: linesSchema(4_000).or(z.literal('')),
  /** Of the floor plan's file as it is uploaded; null for none. */
  planHash: hashSchema.nullable(),
});

export type SiteCard = z.infer<typeof siteCardSchema>;

export const signedSiteCardSchema = signedEnvelopeSchema('card', 30_000);

export type SignedSiteCard = z.infer<typeof signedSiteCardSchema>;

export const siteCardSignatureContext = 'commonsight-site-card-v1\n';

/** What an owner's browser signs to read the card again: a link alone shows nobody's phone number. */
export const siteCardReadingSchema = z.strictObject({
  format: z.literal('commonsight-site-card-reading-1'),
  relayId: idSchema,
  at: momentSchema,
});

export const signedSiteCardReadingSchema = signedEnvelopeSchema('reading', 2_000);

export type SignedSiteCardReading = z.infer<typeof signedSiteCardReadingSchema>;

export const siteCardReadingContext = 'commonsight-site-card-reading-v1\n';

/** A floor plan as it is uploaded: PNG, with 8 bits a channel, without a palette and not interlaced. */
export const largestSitePlanBytes = 1_500_000;
/** Of its longer side, in pixels. */
export const longestSitePlanSide = 2_000;
/** The same in base64. */
export const sitePlanFileSchema = z.base64().max(Math.ceil(largestSitePlanBytes / 3) * 4);

/** A site's card as responders read it. */
export const shownSiteCardSchema = z.object({
  contacts: z.array(siteContactSchema),
  notes: z.string(),
  /** Its size in pixels; null without one. */
  plan: z.object({ width: z.int().positive(), height: z.int().positive() }).nullable(),
  changedAt: momentSchema,
});

export type ShownSiteCard = z.infer<typeof shownSiteCardSchema>;

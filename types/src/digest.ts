import { z } from 'zod';
import { momentSchema } from './ids.ts';
import { emailSchema, registrantLanguageSchema, registrantSecretSchema } from './registration.ts';
import { timeZoneSchema } from './time-zone.ts';

/** For so long the link in the mail that asks whether the address is right opens; after that the address is forgotten. */
export const digestConfirmDays = 7;

/** What an owner asks for. The clock is the site's sharing document's where there is one, and this one where there is none. */
export const digestWishSchema = z.strictObject({
  email: emailSchema,
  language: registrantLanguageSchema,
  timeZone: timeZoneSchema,
});

export type DigestWish = z.infer<typeof digestWishSchema>;

/** The weekly mail of one link, as its owner sees it. `address` is cut: `m…@example.org`. */
export const digestSchema = z.discriminatedUnion('state', [
  z.object({ state: z.literal('off') }),
  /** A mail asks whether the address is right; nothing else is sent before the link in it was opened. */
  z.object({ state: z.literal('asked'), address: z.string(), expiresAt: momentSchema }),
  z.object({
    state: z.literal('on'),
    address: z.string(),
    language: registrantLanguageSchema,
    timeZone: z.string(),
    nextAt: momentSchema,
    /** The address that takes the place of this one once it is confirmed; null when none was given. */
    asked: z.object({ address: z.string(), expiresAt: momentSchema }).nullable(),
  }),
]);

export type Digest = z.infer<typeof digestSchema>;

/** A mailed secret of 32 bytes in base64url: one that confirms an address, or one that stops the mails. */
export const digestSecretSchema = registrantSecretSchema;

/** The page that mailed links lead to: `#confirm=` or `#stop=` and the secret. */
export const digestPath = '/weekly-mail';

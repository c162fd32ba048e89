import { z } from 'zod';
import { idSchema, momentSchema } from '../ids.ts';
import { timeZoneSchema } from '../time-zone.ts';
import { alertInputSchema, mostAlertInputs } from './alert-input.ts';
import { alertSettingsSchema } from './alert.ts';
import { publicKeySchema } from './enrolment.ts';
import { cameraMasksSchema } from './masks.ts';
import { signedEnvelopeSchema } from './signed-envelope.ts';
import { uploadSettingsSchema } from './upload.ts';

/** `onAlert` cameras are seen live during an alert, `recordedOnly` ones never. */
export const sharingModeSchema = z.enum(['always', 'onAlert', 'recordedOnly', 'off']);

export type SharingMode = z.infer<typeof sharingModeSchema>;

export const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;

const timePattern = /^(?:[01]\d|2[0-3]):[0-5]\d$/;

/** A part of the week by the clock on the wall. It belongs to the day on which it begins and may pass midnight. */
const sharingPeriodSchema = z
  .strictObject({
    days: z.array(z.enum(weekdays)).min(1).max(7),
    from: z.string().regex(timePattern, 'A time has the form 08:30.'),
    to: z.string().regex(/^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/, 'A time has the form 08:30, or 24:00 for midnight.'),
    mode: sharingModeSchema,
  })
  .refine(({ from, to }) => from !== to, 'A period ends at another time than it begins.');

/** A single day with a mode of its own; of the periods that day begins, only what passes midnight into the next holds. */
const sharingDateSchema = z.strictObject({ date: z.iso.date(), mode: sharingModeSchema });

/** Single days that a rule may name. */
export const mostSharingDates = 100;

/** What holds for a camera: the first of its dates, else the first of its periods, that fits; else `mode`. */
export const sharingRuleSchema = z.strictObject({
  mode: sharingModeSchema,
  schedule: z.array(sharingPeriodSchema).max(50),
  dates: z.array(sharingDateSchema).max(mostSharingDates),
});

export type SharingRule = z.infer<typeof sharingRuleSchema>;

/** What `hashOfSharing` gives. */
const sharingHashSchema = z.string().regex(/^[0-9a-f]{64}$/);

/** Days that a recorder keeps a recording. */
export const keptDaysSchema = z.int().min(1).max(730);

/** What the owner of a site's cameras says about each of them. `default` holds for those that are not named. */
export const sharingDocumentSchema = z.strictObject({
  format: z.literal('commonsight-sharing-1'),
  relayId: idSchema,
  /** Each document of a relay has a higher one than all before. */
  version: z.int().positive(),
  issuedAt: momentSchema,
  /**
   * `hashOfSharing` of the document that its signer saw in force: it counts for the relay only while that one still is, so
   * that what waits somewhere lifts nothing that was set meanwhile. Left out when none was in force.
   */
  replaces: sharingHashSchema.optional(),
  timeZone: timeZoneSchema,
  default: sharingRuleSchema,
  cameras: z.record(idSchema, sharingRuleSchema),
  /**
   * The new cameras that the owner confirms by this document, each with its `entryId` (SHR10): what was signed before the
   * relay kept a camera cannot hold that, whatever id the camera got.
   */
  confirmed: z.record(idSchema, idSchema).optional(),
  /** How alerts run; without it `defaultAlertSettings` hold. */
  alert: alertSettingsSchema.optional(),
  /** What is hidden of a camera's picture whenever it is shared, apart from its rule so that no change of that lifts it. */
  masks: z.record(idSchema, cameraMasksSchema).optional(),
  /** The inputs of cameras that begin an alert. Without it none does. */
  inputs: z.array(alertInputSchema).max(mostAlertInputs).optional(),
  /** How much may leave the site; without it there is no limit. Relays of earlier versions refuse a document with it. */
  upload: uploadSettingsSchema.optional(),
  /**
   * For so long the site's recorders keep what its cameras saw, the shortest of them; without it nobody knows. Relays of earlier
   * versions refuse a document with it.
   */
  keptDays: keptDaysSchema.optional(),
});

export type SharingDocument = z.infer<typeof sharingDocumentSchema>;

/**
 * How far a document's version may be ahead of the one before it. Without it one document of a lost device could use all
 * versions up, and what it shares could never be replaced.
 */
export const mostVersionStep = 1_000;

/** Characters of a signed document's base64url; some hundred cameras with schedules. */
export const longestSharingDocument = 400_000;

export const signedSharingSchema = signedEnvelopeSchema('document', longestSharingDocument);

export type SignedSharing = z.infer<typeof signedSharingSchema>;

export const sharingSignatureContext = 'commonsight-sharing-v1\n';

/** SHA-256, in hexadecimal digits, of a document as it was signed: of the envelope's base64url. */
export async function hashOfSharing({ document }: Pick<SignedSharing, 'document'>): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(document));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** The keys of owners that a relay keeps. */
export const ownerKeysSchema = z.strictObject({
  keys: z.array(publicKeySchema).min(1).max(10),
  /** A key that counts no more, but for the document with this hash: what it had signed last holds until the next one. */
  forgotten: z.strictObject({ key: publicKeySchema, documentHash: sharingHashSchema }).optional(),
});

export type OwnerKeys = z.infer<typeof ownerKeysSchema>;

/** What people tell keys apart by: the end of one, in base64url. */
export function nameOfKey(key: string): string {
  return key.slice(-8);
}

/**
 * The relay's signature (Ed25519, device key, base64url) that a document is in force there, over `sharingReceiptText`.
 * An owner's browser checks it with the key that it learned when it was paired, so that no server can make it up.
 */
export const sharingReceiptSchema = z.base64url().max(200);

/** The text that the relay signs. `document` is the envelope's base64url, as it was signed. */
export function sharingReceiptText(receipt: { relayId: string; document: string }): string {
  return `commonsight-sharing-receipt-v1\n${receipt.relayId}\n${receipt.document}`;
}

/** What the relay goes by: `unpaired` before the first owner, `damaged` when its files cannot be read. */
export const sharingStateSchema = z.strictObject({
  state: z.enum(['unpaired', 'paired', 'damaged']),
  ownerKeys: z.array(publicKeySchema).max(10),
  /** The document in force; null before the first. */
  inForce: z.strictObject({ signed: signedSharingSchema, receipt: sharingReceiptSchema }).nullable(),
  /** What holds now, by the relay's clock, for the cameras that are named and for all others. */
  modes: z.record(idSchema, sharingModeSchema),
  others: sharingModeSchema,
  /** Cameras that came over the link and that no owner has confirmed (SHR10). None from relays that do not know of it. */
  awaitingOwner: z
    .array(
      z.strictObject({
        cameraId: idSchema,
        /** Made by the relay when it kept the camera; an owner confirms it. Null: only the relay's console can. */
        entryId: idSchema.nullable(),
      }),
    )
    .max(1_000)
    .default([]),
});

export type SharingState = z.infer<typeof sharingStateSchema>;

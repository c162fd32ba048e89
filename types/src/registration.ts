import { z } from 'zod';
import { idSchema, momentSchema } from './ids.ts';
import { positionSchema, viewConeSchema } from './position.ts';
import { purposeSchema } from './purpose.ts';
import { lineSchema } from './text.ts';

/**
 * A camera that somebody has registered: where it is, what it covers and whom to ask. It is no camera of the system: it
 * has no stream, no site and no relay, and nothing makes one of it. Registering gives nobody live access.
 */
export const registrationKindSchema = z.enum(['home', 'business']);

export type RegistrationKind = z.infer<typeof registrationKindSchema>;

export const placementSchema = z.enum(['indoor', 'outdoor']);

export type Placement = z.infer<typeof placementSchema>;

export const coverageSchema = z.enum(['street', 'sidewalk', 'parking', 'alley', 'entrance']);

export type Coverage = z.infer<typeof coverageSchema>;

export const recordingSchema = z.enum(['always', 'onMotion']);

export type Recording = z.infer<typeof recordingSchema>;

/** The languages of public pages, terms and mails; CONTRIBUTING.md says what one more takes. */
export const registrantLanguageSchema = z.enum(['en', 'es']);

export type RegistrantLanguage = z.infer<typeof registrantLanguageSchema>;

/**
 * `unverified`: the address of the mail is not proved yet; found by nobody. `active`: found by operators. `paused`: not
 * found until a moment. `dormant`: not found, because two yearly questions were not answered. `deleted`: only that it was
 * there is left.
 */
export const registrationStateSchema = z.enum(['unverified', 'active', 'paused', 'dormant', 'deleted']);

export type RegistrationState = z.infer<typeof registrationStateSchema>;

/** For so long an unverified registration, and the link in its mail, is kept. */
export const verificationHours = 48;

/** For so long a mailed link to the own registrations opens, and what it opens stays open. */
export const registrantLinkMinutes = 30;
export const registrantSessionMinutes = 30;

/** The longest pause, in days. */
export const longestPauseDays = 366;

export const emailSchema = z.email().max(200);

export const contactSchema = z.object({
  name: lineSchema(100),
  email: emailSchema,
  phone: lineSchema(40)
    .regex(/^[+\d][\d ().x/-]*$/)
    .nullable(),
});

export type Contact = z.infer<typeof contactSchema>;

/** What a registrant says about a camera. */
export const registrationDetailsSchema = z.object({
  kind: registrationKindSchema,
  placement: placementSchema,
  address: lineSchema(200),
  position: positionSchema,
  viewCone: viewConeSchema,
  covers: z
    .array(coverageSchema)
    .min(1)
    .max(coverageSchema.options.length)
    .refine((covers) => new Set(covers).size === covers.length, { error: 'Each is named once.' }),
  /** After so many days recordings are overwritten; null: the registrant does not know. */
  retentionDays: z.int().min(1).max(730).nullable(),
  recording: recordingSchema,
  /** How far the camera's clock is ahead of the true time; negative when it is behind. */
  clockOffsetSeconds: z.int().min(-86_400).max(86_400),
});

export type RegistrationDetails = z.infer<typeof registrationDetailsSchema>;

/** A text that registrants agree to, in one language; `hash`: SHA-256 of its UTF-8, hexadecimal. */
export const registryTermsSchema = z.object({
  version: z.int().positive(),
  language: registrantLanguageSchema,
  text: z.string(),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
});

export type RegistryTerms = z.infer<typeof registryTermsSchema>;

/** Which text somebody agrees to. `termsChanged` when it is not the current one. */
export const consentSchema = registryTermsSchema.pick({ version: true, hash: true });

/** That somebody agreed, to what and when. */
export const consentReceiptSchema = consentSchema.extend({ at: momentSchema });

export type ConsentReceipt = z.infer<typeof consentReceiptSchema>;

/** Degrees, WGS 84. It does not cross the date line. */
export const areaSchema = z
  .object({
    south: z.number().min(-90).max(90),
    west: z.number().min(-180).max(180),
    north: z.number().min(-90).max(90),
    east: z.number().min(-180).max(180),
  })
  .refine(({ south, west, north, east }) => south < north && west < east, { error: 'The area is empty.' });

export type Area = z.infer<typeof areaSchema>;

/** Where an agency takes registrations, and how many it has in each state. Without an area it takes none. */
export const registrySettingsSchema = z.object({
  area: areaSchema.nullable(),
  counts: z.record(registrationStateSchema.exclude(['deleted']), z.int().nonnegative()),
});

export type RegistrySettings = z.infer<typeof registrySettingsSchema>;

/**
 * A task for the browser, without any third party: find a text so that SHA-256 of `token`, `.` and the text (UTF-8)
 * begins with `difficultyBits` zero bits. It is good for one request, until its end.
 */
export const proofTaskSchema = z.object({
  token: z.string().max(300),
  difficultyBits: z.int().min(1).max(32),
  expiresAt: momentSchema,
});

export type ProofTask = z.infer<typeof proofTaskSchema>;

/** The task's token with the text that was found; `proofNotAccepted` for one that is wrong, too old or used. */
export const proofSchema = z.object({
  token: lineSchema(300),
  solution: lineSchema(64),
});

export type Proof = z.infer<typeof proofSchema>;

/** What a registrant reads about a reveal: that it was, when and for what; not by whom, and no number. */
export const ownRevealSchema = z.object({ at: momentSchema, purpose: purposeSchema });

export type OwnReveal = z.infer<typeof ownRevealSchema>;

/** A registration as its registrant sees it. */
export const ownRegistrationSchema = registrationDetailsSchema.extend({
  id: idSchema,
  contact: contactSchema,
  language: registrantLanguageSchema,
  state: registrationStateSchema.exclude(['unverified', 'deleted']),
  /** Set while paused. */
  pausedUntil: momentSchema.nullable(),
  consent: consentReceiptSchema,
  createdAt: momentSchema,
  /** When the contact was shown and what for, newest first: at most the last hundred. */
  reveals: z.array(ownRevealSchema),
  lastConfirmedAt: momentSchema,
});

export type OwnRegistration = z.infer<typeof ownRegistrationSchema>;

/** What a registrant may change; the address of the mail is what proves who asks, and stays. */
export const registrationChangeSchema = registrationDetailsSchema
  .extend({ contact: contactSchema.omit({ email: true }), language: registrantLanguageSchema })
  .partial();

export type RegistrationChange = z.infer<typeof registrationChangeSchema>;

/** So many cameras are added in one request, and so many registrations a mail address has in an agency. */
export const mostAddedRegistrations = 50;
export const mostOwnRegistrations = 2_000;

/** What was erased of a deleted registration. */
export const erasedPartSchema = z.enum(['contact', 'address', 'position', 'details', 'dataKey', 'links']);

/** Shown once, at once after the deletion. */
export const erasureReceiptSchema = z.object({
  registrationId: idSchema,
  erased: z.array(erasedPartSchema),
  erasedAt: momentSchema,
});

export type ErasureReceipt = z.infer<typeof erasureReceiptSchema>;

/** A secret of a mailed link or of what it has opened: 32 bytes in base64url. */
export const registrantSecretSchema = z.string().regex(/^[\w-]{43}$/);

/** Carries the secret of an opened link: it stands in no address, so that no log has it. */
export const registrantSessionHeader = 'commonsight-registrant-session';

/** The page that mailed links lead to, with the link's secret behind `#`. */
export const registrantLinkPath = '/registry/link';

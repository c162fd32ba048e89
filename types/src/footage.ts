import { z } from 'zod';
import { idSchema, momentSchema } from './ids.ts';
import { positionSchema } from './position.ts';
import { emailSchema, registrantLanguageSchema, registrantSecretSchema } from './registration.ts';
import { signedEnvelopeSchema } from './relay/signed-envelope.ts';
import { searchShapeSchema, searchWindowSchema } from './search.ts';
import { linesSchema, lineSchema } from './text.ts';
import { isTimeZone } from './time-zone.ts';
import { userSchema } from './user.ts';

/** So many cameras are asked about in one request. */
export const mostFootageSources = 50;
/** So many requests a user sends within a day, and so many one registrant or owner gets from an agency within a day. */
export const mostFootageRequestsADay = 30;
export const mostRequestsToOneADay = 3;
/** A deadline lies at least so far ahead, and at most. */
export const shortestFootageHours = 1;
export const longestFootageDays = 60;
/** For so long, and never past the deadline, what a mailed link has opened stays open. */
export const footageSessionHours = 24;
/** Of one answer: how large a file may be, in bytes, and how many there may be. */
export const largestFootageBytes = 4 * 1024 ** 3;
export const mostFootageFiles = 20;
/** What of one answer may be on its way at a time, in bytes: room is held for it. */
export const mostUnfinishedBytes = 16 * 1024 ** 3;
/** An upload that has not gone on for so long is removed. */
export const footagePauseDays = 7;
/** What one request of an upload carries at most, in bytes; larger ones are refused. */
export const largestUploadPartBytes = 8 * 1024 ** 2;

/**
 * How a request stands with one contact. `sent`: not opened yet. `opened`: read. `hasIt`, `nothingRecorded`, `declined`:
 * what was answered. `uploading`: files are on their way. `received`: one or more are there. `expired`: the deadline came.
 */
export const footageStateSchema = z.enum([
  'sent',
  'opened',
  'hasIt',
  'uploading',
  'received',
  'nothingRecorded',
  'declined',
  'expired',
]);

export type FootageState = z.infer<typeof footageStateSchema>;

export const footageAnswerSchema = z.enum(['hasIt', 'nothingRecorded', 'declined']);

export type FootageAnswer = z.infer<typeof footageAnswerSchema>;

/** A camera of a search's answer: `live` asks the owner of its site, `registered` the registrant. */
export const footageSourceSchema = z.object({ kind: z.enum(['live', 'registered']), id: idSchema });

export type FootageSource = z.infer<typeof footageSourceSchema>;

/** What everybody who is asked reads. */
const footageWordsSchema = z.object({
  /** What is wanted, by the true time. */
  window: searchWindowSchema,
  shape: searchShapeSchema,
  /** Where it was, in words. */
  place: lineSchema(200),
  deadline: momentSchema,
  /** In which the sender thinks of the window, and in which mails and pages say it. */
  timeZone: z.string().max(60).refine(isTimeZone, { error: 'is no time zone' }),
  text: linesSchema(2_000),
});

/** A request before it is sent: for an open incident or under a case number. */
export const footageAskSchema = footageWordsSchema
  .extend({
    sources: z.array(footageSourceSchema).min(1).max(mostFootageSources),
    incidentId: idSchema.nullable(),
    caseNumber: lineSchema(40).nullable(),
  })
  .refine(({ incidentId, caseNumber }) => (incidentId === null) !== (caseNumber === null), {
    path: ['caseNumber'],
    error: 'Give an incident or a case number, and not both.',
  });

export type FootageAsk = z.infer<typeof footageAskSchema>;

/** SHA-256 of a file's bytes, hexadecimal. */
export const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/);

export const footageFileSchema = z.object({
  id: idSchema,
  /** Made harmless: no path, no control characters. */
  name: z.string(),
  sizeBytes: z.int().positive(),
  sha256: sha256Schema,
  /** How much of it has arrived. */
  offsetBytes: z.int().nonnegative(),
  /** Set when all of it arrived and its hash was the declared one. */
  receivedAt: momentSchema.nullable(),
});

export type FootageFile = z.infer<typeof footageFileSchema>;

/** One contact that was asked. Nothing in it says who that is, but it says which of the cameras are one contact's. */
export const footageRecipientSchema = z.object({
  id: idSchema,
  kind: z.enum(['registrant', 'owner']),
  /** The cameras that it was asked about; without a position when the registration is gone. */
  cameras: z.array(
    z.object({
      kind: z.enum(['home', 'business', 'live', 'gone']),
      name: z.string().nullable(),
      position: positionSchema.nullable(),
    }),
  ),
  state: footageStateSchema,
  /** Null while the mail waits, and for owners, who read requests on their page. */
  mailedAt: momentSchema.nullable(),
  remindedAt: momentSchema.nullable(),
  answeredAt: momentSchema.nullable(),
  /**
   * Until when what is wanted is kept: the first of it, or the rest when that may be gone. Null when nobody knows, or all is
   * gone.
   */
  overwrittenAt: momentSchema.nullable(),
  files: z.array(footageFileSchema),
});

export type FootageRecipient = z.infer<typeof footageRecipientSchema>;

/** A request as those see it who read it: whoever sent it, and whom one of them has added. */
export const footageRequestSchema = footageWordsSchema.extend({
  id: idSchema,
  createdBy: userSchema,
  createdAt: momentSchema,
  incident: z.object({ id: idSchema, number: z.int().positive() }).nullable(),
  caseNumber: z.string().nullable(),
  /** Who besides the sender reads the request and its files. */
  people: z.array(userSchema),
  recipients: z.array(footageRecipientSchema),
});

export type FootageRequest = z.infer<typeof footageRequestSchema>;

/** So many requests are listed at once, the newest. */
export const mostListedFootageRequests = 50;

/** A source that could not be asked, and why. `notShared`: its owner has it off now and had through the whole window. */
export const footageNotAskedSchema = z.object({
  id: idSchema,
  why: z.enum(['askedTooOften', 'notReachable', 'notShared']),
});

export type FootageNotAsked = z.infer<typeof footageNotAskedSchema>;

/** A mail as it is going to be sent; the link stands in for each contact's own. */
export const footagePreviewSchema = z.object({
  language: registrantLanguageSchema,
  subject: z.string(),
  text: z.string(),
});

export type FootagePreview = z.infer<typeof footagePreviewSchema>;

/** The mail address of a colleague's account. */
export const addedPersonSchema = z.object({ email: emailSchema });

/** A request in the inbox of somebody who was asked. */
export const ownFootageRequestSchema = z.object({
  id: idSchema,
  /** The case number, or an incident's number behind `#`. */
  number: z.string(),
  place: z.string(),
  deadline: momentSchema,
  state: footageStateSchema,
});

export type OwnFootageRequest = z.infer<typeof ownFootageRequestSchema>;

/** A request as the person reads it who was asked. */
export const askedFootageSchema = footageWordsSchema.extend({
  id: idSchema,
  agency: z.string(),
  number: z.string(),
  state: footageStateSchema,
  cameras: z.array(
    z.object({
      /** The address or name of the own camera. */
      name: z.string(),
      position: positionSchema,
      /** How far its clock is ahead of the true time. */
      clockOffsetSeconds: z.int(),
    }),
  ),
  overwrittenAt: momentSchema.nullable(),
  files: z.array(footageFileSchema),
});

export type AskedFootage = z.infer<typeof askedFootageSchema>;

export const footageSessionSchema = z.object({ secret: registrantSecretSchema, expiresAt: momentSchema });

export type FootageSession = z.infer<typeof footageSessionSchema>;

/**
 * That an owner wants to open a request now. Where the site's relay keeps owners' keys one of them has to sign it: the link alone
 * goes through the hands of the agency that asks.
 */
export const footageOpeningSchema = z.strictObject({
  format: z.literal('commonsight-footage-opening-1'),
  relayId: idSchema,
  recipientId: idSchema,
  at: momentSchema,
});

export type FootageOpening = z.infer<typeof footageOpeningSchema>;

export const signedFootageOpeningSchema = signedEnvelopeSchema('opening', 2_000);

export type SignedFootageOpening = z.infer<typeof signedFootageOpeningSchema>;

export const footageOpeningContext = 'commonsight-footage-opening-v1\n';

/** Carries the secret of what a link, or the own page, has opened: it stands in no address, so that no log has it. */
export const footageSessionHeader = 'commonsight-footage-session';

/** The page that mailed links lead to, with the link's secret behind `#`. */
export const footageLinkPath = '/footage/link';

/** The address of uploads (tus 1.0.0); each has its id behind it. */
export const footageUploadPath = '/api/registry/footage/uploads';

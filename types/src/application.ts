import { z } from 'zod';
import { idSchema, momentSchema } from './ids.ts';
import { positionSchema } from './position.ts';
import {
  consentReceiptSchema,
  contactSchema,
  registrantLanguageSchema,
  registrationKindSchema,
} from './registration.ts';
import { lineSchema } from './text.ts';

/**
 * What a business or resident asks of an agency: to share live video of a place. It is no registration, which gives
 * nobody live access, and by itself it gives none either: when an administrator approves, there is a site and its
 * owner's link, and the owner decides at the own relay what is shared.
 *
 * `unverified`: the address of the mail is not proved yet; seen by nobody at the agency. `waiting`: for the agency.
 * `expired`: not decided within `applicationDays`.
 */
export const applicationStateSchema = z.enum(['unverified', 'waiting', 'approved', 'refused', 'withdrawn', 'expired']);

export type ApplicationState = z.infer<typeof applicationStateSchema>;

/** After so many days all that an applicant has said is erased, whatever came of it. */
export const applicationDays = 90;

/** The most cameras that somebody says a place has. */
export const mostAppliedCameras = 10_000;

/** Why an application is refused; its applicant is told in the own language. */
export const refusalReasonSchema = z.enum(['notNeeded', 'noCapacity', 'homesNotTaken', 'notEntitled', 'known']);

export type RefusalReason = z.infer<typeof refusalReasonSchema>;

/** What an applicant says. All of it is sealed where it is kept. */
export const applicationDetailsSchema = z.object({
  kind: registrationKindSchema,
  /** What the place is called; the site's name, unless the administrator gives another. */
  name: lineSchema(80),
  address: lineSchema(200),
  position: positionSchema,
  /** About how many. */
  cameraCount: z.int().min(1).max(mostAppliedCameras),
  contact: contactSchema,
});

export type ApplicationDetails = z.infer<typeof applicationDetailsSchema>;

/** An application as the mailed link shows it. */
export const ownApplicationSchema = z.object({
  id: idSchema,
  state: applicationStateSchema.exclude(['unverified', 'withdrawn', 'expired']),
  agencyName: z.string(),
  /** Of the place; null when it is erased. */
  name: z.string().nullable(),
  /** Why it was refused. */
  reason: refusalReasonSchema.nullable(),
  consent: consentReceiptSchema,
  appliedAt: momentSchema,
  /** When all that was said is erased at the latest. */
  erasedBy: momentSchema,
});

export type OwnApplication = z.infer<typeof ownApplicationSchema>;

/** An application as administrators see it: those that wait, and approved ones until they are erased. */
export const receivedApplicationSchema = applicationDetailsSchema.extend({
  id: idSchema,
  state: applicationStateSchema.extract(['waiting', 'approved']),
  language: registrantLanguageSchema,
  appliedAt: momentSchema,
  erasedBy: momentSchema,
  /** Of an approved one. */
  siteId: idSchema.nullable(),
  /** Whether the owner's link is on its way; a mail that could not be sent is tried again. */
  isMailed: z.boolean(),
});

export type ReceivedApplication = z.infer<typeof receivedApplicationSchema>;

/** So many are answered at once; those that wait come first, the oldest before all. */
export const mostReceivedApplications = 200;

/** Shown once, at once after a withdrawal: what the applicant said cannot be read by anybody any more. */
export const withdrawalReceiptSchema = z.object({ applicationId: idSchema, erasedAt: momentSchema });

export type WithdrawalReceipt = z.infer<typeof withdrawalReceiptSchema>;

/** The page that mailed links lead to, with the link's secret behind `#`. */
export const applicationLinkPath = '/share/link';

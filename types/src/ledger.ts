import { z } from 'zod';
import { sharingModeSchema } from './relay/sharing.ts';
import { idSchema, momentSchema } from './ids.ts';
import { roleSchema } from './permission.ts';
import { purposeSchema } from './purpose.ts';
import { linesSchema } from './text.ts';
import { userSchema } from './user.ts';
import { alarmKindSchema } from './witness.ts';

/** An incident's number may be withheld from owners for so many days at most, counted from the first moment. */
export const longestWithholdingDays = 30;

/** One viewing, as the owner of the site's cameras sees it. */
export const ledgerLineSchema = z.object({
  viewingId: idSchema,
  cameraId: idSchema,
  startedAt: momentSchema,
  /** Null while somebody looks. */
  endedAt: momentSchema.nullable(),
  kind: z.enum(['live', 'replay']),
  purpose: purposeSchema,
  /** Whether it was under break-glass: without the approval that its purpose needs. */
  isBreakGlass: z.boolean(),
  /** The incident's number, or the day (its end, UTC) until which it is withheld. */
  incident: z.discriminatedUnion('state', [
    z.object({ state: z.literal('shown'), number: z.int().positive() }),
    z.object({ state: z.literal('withheld'), until: momentSchema }),
  ]),
  role: roleSchema,
  /** The same person has the same one at this site, and another one at every other site. */
  pseudonym: z.string(),
});

export type LedgerLine = z.infer<typeof ledgerLineSchema>;

/** Who has looked through a site's cameras, newest first. */
export const ledgerSchema = z.object({
  site: z.object({ name: z.string() }),
  agency: z.object({ name: z.string() }),
  cameras: z.array(
    z.object({
      id: idSchema,
      number: z.int().positive(),
      name: z.string(),
      section: z.string().nullable(),
      sharingMode: sharingModeSchema,
    }),
  ),
  /** The newest, or those before what was asked for; the smallest `viewingId` pages on. */
  lines: z.array(ledgerLineSchema),
  hasMore: z.boolean(),
  /** All viewings of the site that have not ended, and all lines whose number is withheld now. */
  watching: z.int().nonnegative(),
  withheld: z.int().nonnegative(),
  /** The site's relays as witnesses of the log, as the server says; the relay itself says it by `relay log status`. */
  witnesses: z.array(
    z.object({ relayName: z.string(), cosignedAt: momentSchema.nullable(), alarm: alarmKindSchema.nullable() }),
  ),
});

export type Ledger = z.infer<typeof ledgerSchema>;

/** A link with which a site's owner reads the ledger; its secret is shown once and kept nowhere. */
export const ledgerLinkSchema = z.object({
  id: idSchema,
  siteId: idSchema,
  createdBy: userSchema,
  createdAt: momentSchema,
  revokedAt: momentSchema.nullable(),
  lastReadAt: momentSchema.nullable(),
});

export type LedgerLink = z.infer<typeof ledgerLinkSchema>;

/** Why a number is withheld, for those who review it; owners see until when and how many. */
export const withholdingNoteSchema = linesSchema(1_000).min(10);

export const withholdingSchema = z.object({
  id: idSchema,
  incidentId: idSchema,
  createdBy: userSchema,
  createdAt: momentSchema,
  endsAt: momentSchema,
  endedAt: momentSchema.nullable(),
  note: z.string(),
});

export type Withholding = z.infer<typeof withholdingSchema>;

/** A withholding on the supervisors' list, with what it is about. */
export const listedWithholdingSchema = withholdingSchema.extend({
  incident: z.object({ number: z.int().positive(), title: z.string() }),
});

export type ListedWithholding = z.infer<typeof listedWithholdingSchema>;

/** So many withholdings are listed, those that were made last. */
export const listedWithholdings = 200;

/** Carries the link's secret: it stands in no address, so that no log has it. */
export const ledgerSecretHeader = 'commonsight-ledger-secret';

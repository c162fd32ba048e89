import { z } from 'zod';
import { idSchema, momentSchema } from './ids.ts';
import { type Role, rolePermissions, roleSchema } from './permission.ts';
import { purposeSchema } from './purpose.ts';
import { userSchema } from './user.ts';

/** A pack is read by people and loaded by machines: it stays a file of a few pages. */
export const longestPolicyText = 32 * 1024;

const daysInMinutes = 24 * 60;
const minutes = (most: number) => z.int().min(1).max(most);
const words = (most: number) => z.string().trim().min(1).max(most);
/** A list in which nobody stands twice. */
const roles = z.array(roleSchema.exclude(['auditor'])).refine((list) => new Set(list).size === list.length, {
  error: 'has a role twice',
});
const mayApprove = (role: Role) => rolePermissions[role].includes('grant.approve');
const approvers = roles.refine((list) => list.every(mayApprove), {
  error: `holds a role that may not approve: only ${roleSchema.options.filter(mayApprove).join(', ')} may`,
});

/** One reason to look, as the agency allows it. */
export const purposeRuleSchema = z
  .strictObject({
    /** What stands on the screen and in the owner's ledger. */
    name: words(60),
    /** One or two sentences in plain language: when this purpose is the right one, and when not. */
    explanation: words(400),
    /** How long a grant runs when it is given, and how far each renewal moves its end. Minutes. */
    defaultMinutes: minutes(31 * daysInMinutes),
    /** How long one grant runs at most with all its renewals, from its start. Minutes. */
    maximumMinutes: minutes(31 * daysInMinutes),
    /** Who must approve a grant before it runs, never one's own; an empty list means that nobody has to. */
    approvedBy: approvers,
  })
  .refine((rule) => rule.defaultMinutes <= rule.maximumMinutes, {
    path: ['defaultMinutes'],
    error: 'is longer than maximumMinutes',
  });

export type PurposeRule = z.infer<typeof purposeRuleSchema>;

/** The times of a session and how it begins; the login keeps them. */
export const policySessionSchema = z.strictObject({
  /** After so many minutes without a key or a pointer's move the screen locks and pictures stop. Minutes. */
  idleMinutes: minutes(12 * 60),
  /** After so many hours a user signs in again, whatever was done meanwhile. Hours. */
  reauthenticationHours: z.int().min(1).max(24),
  /** Of whom more than a password is demanded. */
  requireSecondFactor: z.enum(['never', 'administrators', 'all']),
});

export type PolicySession = z.infer<typeof policySessionSchema>;

/**
 * What an agency allows itself, in one file that it publishes and that server and relays go by. It is written in YAML;
 * every key is required, so that nothing holds unsaid.
 */
export const policyPackSchema = z
  .strictObject({
    /** The form of the file. */
    format: z.literal('commonsight-policy-1'),
    name: words(80),
    /** One paragraph for the public. */
    summary: words(1_000),
    /** The purposes that the agency allows, out of the closed list; what is not here cannot be asked for. */
    purposes: z.partialRecord(purposeSchema, purposeRuleSchema).refine((rules) => Object.keys(rules).length > 0, {
      error: 'names no purpose',
    }),
    dispatch: z.strictObject({
      /** The purpose under which access is asked for when a dispatcher opens an incident's cameras; null: never. */
      purpose: purposeSchema.nullable(),
    }),
    approval: z.strictObject({
      /** A request for access that nobody has answered after so many minutes is refused. Minutes. */
      timeOutMinutes: minutes(7 * daysInMinutes),
    }),
    breakGlass: z.strictObject({
      /** Who may look at once in an emergency, without the approval that a purpose needs; an empty list: nobody. */
      roles,
      /** The purposes for which that is allowed. */
      purposes: z.array(purposeSchema),
      /** How long such a grant runs; it cannot be renewed. Minutes. */
      maximumMinutes: minutes(daysInMinutes),
      /** Within so many hours of its start a text must say why; until then it counts as open, afterwards as overdue. Hours. */
      justificationHours: z
        .int()
        .min(1)
        .max(31 * 24),
    }),
    residential: z.strictObject({
      /** Whether live video of sites that are homes may be watched at all. */
      allowsLiveView: z.boolean(),
    }),
    retention: z.strictObject({
      /** How long the audit log keeps personal values (names, addresses, notes) beside the lines, which stay. Days. */
      personalValueDays: z.int().min(30).max(3_660),
    }),
    review: z.strictObject({
      /** How many viewings in a hundred are drawn by chance for review, beside those that were flagged. Percent. */
      samplePercent: z.number().min(0.1).max(100),
    }),
    session: policySessionSchema,
  })
  .superRefine((pack, context) => {
    const refuse = (path: string[], message: string) => context.addIssue({ code: 'custom', path, message });
    const isAllowed = (purpose: string) => Object.hasOwn(pack.purposes, purpose);
    if (pack.dispatch.purpose !== null && !isAllowed(pack.dispatch.purpose)) {
      refuse(['dispatch', 'purpose'], 'is not one of the purposes above');
    }
    for (const purpose of pack.breakGlass.purposes) {
      if (!isAllowed(purpose)) refuse(['breakGlass', 'purposes'], `holds ${purpose}, which is not one of the purposes`);
    }
  });

export type PolicyPack = z.infer<typeof policyPackSchema>;

/** SHA-256 of the file's bytes in lower-case hexadecimal. */
export const policyHashSchema = z.string().regex(/^[0-9a-f]{64}$/);

/** The pack that an agency goes by. */
export const policySchema = z.object({
  hash: policyHashSchema,
  /** The file as it was given, comments included; its UTF-8 bytes have the hash. */
  text: z.string(),
  pack: policyPackSchema,
  activeSince: momentSchema,
  /** Who made it active; both null for the pack that the server began with. */
  proposedBy: userSchema.nullable(),
  approvedBy: userSchema.nullable(),
});

export type Policy = z.infer<typeof policySchema>;

/** One value that differs between two packs; null where a pack has none. */
export const policyDifferenceSchema = z.object({
  /** Such as `purposes.violentCrime.maximumMinutes`. */
  path: z.string(),
  before: z.string().nullable(),
  after: z.string().nullable(),
});

export type PolicyDifference = z.infer<typeof policyDifferenceSchema>;

/** How long a proposed pack waits for its second person; after that it is refused. */
export const policyProposalHours = 72;

/** A pack that one person has proposed and another one has to approve. */
export const policyProposalSchema = z.object({
  id: idSchema,
  state: z.enum(['proposed', 'approved', 'refused', 'timedOut']),
  hash: policyHashSchema,
  text: z.string(),
  /** Against the pack that was active when it was proposed. */
  differences: z.array(policyDifferenceSchema),
  proposedBy: userSchema,
  proposedAt: momentSchema,
  expiresAt: momentSchema,
  decidedBy: userSchema.nullable(),
  decidedAt: momentSchema.nullable(),
});

export type PolicyProposal = z.infer<typeof policyProposalSchema>;

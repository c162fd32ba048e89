import { z } from 'zod';
import { idSchema, momentSchema } from '../ids.ts';
import {
  areaSchema,
  consentSchema,
  contactSchema,
  emailSchema,
  erasureReceiptSchema,
  mostAddedRegistrations,
  ownRegistrationSchema,
  proofSchema,
  proofTaskSchema,
  registrantLanguageSchema,
  registrantSecretSchema,
  registrationChangeSchema,
  registrationDetailsSchema,
  registrySettingsSchema,
  registryTermsSchema,
} from '../registration.ts';
import { agencySlugSchema } from '../transparency.ts';
import type { Route } from './route.ts';

const byId = z.object({ id: idSchema });

/** Until when the link in the mail opens; the same whether or not there is anything to mail to the address. */
const mailedSchema = z.object({ linkExpiresAt: momentSchema });

/**
 * The registry. Registrants have no account: those routes that are about their own registrations take the header
 * `registrantSessionHeader` and answer `notSignedIn` without one that is good.
 */
export const registryRoutes = {
  /**
   * The agencies that keep a registry, and the current terms in every language. One with an area takes registrations; one
   * without has closed its registry and still has some, which links are mailed to.
   */
  readRegistry: {
    method: 'GET',
    path: '/api/registry',
    response: z.object({
      agencies: z.array(z.object({ slug: z.string(), name: z.string(), area: areaSchema.nullable() })),
      terms: z.array(registryTermsSchema),
    }),
    permission: 'public',
    audit: 'public',
  },
  createProofTask: {
    method: 'POST',
    path: '/api/registry/proof-tasks',
    response: proofTaskSchema,
    permission: 'public',
    audit: 'public',
  },
  /**
   * Keeps an unverified registration and sends the mail with the link. `proofNotAccepted`, `termsChanged`, `outsideArea`
   * when the position is not in the agency's area, `notFound` for an agency without a registry or with a closed one.
   */
  startRegistration: {
    method: 'POST',
    path: '/api/registry/registrations',
    body: registrationDetailsSchema.extend({
      agency: agencySlugSchema,
      contact: contactSchema,
      language: registrantLanguageSchema,
      consent: consentSchema,
      proof: proofSchema,
    }),
    response: mailedSchema,
    permission: 'public',
    audit: 'registration.started',
  },
  /** Mails a link to the own registrations, in the language in which they were made. `proofNotAccepted`, `notFound`. */
  mailRegistrantLink: {
    method: 'POST',
    path: '/api/registry/links',
    body: z.object({ agency: agencySlugSchema, email: emailSchema, proof: proofSchema }),
    response: mailedSchema,
    permission: 'public',
    audit: 'registration.linkAsked',
  },
  /**
   * Opens a mailed link, once: `codeNotAccepted` for a wrong, old or used one. A link of a new registration makes that
   * registration active, and `verifiedId` names it.
   */
  openRegistrantLink: {
    method: 'POST',
    path: '/api/registry/links/open',
    body: z.object({ secret: registrantSecretSchema }),
    response: z.object({
      session: z.object({ secret: registrantSecretSchema, expiresAt: momentSchema }),
      verifiedId: idSchema.nullable(),
      agency: z.object({ slug: z.string(), name: z.string(), area: areaSchema.nullable() }),
    }),
    permission: 'public',
    audit: 'registration.linkOpened',
  },
  endRegistrantSession: {
    method: 'POST',
    path: '/api/registry/session/end',
    response: z.object({}),
    permission: 'public',
    audit: 'registration.sessionEnded',
  },

  listOwnRegistrations: {
    method: 'GET',
    path: '/api/registry/registrations',
    response: z.object({ registrations: z.array(ownRegistrationSchema) }),
    permission: 'public',
    audit: 'registration.read',
  },
  /**
   * Registers more cameras with the contact of the newest own registration, all or none: the mail address is proved
   * already. `termsChanged`; `outsideArea` when one is; `conflict` without a registration, or with too many.
   */
  addRegistrations: {
    method: 'POST',
    path: '/api/registry/added-registrations',
    body: z.object({
      cameras: z.array(registrationDetailsSchema).min(1).max(mostAddedRegistrations),
      consent: consentSchema,
    }),
    response: z.object({ registrations: z.array(ownRegistrationSchema) }),
    permission: 'public',
    audit: 'registration.added',
  },
  /** `outsideArea` as at the start. */
  changeRegistration: {
    method: 'PATCH',
    path: '/api/registry/registrations/:id',
    params: byId,
    body: registrationChangeSchema,
    response: ownRegistrationSchema,
    permission: 'public',
    audit: 'registration.changed',
  },
  /** `badRequest` for a moment that is past or more than `longestPauseDays` away; `conflict` when dormant. */
  pauseRegistration: {
    method: 'POST',
    path: '/api/registry/registrations/:id/pause',
    params: byId,
    body: z.object({ until: momentSchema }),
    response: ownRegistrationSchema,
    permission: 'public',
    audit: 'registration.paused',
  },
  /** `conflict` unless it is paused. */
  resumeRegistration: {
    method: 'POST',
    path: '/api/registry/registrations/:id/resume',
    params: byId,
    response: ownRegistrationSchema,
    permission: 'public',
    audit: 'registration.resumed',
  },
  /**
   * Says that all is as it was; a dormant registration becomes active again. `consent` is needed, else `termsChanged`,
   * when the terms have changed since the last one.
   */
  confirmRegistration: {
    method: 'POST',
    path: '/api/registry/registrations/:id/confirm',
    params: byId,
    body: z.object({ consent: consentSchema.nullable() }),
    response: ownRegistrationSchema,
    permission: 'public',
    audit: 'registration.confirmed',
  },
  /** Says of all own registrations at once that all is as it was; those that need no new consent take none. */
  confirmAllRegistrations: {
    method: 'POST',
    path: '/api/registry/confirmations',
    body: z.object({ consent: consentSchema.nullable() }),
    response: z.object({ registrations: z.array(ownRegistrationSchema) }),
    permission: 'public',
    audit: 'registration.confirmed',
  },
  /** At once and for ever. The receipt is answered once. */
  deleteRegistration: {
    method: 'DELETE',
    path: '/api/registry/registrations/:id',
    params: byId,
    response: erasureReceiptSchema,
    permission: 'public',
    audit: 'registration.deleted',
  },

  readRegistrySettings: {
    method: 'GET',
    path: '/api/registry-settings',
    response: registrySettingsSchema,
    permission: 'registry.administer',
    audit: 'registry.settingsRead',
  },
  /** Null takes no registrations from now on. Those that are there stay as they are, also outside of a new area. */
  changeRegistryArea: {
    method: 'POST',
    path: '/api/registry-settings/area',
    body: z.object({ area: areaSchema.nullable() }),
    response: registrySettingsSchema,
    permission: 'registry.administer',
    audit: 'registry.areaChanged',
  },
} as const satisfies Record<string, Route>;

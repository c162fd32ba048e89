import { z } from 'zod';
import {
  addedPersonSchema,
  askedFootageSchema,
  footageAnswerSchema,
  footageAskSchema,
  footageNotAskedSchema,
  footagePreviewSchema,
  footageRequestSchema,
  footageSessionSchema,
  footageUploadPath,
  mostListedFootageRequests,
  ownFootageRequestSchema,
  signedFootageOpeningSchema,
} from '../footage.ts';
import { idSchema } from '../ids.ts';
import { registrantSecretSchema } from '../registration.ts';
import { rawAnswerSchema, type Route } from './route.ts';

const byId = z.object({ id: idSchema });

/**
 * Requests for footage. Who is asked has no account: routes under `/api/registry/footage/` take the header
 * `footageSessionHeader`, those of the inboxes the header of the registry's or the owner's page.
 */
export const footageRoutes = {
  /** The mails as they would be sent, in every language. Nothing is sent. */
  previewFootageRequest: {
    method: 'POST',
    path: '/api/footage-requests/preview',
    body: footageAskSchema,
    response: z.object({ mails: z.array(footagePreviewSchema) }),
    permission: 'footage.request',
    audit: 'footage.requested',
  },
  /**
   * Sends one request to each contact behind the sources. `notAsked` names the sources that were left out; `conflict` when
   * nobody is left. `incidentClosed`, `notFound` when a source is not there, `tooManyRequests` after
   * `mostFootageRequestsADay` of one user, `badRequest` for a deadline or window that does not fit.
   */
  createFootageRequest: {
    method: 'POST',
    path: '/api/footage-requests',
    body: footageAskSchema,
    response: z.object({ request: footageRequestSchema, notAsked: z.array(footageNotAskedSchema) }),
    permission: 'footage.request',
    audit: 'footage.requested',
  },
  /**
   * Those that one reads: the own ones, and those that one was added to; newest first. `before` pages on, from the last one
   * that was listed. The first reading of an hour is an audit event.
   */
  listFootageRequests: {
    method: 'GET',
    path: '/api/footage-requests',
    query: z.object({ before: idSchema.optional() }),
    response: z.object({
      requests: z.array(footageRequestSchema).max(mostListedFootageRequests),
      hasMore: z.boolean(),
    }),
    permission: 'footage.read',
    audit: 'footage.listed',
  },
  /**
   * Lets a colleague read a request and its files. `notFound` for an unknown address, `conflict` for who reads it already.
   */
  addFootagePerson: {
    method: 'POST',
    path: '/api/footage-requests/:id/people',
    params: byId,
    body: addedPersonSchema,
    response: footageRequestSchema,
    permission: 'footage.request',
    audit: 'footage.personAdded',
  },
  /** A received file as it was uploaded, to be saved. `notFound` for who does not read its request. */
  downloadFootage: {
    method: 'GET',
    path: '/api/footage-files/:id',
    params: byId,
    response: rawAnswerSchema,
    permission: 'footage.read',
    audit: 'footage.downloaded',
  },

  /** Opens a mailed link, once: `codeNotAccepted` for a wrong, old or used one. */
  openFootageLink: {
    method: 'POST',
    path: '/api/registry/footage/links/open',
    body: z.object({ secret: registrantSecretSchema }),
    response: footageSessionSchema,
    permission: 'public',
    audit: 'footage.linkOpened',
  },
  /** Mails another link to the contact that had the one of this secret. The answer is the same for any secret. */
  renewFootageLink: {
    method: 'POST',
    path: '/api/registry/footage/links/renew',
    body: z.object({ secret: registrantSecretSchema }),
    response: z.object({}),
    permission: 'public',
    audit: 'footage.linkAsked',
  },
  readAskedFootage: {
    method: 'GET',
    path: '/api/registry/footage/request',
    response: askedFootageSchema,
    permission: 'public',
    audit: 'footage.read',
  },
  /**
   * May be changed until the deadline, but not any more once a file was received: `conflict`. Whoever says no while files are on
   * their way takes these back.
   */
  answerFootage: {
    method: 'POST',
    path: '/api/registry/footage/answer',
    body: z.object({ answer: footageAnswerSchema }),
    response: askedFootageSchema,
    permission: 'public',
    audit: 'footage.answered',
  },
  /**
   * Begins an upload: tus 1.0.0 with `Upload-Length` and the metadata `name` and `sha256`. `badRequest` for an empty file,
   * `tooLarge`, `conflict` with too many files, with too much on its way or without the answer that it is there,
   * `storageFull`.
   */
  createUpload: {
    method: 'POST',
    path: footageUploadPath,
    response: rawAnswerSchema,
    permission: 'public',
    audit: 'footage.uploadStarted',
  },
  /** Where to go on. */
  readUpload: {
    method: 'HEAD',
    path: `${footageUploadPath}/:id`,
    params: byId,
    response: rawAnswerSchema,
    permission: 'public',
    audit: 'partOfUpload',
  },
  /**
   * The next part. The last one is answered after the hash was compared: `hashMismatch`, and nothing is kept. `tooLarge` for
   * more than was declared, `storageFull` when there is no room any more; what has arrived stays.
   */
  appendUpload: {
    method: 'PATCH',
    path: `${footageUploadPath}/:id`,
    params: byId,
    response: rawAnswerSchema,
    permission: 'public',
    audit: 'footage.received',
  },
  /** Gives up an upload that is not whole; what was received stays. */
  removeUpload: {
    method: 'DELETE',
    path: `${footageUploadPath}/:id`,
    params: byId,
    response: rawAnswerSchema,
    permission: 'public',
    audit: 'footage.uploadRemoved',
  },

  /** The requests that the registrant of the opened page was asked, newest first. */
  listOwnFootageRequests: {
    method: 'GET',
    path: '/api/registry/footage-requests',
    response: z.object({ requests: z.array(ownFootageRequestSchema) }),
    permission: 'public',
    audit: 'registration.read',
  },
  openOwnFootageRequest: {
    method: 'POST',
    path: '/api/registry/footage-requests/:id/open',
    params: byId,
    response: footageSessionSchema,
    permission: 'public',
    audit: 'footage.linkOpened',
  },
  /** The same for the owner of a site, by the owner's link. */
  listOwnerFootageRequests: {
    method: 'GET',
    path: '/api/owner/footage-requests',
    response: z.object({ requests: z.array(ownFootageRequestSchema) }),
    permission: 'public',
    audit: 'ledger.read',
  },
  /** `notPermitted` without an owner's signature, where the site's relay keeps owners' keys. */
  openOwnerFootageRequest: {
    method: 'POST',
    path: '/api/owner/footage-requests/:id/open',
    params: byId,
    body: z.object({ signed: signedFootageOpeningSchema.nullable() }),
    response: footageSessionSchema,
    permission: 'public',
    audit: 'footage.linkOpened',
  },
} as const satisfies Record<string, Route>;

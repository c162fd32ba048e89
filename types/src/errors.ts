import { z } from 'zod';

/**
 * The one table of error codes: every answer that is not a success carries one of them, over HTTP, sockets and links.
 * `notFound` also answers for what exists in another agency, so that it gives no hint.
 */
export const errorCodes = {
  badRequest: 400,
  notSignedIn: 401,
  wrongCredentials: 401,
  foreignOrigin: 403,
  notPermitted: 403,
  noticeNeeded: 403,
  secondFactorNeeded: 403,
  grantNeeded: 403,
  purposeNotAllowed: 403,
  approvalNeeded: 403,
  notShared: 403,
  notFound: 404,
  conflict: 409,
  incidentClosed: 409,
  termsChanged: 409,
  codeNotAccepted: 410,
  proofNotAccepted: 410,
  tooLarge: 413,
  hashMismatch: 422,
  outsideArea: 422,
  sessionLocked: 423,
  tooManyRequests: 429,
  internal: 500,
  relayOffline: 503,
  mediaUnavailable: 503,
  uploadFull: 503,
  timedOut: 504,
  storageFull: 507,
} as const satisfies Record<string, number>;

export type ErrorCode = keyof typeof errorCodes;

export const errorCodeSchema = z.enum(Object.keys(errorCodes) as [ErrorCode, ...ErrorCode[]]);

/** An error as it travels: a stable code and a sentence that is safe to show. */
export const wireErrorSchema = z.object({
  code: errorCodeSchema,
  message: z.string(),
});

export type WireError = z.infer<typeof wireErrorSchema>;

/** The body of every failed HTTP answer. */
export const errorBodySchema = z.object({ error: wireErrorSchema });

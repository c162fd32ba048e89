import { type ErrorCode, type WireError, errorCodes } from '@commonsight/types/errors';

const defaultMessages: Record<ErrorCode, string> = {
  badRequest: 'The request does not have the agreed form.',
  notSignedIn: 'Sign in first.',
  wrongCredentials: 'That was not right, or the account is locked. An administrator can release it.',
  foreignOrigin: 'The request comes from a page of another origin.',
  notPermitted: 'Your role does not allow this.',
  noticeNeeded: 'Accept the use notice first.',
  secondFactorNeeded: 'Set up a second factor first.',
  grantNeeded: 'This needs a running grant. Ask for one with a purpose.',
  purposeNotAllowed: 'The policy of your agency does not allow this purpose.',
  approvalNeeded: 'This purpose needs approval. Ask for it.',
  notShared: 'The owner does not share this camera.',
  notFound: 'Not found.',
  conflict: 'This does not fit the present state.',
  incidentClosed: 'The incident is closed.',
  termsChanged: 'The terms have changed. Read the current ones and agree to them.',
  codeNotAccepted: 'The code was not accepted. Ask for a new one.',
  proofNotAccepted: 'The task was not solved, or too late. Ask for a new one.',
  tooLarge: 'The request is too large.',
  hashMismatch: 'The file did not arrive as it was. Nothing of it was kept; upload it again.',
  outsideArea: 'This place is outside the area of this agency. Ask the agency of that place.',
  sessionLocked: 'The session is locked. Unlock it first.',
  tooManyRequests: 'Too many requests. Wait a moment.',
  internal: 'Internal error',
  relayOffline: 'The relay of this site is offline.',
  mediaUnavailable: 'No media server is available.',
  uploadFull: 'The owner lets no more leave this site now. Close another camera of it.',
  timedOut: 'No answer in time.',
  storageFull: 'The server has no room for this file.',
};

/** Every error that is meant for the caller: a stable code, its HTTP status, and a sentence that is safe to show. */
export class CodedError extends Error {
  override name = 'CodedError';
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string = defaultMessages[code], options?: { cause: unknown }) {
    super(message, options);
    this.code = code;
  }

  get httpStatus(): number {
    return errorCodes[this.code];
  }

  toWire(): WireError {
    return { code: this.code, message: this.message };
  }
}

/** The code that any error is known by to its caller and in the log. */
export function codeOf(error: unknown): ErrorCode {
  return error instanceof CodedError ? error.code : 'internal';
}

/** What the caller is told about any error: coded ones as they are, unknown ones as "Internal error". */
export function toWireError(error: unknown): WireError {
  return (error instanceof CodedError ? error : new CodedError('internal')).toWire();
}

import type { ErrorCode, WireError } from '@commonsight/types/errors';

/** A refusal with a code that travels, and a sentence that is safe to show. */
export class RelayError extends Error {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'RelayError';
    this.code = code;
  }
}

/** What the server is told of a failure; of one that is not known it learns nothing. */
export function toWireError(error: unknown, onUnknown: (error: unknown) => void): WireError {
  if (error instanceof RelayError) return { code: error.code, message: error.message };
  onUnknown(error);
  return { code: 'internal', message: 'Internal error.' };
}

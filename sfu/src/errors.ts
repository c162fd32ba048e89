import type { ErrorCode, WireError } from '@commonsight/types/errors';
import { errors } from 'mediasoup';
import type { Logger } from 'pino';

/** Every error that the server is meant to read: a stable code and a sentence that is safe to show. */
export class HostError extends Error {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'HostError';
    this.code = code;
  }
}

/**
 * Awaits a call into mediasoup and translates what it throws. Only such a call goes in here: a TypeError of mediasoup
 * means parameters that do not fit, a TypeError of our own would be a defect.
 */
export async function fromMediasoup<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (cause) {
    if (cause instanceof errors.UnsupportedError) {
      throw new HostError('mediaUnavailable', 'The two sides have no codec in common.', { cause });
    }
    if (cause instanceof TypeError) {
      throw new HostError('badRequest', 'The media parameters are not usable.', { cause });
    }
    // The worker or an object of it has gone meanwhile, or there is no port left: another try may do.
    throw new HostError('mediaUnavailable', 'The SFU host cannot do this at the moment.', { cause });
  }
}

/** The error as it travels. What nobody expected is logged whole and shown as nothing more than that. */
export function toWireError(error: unknown, log: Logger): WireError {
  if (error instanceof HostError) {
    log[error.cause === undefined ? 'debug' : 'warn']({ err: error }, 'request refused');
    return { code: error.code, message: error.message };
  }
  log.error({ err: error }, 'request failed');
  return { code: 'internal', message: 'Internal error' };
}

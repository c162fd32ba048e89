import { errorBodySchema } from '@commonsight/types/errors';
import { DetailedError } from 'tus-js-client';
import type { CallError } from '../../api/CallResult.ts';

/** What the server says, or what is known without asking it. */
export type UploadErrorCode = CallError['code'] | 'empty' | 'unreadable';

/** Status 0: no answer came. */
export function answerOf(error: Error | DetailedError): { status: number; method: string | null; body: string } {
  if (!(error instanceof DetailedError)) return { status: 0, method: null, body: '' };
  const { originalRequest, originalResponse } = error;
  const method = originalRequest.getMethod();
  return { status: originalResponse?.getStatus() ?? 0, method, body: originalResponse?.getBody() ?? '' };
}

/** Whether the same request may fare better in a moment. */
export function isWorthRetrying(error: DetailedError): boolean {
  const { status, method } = answerOf(error);
  // A part that does not fit where the file ends: the question that comes first says where that is.
  if (status === 409) return method === 'PATCH';
  return status === 0 || status === 408 || status === 423 || status === 429 || (status >= 500 && status !== 507);
}

/** Of answers without a body, as every one to a question where to go on, and those of proxies. */
const codesByStatus = new Map<number, UploadErrorCode>([
  [401, 'notSignedIn'],
  [404, 'notFound'],
  [409, 'conflict'],
  [413, 'tooLarge'],
  [422, 'hashMismatch'],
  [429, 'tooManyRequests'],
  [507, 'storageFull'],
]);

const passing: readonly UploadErrorCode[] = ['internal', 'unreachable', 'tooManyRequests', 'timedOut', 'storageFull'];

/** What a person is told, and whether it may be over after a while. */
export function readError(error: Error | DetailedError): { code: UploadErrorCode; canRetry: boolean } {
  const { status, body } = answerOf(error);
  const code = codeIn(body) ?? codesByStatus.get(status) ?? 'unreachable';
  return { code, canRetry: passing.includes(code) };
}

function codeIn(body: string): UploadErrorCode | null {
  try {
    return errorBodySchema.parse(JSON.parse(body)).error.code;
  } catch {
    return null;
  }
}

import { DetailedError, type HttpRequest, type HttpResponse } from 'tus-js-client';
import { expect, test } from 'vitest';
import { isWorthRetrying, readError } from './uploadErrors.ts';

function answered(method: string, status: number, body = ''): DetailedError {
  const request = { getMethod: () => method } as unknown as HttpRequest;
  const response = { getStatus: () => status, getBody: () => body } as unknown as HttpResponse;
  // The library's types know of no arguments.
  return Object.assign(new DetailedError('It failed.'), { originalRequest: request, originalResponse: response });
}

test('what the server says goes before its status, and a status says enough without it', () => {
  const body = JSON.stringify({ error: { code: 'hashMismatch', message: 'Not the same.' } });
  expect(readError(answered('PATCH', 500, body))).toEqual({ code: 'hashMismatch', canRetry: false });
  expect(readError(answered('HEAD', 404))).toEqual({ code: 'notFound', canRetry: false });
  expect(readError(answered('PATCH', 507, '<html>'))).toEqual({ code: 'storageFull', canRetry: true });
  expect(readError(new Error('No network.'))).toEqual({ code: 'unreachable', canRetry: true });
});

test('what passes by itself is tried again, and a full disk is left to a person', () => {
  for (const status of [408, 423, 429, 500, 503]) expect(isWorthRetrying(answered('PATCH', status))).toBe(true);
  for (const status of [401, 404, 413, 507]) expect(isWorthRetrying(answered('PATCH', status))).toBe(false);
  // A part that does not fit is settled by the question where to go on, which is the next.
  expect([isWorthRetrying(answered('PATCH', 409)), isWorthRetrying(answered('HEAD', 409))]).toEqual([true, false]);
});

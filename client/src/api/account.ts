import { z } from 'zod';
import { errorBodySchema } from '@commonsight/types/errors';
import type { CallResult } from './CallResult.ts';

/** better-auth puts code and message at the top; the server may have translated them into the house's error body. */
const authFailureSchema = z.object({ code: z.string().optional(), message: z.string().optional() });

/** Signs in with better-auth's own route, which answers with a session cookie. */
export async function signIn(email: string, password: string): Promise<CallResult<null>> {
  return authenticate('/api/auth/sign-in/email', { email, password });
}

export async function signOut(): Promise<CallResult<null>> {
  return authenticate('/api/auth/sign-out', {});
}

async function authenticate(path: string, body: object): Promise<CallResult<null>> {
  let response: Response;
  try {
    response = await fetch(path, {
      method: 'POST',
      credentials: 'same-origin',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  } catch {
    return failed('unreachable', 'The server does not answer. Try again in a moment.');
  }
  if (response.ok) return { state: 'ok', value: null };
  const answer: unknown = await response.json().catch(() => null);
  const ours = errorBodySchema.safeParse(answer);
  if (response.status === 429) return failed('tooManyRequests', 'Too many tries. Wait a minute and try again.');
  if (response.status >= 500) return failed('unreachable', 'The server does not answer. Try again in a moment.');
  if (ours.success && ours.data.error.code !== 'wrongCredentials') return { state: 'failed', error: ours.data.error };
  const theirs = authFailureSchema.safeParse(answer);
  if (theirs.success && theirs.data.code?.includes('BANNED') === true) {
    return failed('notPermitted', 'This account is switched off. Ask your administrator.');
  }
  return failed('wrongCredentials', 'Email or password is wrong.');
}

function failed(
  code: 'unreachable' | 'tooManyRequests' | 'wrongCredentials' | 'notPermitted',
  message: string,
): CallResult<null> {
  return { state: 'failed', error: { code, message } };
}

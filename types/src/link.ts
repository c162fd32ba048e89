import type { z } from 'zod';
import type { Answer, LinkHandlers, LinkRequests } from './answer.ts';
import type { WireError } from './errors.ts';

/**
 * Answers one request of a link: finds the handler, checks what came and what goes back. Never throws; what a handler
 * throws goes through `toWireError`.
 */
export async function answerLinkRequest<R extends LinkRequests>(
  requests: R,
  handlers: LinkHandlers<R>,
  toWireError: (error: unknown) => WireError,
  name: string,
  payload: unknown,
): Promise<Answer<unknown>> {
  if (!Object.hasOwn(requests, name)) {
    return { ok: false, error: { code: 'badRequest', message: 'There is no request of that name.' } };
  }
  const contract = requests[name] as R[keyof R];
  const parsed = contract.request.safeParse(payload);
  if (!parsed.success) {
    return { ok: false, error: { code: 'badRequest', message: explainIssues(parsed.error) } };
  }
  try {
    const handler = handlers[name as keyof R] as (request: unknown) => Promise<unknown>;
    return { ok: true, value: contract.response.parse(await handler(parsed.data)) };
  } catch (error) {
    return { ok: false, error: toWireError(error) };
  }
}

/** The first issue of a schema in one sentence that names the key, and never the value, which may be a secret. */
export function explainIssues(error: z.ZodError): string {
  const issue = error.issues[0];
  if (issue === undefined) return 'The message does not have the agreed form.';
  const key = issue.path.join('.');
  return key === '' ? issue.message : `${key}: ${issue.message}`;
}

import { z } from 'zod';
import { type WireError, wireErrorSchema } from './errors.ts';

/** What a request over a socket is answered with. */
export type Answer<T> = { ok: true; value: T } | { ok: false; error: WireError };

/** The schema of an answer whose value has the given schema. */
export function answerSchema<T extends z.ZodType>(value: T) {
  return z.discriminatedUnion('ok', [
    z.object({ ok: z.literal(true), value }),
    z.object({ ok: z.literal(false), error: wireErrorSchema }),
  ]);
}

/** A request of a link between two of our processes: what is sent and what comes back. */
export interface LinkRequest {
  request: z.ZodType;
  response: z.ZodType;
}

/** The messages of one direction of a link. */
export type LinkRequests = Record<string, LinkRequest>;
export type LinkNotifications = Record<string, z.ZodType>;

/** A handler for every request of a link, by name. */
export type LinkHandlers<R extends LinkRequests> = {
  [K in keyof R]: (request: z.output<R[K]['request']>) => Promise<z.input<R[K]['response']>>;
};

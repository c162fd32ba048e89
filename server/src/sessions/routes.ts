import { lineSchema } from '@commonsight/types/text';
import { z } from 'zod';
import { and, eq } from 'drizzle-orm';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Audit } from '../audit/Audit.ts';
import type { Db } from '../db/Database.ts';
import { users } from '../db/schema.ts';
import { CodedError } from '../errors.ts';
import type { App } from '../plugins/App.ts';
import { type Auth, addressHeader } from './createAuth.ts';
import type { Sessions } from './Sessions.ts';
import { toWebHeaders } from './toWebHeaders.ts';

const signInSchema = z.object({ email: lineSchema(200), password: z.string().min(1).max(128) });

/**
 * The two routes of better-auth that this version offers. Its others are not mounted: what is not on this list does
 * not exist.
 */
export function addSessionRoutes(
  app: App,
  parts: { auth: Auth; sessions: Sessions; audit: Audit; db: Db; publicUrl: string },
): void {
  const { auth, sessions, audit, db, publicUrl } = parts;

  app.route({
    method: 'POST',
    url: '/api/auth/sign-in/email',
    schema: { body: signInSchema },
    config: { contract: 'better-auth', rateLimit: { max: 30, timeWindow: 60_000 } },
    handler: async (request, reply) => {
      const { email, password } = signInSchema.parse(request.body);
      const answer = await passOn(auth, publicUrl, request, { email, password });
      if (answer.ok) return sendCookies(reply, answer);

      if (answer.status >= 500) throw new Error(`better-auth answered ${answer.status}`);
      const code = answer.status === 429 ? 'tooManyRequests' : 'wrongCredentials';
      await recordRefusal(db, audit, { email, code, sourceAddress: request.ip });
      throw new CodedError(code);
    },
  });

  app.route({
    method: 'POST',
    url: '/api/auth/sign-out',
    config: { contract: 'better-auth' },
    handler: async (request, reply) => {
      const actor = await sessions.fromCookies(request.headers, request.ip);
      if (actor !== null) await sessions.end(actor, 'signedOut');
      return sendCookies(reply, await passOn(auth, publicUrl, request, {}));
    },
  });
}

/** Hands a request to better-auth with the caller's address as this server knows it. */
function passOn(auth: Auth, publicUrl: string, request: FastifyRequest, body: object): Promise<Response> {
  const headers = toWebHeaders({
    cookie: request.headers.cookie,
    origin: request.headers.origin ?? publicUrl,
    'user-agent': request.headers['user-agent'],
    'content-type': 'application/json',
    [addressHeader]: request.ip,
  });
  const url = new URL(request.routeOptions.url ?? '', publicUrl);
  return auth.handler(new Request(url, { method: 'POST', headers, body: JSON.stringify(body) }));
}

/** Only the cookies leave: better-auth's body holds the session's token, which no script needs to know. */
function sendCookies(reply: FastifyReply, answer: Response) {
  for (const cookie of answer.headers.getSetCookie()) reply.header('set-cookie', cookie);
  return reply.header('cache-control', 'no-store').send({});
}

/** The email is written only when it is an account's: people type passwords into the wrong field. */
async function recordRefusal(
  db: Db,
  audit: Audit,
  attempt: { email: string; code: string; sourceAddress: string },
): Promise<void> {
  const [user] = await db
    .select({ id: users.id, agencyId: users.agencyId })
    .from(users)
    .where(and(eq(users.email, attempt.email.toLowerCase())))
    .limit(1);
  await audit.record({
    type: 'session.refused',
    outcome: 'refused',
    actor: { kind: 'anonymous', sourceAddress: attempt.sourceAddress },
    agencyId: user?.agencyId ?? null,
    target: user === undefined ? null : { kind: 'user', id: user.id },
    details: { code: attempt.code },
  });
}

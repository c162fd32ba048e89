import { Readable } from 'node:stream';
import { type RawAnswer, rawAnswerSchema, type Route } from '@commonsight/types/http/route';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { wasAdmitted } from '../access/Access.ts';
import type { Actor, UserActor } from '../access/Actor.ts';
import { CodedError } from '../errors.ts';
import type { Caller } from '../sessions/AuthDoor.ts';
import { assertServed } from '../sessions/sessionState.ts';
import type { App } from './App.ts';

/** A request that has waited longer for its turn has its session looked up again. */
const shortWaitMs = 100;

type Parsed<R, Key extends 'params' | 'query' | 'body'> =
  R extends Record<Key, infer Schema extends z.ZodType> ? z.output<Schema> : undefined;

/** What a handler gets: checked input, and who asks. */
export interface RouteInput<R extends Route> {
  actor: R['permission'] extends 'public' ? Extract<Actor, { kind: 'anonymous' }> : UserActor;
  params: Parsed<R, 'params'>;
  query: Parsed<R, 'query'>;
  body: Parsed<R, 'body'>;
  /** For what hands the request on to the login. */
  caller: Caller;
  /** Adds `Set-Cookie` lines to the answer. */
  setCookies: (cookies: readonly string[]) => void;
}

export type RouteHandler<R extends Route> = (input: RouteInput<R>) => Promise<z.input<R['response']>>;

/**
 * Registers a contract of `types` with its handler: input and output are checked by its schemas, and without a session
 * there is an answer only where the contract says `public`. The permission itself is asked by the service
 * (`requireAccess`); a handler that answers without having asked is a defect and fails.
 */
export function addRoute<R extends Route>(
  app: App,
  route: R,
  handler: RouteHandler<R>,
  { bodyLimit, ...options }: { rateLimit?: { max: number; timeWindow: number }; bodyLimit?: number } = {},
): void {
  const { permission } = route;
  const assertKnown = async (request: FastifyRequest, { sessionId }: UserActor): Promise<void> => {
    const session = await app.sessionOf(request);
    if (session?.actor.sessionId !== sessionId) throw new CodedError('notSignedIn');
    if (route.sessionState !== 'any') assertServed(session.state);
  };
  app.route({
    method: route.method,
    url: route.path,
    ...(bodyLimit === undefined ? {} : { bodyLimit }),
    schema: {
      ...(route.params === undefined ? {} : { params: route.params }),
      ...(route.query === undefined ? {} : { querystring: route.query }),
      ...(route.body === undefined ? {} : { body: route.body }),
      ...(route.response === rawAnswerSchema ? {} : { response: { 200: route.response } }),
    },
    config: { contract: `${route.method} ${route.path}`, ...options },
    // Before the body is read: a stranger learns nothing about what a body should be.
    onRequest: async (request: FastifyRequest) => {
      if (permission === 'public') return;
      if (app.requestBudget.isSpent(request.headers)) throw new CodedError('tooManyRequests');
      const session = await app.turns.find(request.headers, () => app.sessionOf(request));
      if (session === null) throw new CodedError('notSignedIn');
      if (!app.requestBudget.take(session.actor.sessionId, request.headers)) throw new CodedError('tooManyRequests');
      if (route.sessionState !== 'any') assertServed(session.state);
      request.userActor = session.actor;
      request.admittedAtMs = performance.now();
    },
    handler: async (request: FastifyRequest, reply: FastifyReply) => {
      const actor: Actor = request.userActor ?? { kind: 'anonymous', sourceAddress: request.ip };
      // The schemas above have made these what the contract says; Fastify's own types cannot follow a generic one.
      const input = {
        actor,
        params: request.params,
        query: request.query,
        body: request.body,
        caller: { headers: request.headers, sourceAddress: request.ip },
        setCookies: (cookies: readonly string[]) => {
          const isSession = cookies.some((cookie) => cookie.includes('session_token='));
          if (isSession && permission !== 'public' && route.changesCookie !== true) {
            throw new Error(`${route.method} ${route.path} changes the session's cookie without saying so`);
          }
          reply.header('set-cookie', cookies);
        },
      } as unknown as RouteInput<R>;
      const serve = async () => {
        // The session may have ended, or been locked, while the body came in or the request waited for its turn.
        const waitedMs = performance.now() - request.admittedAtMs;
        if (actor.kind === 'user' && waitedMs > shortWaitMs) await assertKnown(request, actor);
        return handler(input);
      };
      const answer = await (actor.kind === 'user' ? app.turns.run(actor.userId, serve) : serve());
      if (permission !== 'public' && permission !== 'signedIn' && !wasAdmitted(actor, permission)) {
        throw new Error(`${route.method} ${route.path} answered without asking for ${permission}`);
      }
      if (route.response === rawAnswerSchema) return sendRaw(reply, answer as RawAnswer);
      return reply.header('cache-control', 'no-store').send(answer);
    },
  });
}

function sendRaw(reply: FastifyReply, { contentType, body, cache, fileName, bytes }: RawAnswer): FastifyReply {
  if (fileName !== undefined) reply.header('content-disposition', attachmentOf(fileName));
  if (bytes !== undefined) reply.header('content-length', bytes);
  const isWhole = typeof body === 'string' || body instanceof Uint8Array;
  return reply
    .type(contentType)
    .header('cache-control', cache === 'forever' ? 'public, max-age=31536000, immutable' : 'no-store')
    .send(isWhole ? body : Readable.from(body, { objectMode: false }));
}

/** RFC 6266: the name for old programs in ASCII without what could end it, and beside it as it is. */
function attachmentOf(fileName: string): string {
  const plain = fileName.replaceAll(/[^\x20-\x7e]|["\\%]/g, '_');
  const whole = encodeURIComponent(fileName).replaceAll(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);
  return `attachment; filename="${plain}"${plain === fileName ? '' : `; filename*=UTF-8''${whole}`}`;
}

import type { FastifyInstance } from 'fastify';
import type { UserActor } from '../access/Actor.ts';
import type { KnownSession } from '../sessions/Sessions.ts';
import type { RequestBudget } from './RequestBudget.ts';
import type { UserTurns } from './UserTurns.ts';

/** The HTTP application, with what routes need of it. */
export type App = FastifyInstance;

declare module 'fastify' {
  interface FastifyInstance {
    /** The session behind a request with its user, or null. */
    sessionOf(request: FastifyRequest): Promise<KnownSession | null>;
    /** What each session may still ask for. */
    requestBudget: RequestBudget;
    /** In which what users ask for is done, over HTTP and sockets together. */
    turns: UserTurns;
  }
  interface FastifyRequest {
    /** Set before the body is read, on every route that is not public. */
    userActor: UserActor | null;
    /** When `userActor` was found, by `performance.now()`. */
    admittedAtMs: number;
  }
  interface FastifyContextConfig {
    /** The route's contract in `types`; a route under `/api/` without one fails at start. */
    contract?: string;
  }
}

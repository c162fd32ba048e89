import { routes } from '@commonsight/types/http/routes';
import Fastify from 'fastify';
import { afterEach, expect, test, vi } from 'vitest';
import type { KnownSession } from '../sessions/Sessions.ts';
import { analystActor } from '../testing/analystActor.ts';
import { addRoute } from './addRoute.ts';
import { answerErrors } from './answerErrors.ts';
import { RequestBudget } from './RequestBudget.ts';
import type { UserTurns } from './UserTurns.ts';

afterEach(() => vi.restoreAllMocks());

/**
 * Asks for one's sessions; while the body comes in, or before its turn comes, the request waits so long, and its session
 * becomes another.
 */
async function askWhile(waitedMs: number, becomes: KnownSession | null, where: 'body' | 'turn' = 'turn') {
  const nowMs = vi.spyOn(performance, 'now').mockReturnValue(0);
  let session: KnownSession | null = { actor: analystActor, state: 'active' };
  const change = () => {
    nowMs.mockReturnValue(waitedMs);
    session = becomes;
  };
  const handler = vi.fn<() => Promise<{ sessions: [] }>>(async () => ({ sessions: [] }));
  const turns: Pick<UserTurns, 'run' | 'find'> = {
    find: (_headers, lookUp) => lookUp(),
    run: (_userId, task) => {
      if (where === 'turn') change();
      return task();
    },
  };
  const app = Fastify({ exposeHeadRoutes: false });
  app.addHook('preValidation', async () => {
    if (where === 'body') change();
  });
  app.decorateRequest('userActor', null);
  app.decorateRequest('admittedAtMs', 0);
  app.decorate('requestBudget', new RequestBudget({ burst: 1, perSecond: 1 }));
  app.decorate('turns', turns as UserTurns);
  app.decorate('sessionOf', () => Promise.resolve(session));
  app.setValidatorCompiler(() => () => true);
  app.setSerializerCompiler(() => JSON.stringify);
  answerErrors(app);
  addRoute(app, routes.listSessions, handler);
  const { statusCode } = await app.inject(routes.listSessions.path);
  await app.close();
  return { statusCode, served: handler.mock.calls.length };
}

test.each([
  ['ended', 401, null],
  ['was locked', 423, { actor: analystActor, state: 'locked' }],
] as const)(
  'MSG9 nothing is served that waited for its turn while its session %s',
  async (_what, statusCode, becomes) => {
    expect(await askWhile(200, becomes)).toEqual({ statusCode, served: 0 });
  },
);

test('a request whose body is held back is not served once its session has ended', async () => {
  expect(await askWhile(200, null, 'body')).toEqual({ statusCode: 401, served: 0 });
});

test('MSG9 what waited is served when its session goes on', async () => {
  expect(await askWhile(200, { actor: analystActor, state: 'active' })).toEqual({ statusCode: 200, served: 1 });
});

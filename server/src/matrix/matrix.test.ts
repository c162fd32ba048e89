import type { Route } from '@commonsight/types/http/route';
import { type RouteName, routes } from '@commonsight/types/http/routes';
import { type Role, roleSchema } from '@commonsight/types/permission';
import type { SignalingRequests } from '@commonsight/types/signaling/requests';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPgliteDatabase } from '../db/testing/createTestDatabase.ts';
import { Stage, type StageUser } from '../signaling/testing/Stage.ts';
import type { TestBrowser } from '../signaling/testing/TestBrowser.ts';
import { approvalPolicy } from '../testing/approvalPolicy.ts';
import { seedTestAgency } from '../testing/seed.ts';
import type { Asking, RequestCase, RouteCase } from './cases.ts';
import { Place } from './Place.ts';
import { requestCases } from './requestCases.ts';
import { routeCases } from './routeCases.ts';

interface Person {
  role: Role;
  home: Place;
  other: Place;
  user: StageUser;
  browser: TestBrowser;
}

/** What somebody of an agency, or nobody, was told; looked through for the other agency's ids at the end. */
interface Told {
  reader: Place | null;
  what: string;
  text: string;
  /** Whether it comes from the own agency's log, which keeps what its own people have asked for. */
  isLog: boolean;
  /** Ids of the question that the answer repeats by its contract. */
  echoes?: readonly string[];
}

let stage: Stage;
let places: [Place, Place];
const people: Person[] = [];
const told: Told[] = [];
/** The ids that an agency's people have put into their questions. */
const asked = new Map<Place, Set<string>>();
let cases = 0;

const idsIn = (text: string) => text.match(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g) ?? [];

function noteIds(home: Place, question: unknown): void {
  const ids = asked.get(home) ?? new Set();
  for (const id of idsIn(JSON.stringify(question) ?? '')) ids.add(id);
  asked.set(home, ids);
}

beforeAll(async () => {
  // On PGlite, whose one connection never answers where code inside a transaction asks past it: every way in is tried.
  const database = await createPgliteDatabase();
  stage = await Stage.create({ policyText: approvalPolicy, database, trustedProxies: ['127.0.0.1'] });
  await stage.connectMedia();
  const { registry, footage } = stage.server.services;
  const { keys } = registry;
  places = [
    await Place.create(stage.db, stage.agencyId, keys, footage),
    await Place.create(stage.db, await seedTestAgency(stage.db, 'The other agency'), keys, footage),
  ];
  for (const [home, other] of [places, places.toReversed()] as [Place, Place][]) {
    for (const role of roleSchema.options) {
      const user = await stage.signIn(role, home.agencyId);
      people.push({ role, home, other, user, browser: await user.connect() });
    }
  }
});

afterAll(() => stage.close());

const policyOf = (agencyId: string) => stage.server.services.policies.current(agencyId);

let callers = 0;

/** From another address each time: how much of one caller is refused with a line is another test's. */
async function call(route: Route, path: string, cookie: string, body: unknown) {
  callers += 1;
  const from = { 'x-forwarded-for': `198.18.${callers >> 8}.${callers & 255}` };
  const answer = await fetch(`${stage.url}${path}`, {
    method: route.method,
    headers: {
      cookie,
      origin: stage.url,
      ...from,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: answer.status, text: await answer.text() };
}

type Question = Awaited<ReturnType<NonNullable<RouteCase['ask']>>>;

async function ask(name: RouteName, question: Question, person: Person | null): Promise<number> {
  const route: Route = routes[name];
  const path =
    route.path.replace(/:[a-z]+/i, question.id ?? '').replace('*', question.rest ?? '') + (question.query ?? '');
  const { status, text } = await call(route, path, person?.user.cookie ?? '', question.body);
  cases += 1;
  told.push({
    reader: person?.home ?? null,
    what: `${person?.role ?? 'nobody'}: ${name}`,
    text,
    isLog: route.permission === 'audit.read',
  });
  if (person !== null) noteIds(person.home, question);
  return status;
}

const mayAsk = (expected: RouteCase | RequestCase, role: Role) =>
  expected.may === 'signedIn' || expected.may === 'public' || expected.may.includes(role);

const routeList = Object.entries(routeCases) as [RouteName, RouteCase | readonly RouteCase[]][];

test('there is a case for every route that is served', () => {
  expect(Object.keys(routeCases).toSorted()).toEqual(Object.keys(routes).toSorted());
});

/** What was told otherwise than promised; empty when all is well. */
class Wrong {
  readonly list: string[] = [];

  check(who: string, was: number | string, promised: readonly (number | string)[]): void {
    if (!promised.includes(was)) this.list.push(`${who} was told ${was} and not ${promised.join(' or ')}`);
  }
}

test.each(routeList)('F19 %s is answered as promised to every role of both agencies', async (name, given) => {
  const wrong = new Wrong();
  for (const expected of [given].flat<(RouteCase | readonly RouteCase[])[]>()) {
    const questionOf = async (asking: Asking): Promise<Question> => (await expected.ask?.(asking)) ?? {};
    for (const home of places) {
      const question = await questionOf({ userId: home.somebodyId, home, target: home, policyOf });
      wrong.check('nobody', await ask(name, question, null), expected.may === 'public' ? expected.own : [401]);
    }
    for (const person of expected.may === 'public' ? [] : people) {
      const asking = { userId: person.user.actor.userId, home: person.home, policyOf };
      const may = mayAsk(expected, person.role);
      const own = await ask(name, await questionOf({ ...asking, target: person.home }), person);
      wrong.check(person.role, own, may ? expected.own : [403]);
      if (expected.foreign !== null) {
        const foreign = await ask(name, await questionOf({ ...asking, target: person.other }), person);
        wrong.check(`${person.role} of the other agency`, foreign, [may ? expected.foreign : 403]);
      }
      if (expected.others !== undefined && may) {
        const question = await expected.others.ask({ ...asking, target: person.home });
        wrong.check(`another ${person.role}`, await ask(name, question, person), [expected.others.told]);
      }
    }
  }
  expect(wrong.list).toEqual([]);
});

const requestList = Object.entries(requestCases) as [keyof SignalingRequests, RequestCase | readonly RequestCase[]][];

/** `ok`, or the code: of the answer, or of its one item. */
function outcomeOf(answer: unknown): string {
  const { ok, error, value } = answer as {
    ok: boolean;
    error?: { code: string };
    value?: { results?: { ok: boolean; error?: { code: string } }[] };
  };
  if (!ok) return error?.code ?? 'nothing';
  return value?.results?.[0]?.error?.code ?? 'ok';
}

test.each(requestList)('F19 %s is answered as promised to every role of both agencies', async (name, given) => {
  const wrong = new Wrong();
  for (const expected of [given].flat<(RequestCase | readonly RequestCase[])[]>()) {
    for (const person of people) {
      const send = async (target: Place) => {
        const asking = { userId: person.user.actor.userId, home: person.home, target, policyOf };
        const request = await expected.ask(asking);
        const answer: unknown = await person.browser.ask(name, request as never);
        cases += 1;
        noteIds(person.home, request);
        // Each item of this one's answer says by its camera what it answers.
        const echoes = name === 'consumer:create' ? idsIn(JSON.stringify(request)) : [];
        const text = JSON.stringify(answer);
        told.push({ reader: person.home, what: `${person.role}: ${name}`, text, isLog: false, echoes });
        return outcomeOf(answer);
      };
      const may = mayAsk(expected, person.role);
      wrong.check(person.role, await send(person.home), may ? expected.own : ['notPermitted']);
      if (expected.foreign === null) continue;
      const foreign = await send(person.other);
      wrong.check(`${person.role} of the other agency`, foreign, [may ? expected.foreign : 'notPermitted']);
    }
  }
  expect(wrong.list).toEqual([]);
});

test('F19 nothing that anybody was told names a record of the other agency', async () => {
  for (const { role, home, browser } of people) {
    for (const { name, notification } of browser.told) {
      told.push({ reader: home, what: `${role}: told ${name}`, text: JSON.stringify(notification), isLog: false });
    }
  }
  const leaks: string[] = [];
  let notifications = 0;
  for (const place of places) {
    const foreignIds = await place.allIds();
    expect(foreignIds.size).toBeGreaterThan(100);
    for (const { reader, what, text, isLog, echoes } of told) {
      if (reader === place || reader === null) continue;
      if (what.includes(': told ')) notifications += 1;
      for (const id of idsIn(text)) {
        const wasAsked = isLog && (asked.get(reader)?.has(id) ?? false);
        if (foreignIds.has(id) && !wasAsked && echoes?.includes(id) !== true) leaks.push(`${what} names ${id}`);
      }
    }
  }
  const walked = `${routeList.length} routes and ${requestList.length} messages in ${cases} cases`;
  process.stdout.write(`F19: ${walked}; ${told.length} answers and notifications, ${leaks.length} foreign ids\n`);
  expect(leaks).toEqual([]);
  expect(notifications).toBeGreaterThan(20);
});

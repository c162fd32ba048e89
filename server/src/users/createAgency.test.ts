import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestServer, createTestServer } from '../testing/createTestServer.ts';
import { createAgency } from './createAgency.ts';

let server: TestServer;

beforeAll(async () => {
  server = await createTestServer();
});

afterAll(() => server.close());

const first = {
  agencyName: 'Harbor Falls',
  administratorName: 'Lea Brandt',
  email: 'Lea@example.org',
  password: 'a long one',
};

test('an agency with an area takes registrations from the beginning', async () => {
  const { db } = server.database;
  const area = { south: 42, west: -89, north: 44, east: -87 };
  await createAgency(db, { ...first, agencyName: 'Lake Falls', email: 'lake@example.org', area });
  const { body } = await server.nobody.call('GET', '/api/registry');
  expect(body['agencies']).toEqual([{ slug: 'lake-falls', name: 'Lake Falls', area }]);
});

test('the first administrator of a new agency can sign in, and neither name nor email is taken twice', async () => {
  const { db } = server.database;
  await createAgency(db, first);
  const answer = await server.nobody.call('POST', '/api/auth/sign-in/email', {
    email: 'lea@example.org',
    password: first.password,
  });
  expect(answer.status).toBe(200);
  await expect(createAgency(db, { ...first, email: 'other@example.org' })).rejects.toMatchObject({ code: 'conflict' });
  await expect(createAgency(db, { ...first, agencyName: 'Elsewhere' })).rejects.toMatchObject({ code: 'conflict' });
});

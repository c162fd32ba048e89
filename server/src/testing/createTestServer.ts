import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Role } from '@commonsight/types/permission';
import type { UserActor } from '../access/Actor.ts';
import { type CommonsightServer, createApp } from '../app.ts';
import type { Config } from '../config.ts';
import type { Database } from '../db/Database.ts';
import { createTestDatabase } from '../db/testing/createTestDatabase.ts';
import { createLogger } from '../logger.ts';
import type { SessionRulesOf } from '../sessions/sessionRules.ts';
import { policyFileOf } from './approvalPolicy.ts';
import { seedTestAgency, seedTestUser, testPassword } from './seed.ts';
import { type TestRedis, startRedis } from './startRedis.ts';

/** An HTTP client of one user, or of nobody. */
export interface TestClient {
  actor: UserActor | null;
  /** For a socket's handshake. */
  cookie: string;
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<TestAnswer>;
}

export interface TestAnswer {
  status: number;
  headers: Record<string, string | number | string[] | undefined>;
  // What comes back is what the test is about to look at.
  body: Record<string, unknown> & { error?: { code: string; message: string } };
}

/** A whole server on PGlite and a Redis of its own, with one agency. */
export interface TestServer {
  server: CommonsightServer;
  services: CommonsightServer['services'];
  database: Database;
  redis: TestRedis;
  config: Config;
  agencyId: string;
  nobody: TestClient;
  /** Makes a user of the role, by default in the server's agency, and signs it in. */
  signIn(role: Role, agencyId?: string): Promise<TestClient>;
  close(): Promise<void>;
}

const testOrigin = 'http://localhost:8080';

export async function createTestServer(
  settings: Partial<Config> = {},
  parts: { database?: Database; sessionRules?: SessionRulesOf; policyText?: string; requestLimitMs?: number } = {},
): Promise<TestServer> {
  const dataDir = await mkdtemp(join(tmpdir(), 'commonsight-server-'));
  const [redis, database] = await Promise.all([startRedis(), parts.database ?? createTestDatabase()]);
  const config: Config = {
    host: '127.0.0.1',
    port: 0,
    publicUrl: testOrigin,
    trustedProxies: [],
    dataDir,
    databaseUrl: undefined,
    redisUrl: redis.url,
    sfuLinkSecret: 'the secret of the tests',
    clientDir: undefined,
    isTrainingCity: false,
    policyFile: await policyFileOf(dataDir, parts.policyText),
    transparencyDelayDays: 0,
    oidc: undefined,
    mail: undefined,
    isLoopbackPushAllowed: false,
    mapboxToken: undefined,
    logLevel: 'silent',
    ...settings,
  };
  const { sessionRules, requestLimitMs } = parts;
  const server = await createApp({
    config,
    database,
    logger: createLogger(config.logLevel),
    ...(sessionRules === undefined ? {} : { sessionRules }),
    ...(requestLimitMs === undefined ? {} : { requestLimitMs }),
  }).catch(async (error: unknown) => {
    // A server that does not start is a test too, and leaves nothing behind.
    await Promise.all([redis.kill(), database.close()]);
    await rm(dataDir, { recursive: true, force: true });
    throw error;
  });
  const agencyId = await seedTestAgency(database.db, 'Test agency');

  const client = (cookie: string, actor: UserActor | null): TestClient => ({
    actor,
    cookie,
    call: async (method, path, body, headers = {}) => {
      const response = await server.app.inject({
        method: method as 'GET',
        url: path,
        headers: { origin: config.publicUrl, ...(cookie === '' ? {} : { cookie }), ...headers },
        ...(body === undefined ? {} : { payload: body as object }),
      });
      // The answer to a HEAD says what it would be, and has nothing in it.
      const isJson = response.payload !== '' && String(response.headers['content-type']).startsWith('application/json');
      return {
        status: response.statusCode,
        headers: response.headers,
        body: isJson ? response.json<TestAnswer['body']>() : {},
      };
    },
  });

  return {
    server,
    services: server.services,
    database,
    redis,
    config,
    agencyId,
    nobody: client('', null),
    signIn: async (role, otherAgencyId) => {
      const user = await seedTestUser(database.db, { agencyId: otherAgencyId ?? agencyId, role });
      const credentials = { email: user.email, password: testPassword };
      const answer = await client('', null).call('POST', '/api/auth/sign-in/email', credentials);
      const cookies = [answer.headers['set-cookie'] ?? []].flat().map((line) => String(line).split(';')[0]);
      return client(cookies.join('; '), user);
    },
    close: async () => {
      await server.close();
      await redis.kill();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AuditEvent } from '@commonsight/types/audit-event';
import { type Grant, grantSchema } from '@commonsight/types/grant';
import type { Role } from '@commonsight/types/permission';
import type { RequestOf, ResponseOf } from '@commonsight/types/signaling/requests';
import type { z } from 'zod';
import type { UserActor } from '../../access/Actor.ts';
import { type CommonsightServer, createApp } from '../../app.ts';
import { Audit } from '../../audit/Audit.ts';
import type { Config } from '../../config.ts';
import type { Database, Db } from '../../db/Database.ts';
import { createTestDatabase } from '../../db/testing/createTestDatabase.ts';
import type { LiveLimits } from '../../live.ts';
import { createLogger } from '../../logger.ts';
import { policyFileOf } from '../../testing/approvalPolicy.ts';
import { freePort } from '../../testing/freePort.ts';
import {
  seedTestAgency,
  seedTestCamera,
  seedTestIncident,
  seedTestSite,
  seedTestUser,
  type TestCamera,
  testPassword,
} from '../../testing/seed.ts';
import { startRedis, type TestRedis } from '../../testing/startRedis.ts';
import { until } from '../../testing/until.ts';
import { FakeHost } from './FakeHost.ts';
import { FakeRelay } from './FakeRelay.ts';
import { TestBrowser } from './TestBrowser.ts';

const sfuLinkSecret = 'the secret of the tests';

/** A signed-in user of a stage. */
export interface StageUser {
  actor: UserActor;
  cookie: string;
  connect(): Promise<TestBrowser>;
  call(method: string, path: string, body?: unknown): Promise<{ status: number; body: unknown }>;
  /** Calls, and expects success with a body of this form. */
  get<S extends z.ZodType>(schema: S, method: string, path: string, body?: unknown): Promise<z.output<S>>;
}

/** A listening server with everything around it that speaks to it: an SFU host, a relay, cameras, an incident. */
export class Stage {
  readonly url: string;
  readonly secret = sfuLinkSecret;
  readonly db: Db;
  readonly redis: TestRedis;
  readonly host = new FakeHost();
  readonly agencyId: string;
  readonly cameras: readonly TestCamera[];
  readonly incidentId: string;
  readonly siteId: string;
  readonly relay: FakeRelay;
  readonly #start: () => Promise<CommonsightServer>;
  readonly #closeDatabase: () => Promise<void>;
  readonly #browsers: TestBrowser[] = [];
  #server: CommonsightServer;

  private constructor(parts: StageParts) {
    this.url = parts.url;
    this.db = parts.db;
    this.redis = parts.redis;
    this.agencyId = parts.agencyId;
    this.cameras = parts.cameras;
    this.incidentId = parts.incidentId;
    this.siteId = parts.siteId;
    this.relay = parts.relay;
    this.#start = parts.start;
    this.#closeDatabase = parts.closeDatabase;
    this.#server = parts.server;
  }

  static async create({
    policyText,
    database: given,
    trustedProxies = [],
    ...options
  }: {
    limits?: LiveLimits;
    policyText?: string;
    database?: Database;
    trustedProxies?: Config['trustedProxies'];
  } = {}): Promise<Stage> {
    const dataDir = await mkdtemp(join(tmpdir(), 'commonsight-stage-'));
    const [redis, database, port] = await Promise.all([startRedis(), given ?? createTestDatabase(), freePort()]);
    const url = `http://127.0.0.1:${port}`;
    const config: Config = {
      host: '127.0.0.1',
      port,
      publicUrl: url,
      trustedProxies,
      dataDir,
      databaseUrl: undefined,
      redisUrl: redis.url,
      sfuLinkSecret,
      clientDir: undefined,
      isTrainingCity: false,
      policyFile: await policyFileOf(dataDir, policyText),
      transparencyDelayDays: 0,
      oidc: undefined,
      mail: undefined,
      // The push service of a test listens there.
      isLoopbackPushAllowed: true,
      mapboxToken: undefined,
      logLevel: 'silent',
    };
    const start = async () => {
      // The database outlives a server that is started again.
      const kept = { ...database, close: async () => undefined };
      const server = await createApp({ config, database: kept, logger: createLogger(config.logLevel), ...options });
      await server.app.listen({ host: config.host, port });
      return server;
    };
    const server = await start();
    const { db } = database;
    const agencyId = await seedTestAgency(db, 'Test agency');
    const siteId = await seedTestSite(db, agencyId);
    const cameras: TestCamera[] = [];
    for (const name of ['One', 'Two', 'Three']) cameras.push(await seedTestCamera(db, { agencyId, siteId, name }));
    const incidentId = await seedTestIncident(db, { agencyId });
    const relay = await FakeRelay.create(db, { agencyId, siteId }, server.services.signer.publicKey);
    return new Stage({
      url,
      db,
      redis,
      agencyId,
      siteId,
      cameras,
      incidentId,
      relay,
      server,
      start,
      closeDatabase: async () => {
        await database.close();
        await redis.kill();
        await rm(dataDir, { recursive: true, force: true });
      },
    });
  }

  get server(): CommonsightServer {
    return this.#server;
  }

  /** Connects the host and the relay, and waits until the server has adopted both. */
  async connectMedia(): Promise<void> {
    await Promise.all([this.connectHost(), this.connectRelay()]);
  }

  async connectHost(): Promise<void> {
    await this.host.connect(this.url, sfuLinkSecret);
    await this.untilHostReady();
  }

  async connectRelay(): Promise<void> {
    await this.relay.connect(this.url);
    await this.relay.untilAdopted();
  }

  untilHostReady(): Promise<boolean> {
    return until(async () => (await this.#health()).sfu.isConnected);
  }

  /** Ends the server and starts another one on the same records, port and Redis. */
  async restartServer(between: () => Promise<void> = async () => undefined): Promise<void> {
    await this.#server.close();
    await between();
    this.#server = await this.#start();
  }

  async signIn(role: Role, agencyId = this.agencyId): Promise<StageUser> {
    const user = await seedTestUser(this.db, { agencyId, role });
    const response = await fetch(`${this.url}/api/auth/sign-in/email`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: this.url },
      body: JSON.stringify({ email: user.email, password: testPassword }),
    });
    const cookie = response.headers
      .getSetCookie()
      .map((line) => line.split(';')[0])
      .join('; ');
    const call = async (method: string, path: string, body?: unknown) => {
      const answer = await fetch(`${this.url}${path}`, {
        method,
        headers: { cookie, origin: this.url, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      return { status: answer.status, body: await answer.json() };
    };
    return {
      actor: user,
      cookie,
      connect: async () => {
        const browser = await TestBrowser.connect(this.url, cookie, { origin: this.url });
        this.#browsers.push(browser);
        return browser;
      },
      call,
      get: async (schema, method, path, body) => {
        const answer = await call(method, path, body);
        if (answer.status !== 200) throw new Error(`${method} ${path}: ${JSON.stringify(answer.body)}`);
        return schema.parse(answer.body);
      },
    };
  }

  /** Gives the user a grant for cameras under the stage's incident. */
  grant(user: StageUser, cameras: readonly TestCamera[] = this.cameras): Promise<Grant> {
    return user.get(grantSchema, 'POST', '/api/grants', {
      incidentId: this.incidentId,
      purpose: 'violentCrime',
      cameraIds: cameras.map((camera) => camera.id),
    });
  }

  items(cameras: readonly TestCamera[] = this.cameras): RequestOf<'consumer:create'>['items'] {
    return cameras.map((camera) => ({ cameraId: camera.id, stream: 'sub', incidentId: this.incidentId }));
  }

  /** Views cameras and expects every one of them to be shown. */
  async view(browser: TestBrowser, cameras: readonly TestCamera[] = this.cameras): Promise<Shown[]> {
    const { results } = await browser.get('consumer:create', { items: this.items(cameras) });
    return results.map((result) => {
      if (!result.ok) throw new Error(`Not shown: ${result.error.code} ${result.error.message}`);
      return result;
    });
  }

  /** A user with grant, connection and peer. */
  async viewer(
    role: Role = 'analyst',
  ): Promise<{ user: StageUser; browser: TestBrowser; peer: ResponseOf<'peer:open'> }> {
    const user = await this.signIn(role);
    await this.grant(user);
    const browser = await user.connect();
    return { user, browser, peer: await browser.openPeer() };
  }

  async audit(type: AuditEvent['type']): Promise<AuditEvent[]> {
    const events = await new Audit(this.db).list(this.agencyId, { limit: 10_000 });
    return events.filter((line) => line.type === type).toReversed();
  }

  async close(): Promise<void> {
    for (const browser of this.#browsers) browser.close();
    this.host.disconnect();
    this.relay.disconnect();
    await this.#server.close();
    await this.#closeDatabase();
  }

  async #health(): Promise<{ sfu: { isConnected: boolean } }> {
    const response = await fetch(`${this.url}/api/health`);
    return (await response.json()) as { sfu: { isConnected: boolean } };
  }
}

export type Shown = Extract<ResponseOf<'consumer:create'>['results'][number], { ok: true }>;

interface StageParts {
  url: string;
  db: Db;
  redis: TestRedis;
  agencyId: string;
  siteId: string;
  cameras: readonly TestCamera[];
  incidentId: string;
  relay: FakeRelay;
  server: CommonsightServer;
  start: () => Promise<CommonsightServer>;
  closeDatabase: () => Promise<void>;
}

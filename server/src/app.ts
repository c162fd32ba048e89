import { mkdir } from 'node:fs/promises';
import rateLimit from '@fastify/rate-limit';
import Fastify, { LogController, type FastifyBaseLogger } from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import { Access } from './access/Access.ts';
import { CameraGroupLimits } from './access/CameraLimits.ts';
import { addRecordRoutes } from './addRecordRoutes.ts';
import { addressBlock } from './addressBlock.ts';
import { Audit } from './audit/Audit.ts';
import { Checkpoints } from './audit/Checkpoints.ts';
import { forgetNotes } from './alerts/alertRepository.ts';
import { eraseOldValues } from './audit/eraseOldValues.ts';
import { LogSigner } from './audit/LogSigner.ts';
import { takeEarlierLines } from './audit/takeEarlierLines.ts';
import { type Config, trustedOrigins } from './config.ts';
import type { Database } from './db/Database.ts';
import { openDatabase } from './db/openDatabase.ts';
import { addDigestRoutes } from './digests/routes.ts';
import { CodedError } from './errors.ts';
import { addUploadRoutes } from './footage/uploadRoutes.ts';
import { GrantClock } from './grants/GrantClock.ts';
import { RequestClock } from './grants/RequestClock.ts';
import { defaultLiveLimits, type Live, type LiveLimits, type LiveReadings, noLiveReadings } from './live.ts';
import { type Logger, createLogger } from './logger.ts';
import { createMailer } from './mail/createMailer.ts';
import { Notices } from './notices.ts';
import { acceptEmptyBodies } from './plugins/acceptEmptyBodies.ts';
import { addSecurityHeaders } from './plugins/addSecurityHeaders.ts';
import { answerErrors } from './plugins/answerErrors.ts';
import type { App } from './plugins/App.ts';
import { RequestBudget } from './plugins/RequestBudget.ts';
import { UserTurns } from './plugins/UserTurns.ts';
import { refuseForeignOrigins } from './plugins/refuseForeignOrigins.ts';
import { refuseUncontracted } from './plugins/refuseUncontracted.ts';
import { serveClient } from './plugins/serveClient.ts';
import { isProxyOf } from './proxies.ts';
import { closeRedis, connectRedis } from './redis.ts';
import { RepeatingJob } from './RepeatingJob.ts';
import { Examiner } from './reviews/Examiner.ts';
import { ReviewClock } from './reviews/ReviewClock.ts';
import { type Services, createServices } from './services.ts';
import { addAccountRoutes } from './sessions/accountRoutes.ts';
import { createSessions } from './sessions/createSessions.ts';
import { addSessionRoutes } from './sessions/routes.ts';
import { type SessionRulesOf, defaultSessionRules, rulesOfPolicy } from './sessions/sessionRules.ts';
import { attachLive } from './signaling/attachLive.ts';
import { disableUnused } from './users/disableUnused.ts';
import { addTrainingMails } from './training/addTrainingMails.ts';
import { switchTrainingCity } from './training/switchTrainingCity.ts';

const bodyLimitBytes = 64 * 1024;
/** Within which a whole request must have come. */
const requestLimitMs = 20_000;
/** Of one session with all its windows: 600 a minute, and as many at once. */
const sessionRequestLimit = { burst: 600, perSecond: 10 };
const sessionSweepMs = 15_000;
const unusedSweepMs = 60 * 60_000;
const overdueSweepMs = 15_000;
const registrationSweepMs = 10 * 60_000;
const applicationSweepMs = 5 * 60_000;
const footageSweepMs = 5 * 60_000;
const digestSweepMs = 60 * 60_000;
const retentionSweepMs = 60 * 60_000;
const refusalsMs = 60_000;

/** The whole server, built and not yet listening. */
export interface CommonsightServer {
  app: App;
  services: Services;
  notices: Notices;
  /** Ends sockets, timers, requests, Redis and the database, in this order. Idempotent. */
  close(): Promise<void>;
}

/** Builds the server from its settings. */
export async function createApp(options: {
  config: Config;
  logger?: Logger;
  /** An open database instead of the configured one; it is closed with the server. */
  database?: Database;
  /** Hears that this server must stop, because another one took its data folder. */
  onLockLost?: (error: Error) => void;
  /** Instead of the agency's policy pack. */
  sessionRules?: SessionRulesOf;
  limits?: LiveLimits;
  requestLimitMs?: number;
}): Promise<CommonsightServer> {
  const { config } = options;
  const logger = options.logger ?? createLogger(config.logLevel);
  const closers: (() => Promise<void>)[] = [];
  const close = async () => {
    for (let closer = closers.pop(); closer !== undefined; closer = closers.pop()) await closer();
  };

  try {
    await mkdir(config.dataDir, { recursive: true, mode: 0o700 });
    const database = options.database ?? (await open(config, logger, options.onLockLost));
    closers.push(() => database.close());
    const { db } = database;

    const redis = connectRedis(config.redisUrl, logger);
    closers.push(async () => closeRedis(redis));

    const audit = new Audit(db);
    await takeEarlierLines(db, audit.writer);
    const logSigner = await LogSigner.create(config);
    const checkpoints = await Checkpoints.create({
      db,
      writer: audit.writer,
      signer: logSigner,
      dataDir: config.dataDir,
      logger,
    });
    closers.push(() => checkpoints.close());
    const access = new Access(audit, new CameraGroupLimits(db));
    const notices = new Notices(logger);
    const rules = defaultSessionRules;
    // The pack is a record among the services, which know the sessions in turn.
    const rulesOf: SessionRulesOf =
      options.sessionRules ?? (async (agencyId) => rulesOfPolicy(await services.policies.sessionRules(agencyId)));
    const login = await createSessions({ config, db, redis, access, audit, notices, logger, rules, rulesOf });
    const { sessions } = login;

    // The live side is built on the services and tells them what flows: until it stands, nothing does.
    let readings: LiveReadings = noLiveReadings;
    const services: Services = await createServices({
      db,
      redis,
      access,
      audit,
      notices,
      sessions,
      tries: login.tries,
      factors: login.factors,
      rules,
      rulesOf,
      config,
      logSigner,
      readings: () => readings,
      mailer: createMailer(config, logger),
      logger,
    });
    closers.push(() => services.registry.mails.close());
    await services.relays.setAllOffline();
    const { keys: registryKeys, clock: registrationClock } = services.registry;
    const training = {
      db,
      audit,
      sessions,
      policies: services.policies,
      logger,
      registryKeys,
      dataDir: config.dataDir,
    };
    await switchTrainingCity(training, config.isTrainingCity);

    // Typed as Fastify's own logger: otherwise every function that takes the app needs pino's as a type parameter.
    const loggerInstance: FastifyBaseLogger = logger;
    const app: App = Fastify({
      loggerInstance,
      bodyLimit: bodyLimitBytes,
      ...untilWhole(options.requestLimitMs ?? requestLimitMs),
      exposeHeadRoutes: false,
      trustProxy: isProxyOf(config.trustedProxies),
      logController: new LogController({ disableRequestLogging: true }),
    });
    closers.push(() => app.close());

    app.setValidatorCompiler(validatorCompiler);
    app.setSerializerCompiler(serializerCompiler);
    app.decorateRequest('userActor', null);
    app.decorateRequest('admittedAtMs', 0);
    app.decorate('requestBudget', new RequestBudget(sessionRequestLimit));
    app.decorate('turns', new UserTurns());
    app.decorate('sessionOf', (request) => sessions.fromCookies(request.headers, request.ip));
    acceptEmptyBodies(app);
    answerErrors(app);
    refuseUncontracted(app);
    refuseForeignOrigins(app, trustedOrigins(config.publicUrl));
    await addSecurityHeaders(app, config);
    await app.register(rateLimit, {
      global: false,
      keyGenerator: (request) => addressBlock(request.ip),
      errorResponseBuilder: () => new CodedError('tooManyRequests'),
    });

    addSessionRoutes(app, login);
    addAccountRoutes(app, login);
    addRecordRoutes(app, {
      config,
      database,
      redis,
      access,
      audit,
      checkpoints,
      logSigner,
      services,
      readings: () => readings,
    });
    await addUploadRoutes(app, services.footage);
    await addDigestRoutes(app, services.digests.digests);
    addTrainingMails(app, config);
    const live: Live = await attachLive({
      app,
      config,
      logger,
      db,
      redis,
      access,
      audit,
      sessions,
      services,
      notices,
      limits: options.limits ?? defaultLiveLimits,
    });
    closers.push(() => live.close());
    readings = live.readings;

    const examiner = new Examiner({
      db,
      audit,
      notices,
      samplePercent: async (agencyId) => (await services.policies.current(agencyId)).pack.review.samplePercent,
    });
    const every = (periodMs: number, name: string, run: () => Promise<unknown>) =>
      RepeatingJob.every(periodMs, name, { logger, run });
    const clocks = [
      GrantClock.create({ db, audit, notices, logger }),
      RequestClock.create({ ...services, notices, logger }),
      ReviewClock.create({ examiner, logger }),
      services.push.delivery.start(logger),
      every(unusedSweepMs, 'unused accounts', () => disableUnused({ db, audit, sessions }, rules.unusedMs, new Date())),
      every(retentionSweepMs, 'retention of personal values', async () => {
        const packOf = async (agencyId: string) => (await services.policies.current(agencyId)).pack;
        await eraseOldValues({ db, audit, packOf }, new Date());
        await forgetNotes(db, new Date());
      }),
      every(registrationSweepMs, 'registrations', () => registrationClock.run(new Date())),
      every(applicationSweepMs, 'applications to share', () => services.applications.clock.run(new Date())),
      every(footageSweepMs, 'footage requests', () => services.footage.clock.run(new Date())),
      every(digestSweepMs, 'weekly mails of owners', () => services.digests.clock.run(new Date())),
      every(sessionSweepMs, 'session clock', async () => {
        await sessions.endExpired(new Date());
        await login.locks.lockIdle(new Date());
        await login.usedCodes.deleteOld(new Date());
        await login.tries.deleteOld(new Date());
        await services.messages.deleteOld(new Date());
      }),
      every(refusalsMs, 'refusals that were counted', () => services.refusals.writeCounted()),
      every(overdueSweepMs, 'approval clock', () => services.policies.endOverdueProposals(new Date())),
    ];
    closers.push(async () => {
      await Promise.all(clocks.map((clock) => clock.close()));
      await services.refusals
        .writeCounted()
        .catch((error: unknown) => logger.warn({ err: error }, 'Counted refusals could not be written down.'));
    });
    await serveClient(app, config.clientDir);

    await app.ready();
    return { app, services, notices, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Node looks for requests that are not whole only now and then, and Fastify by itself never ends one. */
function untilWhole(limitMs: number) {
  const times = { requestTimeout: limitMs, headersTimeout: limitMs, connectionsCheckingInterval: limitMs / 4 };
  return { requestTimeout: limitMs, http: times };
}

function open(config: Config, logger: Logger, onLockLost: (error: Error) => void = () => undefined): Promise<Database> {
  return openDatabase({
    databaseUrl: config.databaseUrl,
    dataDir: config.dataDir,
    onError: (error) => logger.warn({ err: error }, 'A connection to the database broke.'),
    onLockLost,
  });
}

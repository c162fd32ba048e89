import { routes } from '@commonsight/types/http/routes';
import type { Audit } from '../audit/Audit.ts';
import type { Config } from '../config.ts';
import type { Database } from '../db/Database.ts';
import type { LiveReadings } from '../live.ts';
import { addRoute } from '../plugins/addRoute.ts';
import type { App } from '../plugins/App.ts';
import { type Redis, isRedisUp } from '../redis.ts';
import { countRelays } from '../relays/relayRepository.ts';
import { countWitnesses } from '../witnesses/witnessRepository.ts';

/** They cosign once a minute at least. */
const witnessCurrentMs = 5 * 60_000;

/** What anybody may ask: whether the server works, and what the client must know before it signs in. */
export function addHealthRoutes(
  app: App,
  parts: { config: Config; database: Database; redis: Redis; audit: Audit; readings: () => LiveReadings },
): void {
  const { config, database, redis, audit, readings } = parts;

  addRoute(app, routes.health, async () => {
    const [isDatabaseUp, isRedis] = await Promise.all([database.isUp(), isRedisUp(redis)]);
    const since = new Date(Date.now() - witnessCurrentMs);
    const witnesses = isDatabaseUp ? await countWitnesses(database.db, since) : { current: 0, alarms: 0 };
    return {
      status:
        isDatabaseUp && isRedis && audit.isUp && witnesses.alarms === 0 ? ('ready' as const) : ('degraded' as const),
      database: word(isDatabaseUp),
      redis: word(isRedis),
      audit: word(audit.isUp),
      sfu: { isConnected: readings().isSfuConnected() },
      relays: isDatabaseUp ? await countRelays(database.db) : { enrolled: 0, online: 0 },
      witnesses,
    };
  });

  addRoute(app, routes.clientConfig, async () => ({
    mapboxToken: config.mapboxToken ?? null,
    isTraining: config.isTrainingCity,
  }));
}

function word(isUp: boolean): 'up' | 'down' {
  return isUp ? 'up' : 'down';
}

import { createClient } from 'redis';
import type { Logger } from './logger.ts';
import { withTimeLimit } from './signaling/withTimeLimit.ts';

const connectTimeoutMs = 2_000;
const answerTimeoutMs = 1_000;
const longestRetryMs = 1_000;
const pingIntervalMs = 5_000;
const maximumQueuedCommands = 5_000;

/**
 * The connection to Redis. Its client queues without bound while it is disconnected unless told otherwise: here a
 * command fails at once when Redis is down, and the caller goes on without it.
 */
export type Redis = ReturnType<typeof makeClient>;

/** Makes the client and begins to connect; it goes on trying by itself, also when Redis comes up later. */
export function connectRedis(url: string, logger: Logger): Redis {
  const client = makeClient(url);
  // Without an `error` listener a lost connection ends the process. One line for each outage, not for each attempt.
  let isReported = false;
  client.on('error', (error: Error) => {
    if (!isReported) logger.warn({ err: error }, 'Redis is not answering. Retrying.');
    isReported = true;
  });
  client.on('ready', () => {
    logger.info(isReported ? 'Redis answers again.' : 'Redis answers.');
    isReported = false;
  });
  client.connect().catch((error: unknown) => {
    if (client.isOpen) logger.error({ err: error }, 'The connection to Redis was given up.');
  });
  return client;
}

/** Whether Redis answers now. */
export async function isRedisUp(redis: Redis): Promise<boolean> {
  if (!redis.isReady) return false;
  try {
    return (await withTimeLimit(redis.ping(), answerTimeoutMs, () => new Error('Redis is silent.'))) === 'PONG';
  } catch {
    return false;
  }
}

/** Ends the connection without waiting for a server that may be gone. Idempotent. */
export function closeRedis(redis: Redis): void {
  if (redis.isOpen) redis.destroy();
}

function makeClient(url: string) {
  return createClient({
    url,
    disableOfflineQueue: true,
    commandsQueueMaxLength: maximumQueuedCommands,
    pingInterval: pingIntervalMs,
    socket: {
      connectTimeout: connectTimeoutMs,
      reconnectStrategy: (retries: number) => Math.min(50 * 2 ** Math.min(retries, 6), longestRetryMs),
    },
  });
}

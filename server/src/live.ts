import type { Watcher } from '@commonsight/types/camera';
import type { StreamHealth } from '@commonsight/types/health';
import type { App } from './plugins/App.ts';
import type { Access } from './access/Access.ts';
import type { Audit } from './audit/Audit.ts';
import type { Config } from './config.ts';
import type { Db } from './db/Database.ts';
import type { Logger } from './logger.ts';
import type { Notices } from './notices.ts';
import type { Redis } from './redis.ts';
import type { Services } from './services.ts';
import type { Sessions } from './sessions/Sessions.ts';

/** What the records' side asks the live side when it answers a question: what is so at this moment. */
export interface LiveReadings {
  streamHealth(streamId: string): StreamHealth;
  watchers(cameraId: string): Watcher[];
  isSfuConnected(): boolean;
}

/** How long the live side waits. */
export interface LiveLimits {
  /** From a browser's request to its answer. */
  requestTimeoutMs: number;
  /** From the unlocking of a session to the closing of its sockets: the new cookie is on its way to the browser. */
  unlockBreakMs: number;
}

/** A request's is a little less than browsers wait, so that they hear of it. */
export const defaultLiveLimits: LiveLimits = { requestTimeoutMs: 9_000, unlockBreakMs: 2_000 };

/** What the live side is built from. */
export interface LiveContext {
  app: App;
  config: Config;
  logger: Logger;
  db: Db;
  redis: Redis;
  access: Access;
  audit: Audit;
  sessions: Sessions;
  services: Services;
  notices: Notices;
  limits: LiveLimits;
}

/** The live side: sockets, links, walls, viewings. */
export interface Live {
  readings: LiveReadings;
  /** Idempotent. */
  close(): Promise<void>;
}

/** Before the live side stands, and without it, nothing flows. */
export const noLiveReadings: LiveReadings = {
  streamHealth: () => ({ state: 'idle' }),
  watchers: () => [],
  isSfuConnected: () => false,
};

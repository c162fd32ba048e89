import { type Logger, pino } from 'pino';
import type { Config } from './config.ts';

export type { Logger } from 'pino';

/** JSON lines to standard output. What may hold a secret is cut out by its name, wherever it stands. */
export function createLogger(level: Config['logLevel']): Logger {
  const secrets = ['password', 'token', 'secret', 'code', 'cookie', 'authorization', 'privateKey'];
  return pino({
    level,
    base: { process: 'server' },
    redact: {
      paths: [...secrets, ...secrets.map((name) => `*.${name}`), 'req.headers', 'res.headers'],
      remove: true,
    },
  });
}

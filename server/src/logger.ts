import { DrizzleQueryError } from 'drizzle-orm';
import { type DestinationStream, type Logger, pino } from 'pino';
import type { Config } from './config.ts';

export type { Logger } from 'pino';

/** JSON lines to standard output. What may hold a secret is cut out by its name, wherever it stands. */
export function createLogger(level: Config['logLevel'], to?: DestinationStream): Logger {
  const secrets = ['password', 'token', 'secret', 'cookie', 'authorization', 'privateKey'];
  const options = {
    level,
    base: { process: 'server' },
    serializers: { err: describeError },
    redact: {
      paths: [...secrets, ...secrets.map((name) => `*.${name}`), 'req.headers', 'res.headers'],
      remove: true,
    },
  };
  return to === undefined ? pino(options) : pino(options, to);
}

/**
 * An error for the log, with its causes. Taken field by field: database errors carry the values of the query, in
 * properties and in their message, and values are people's names, tokens and hashes.
 */
function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return { message: String(error) };
  const isQuery = error instanceof DrizzleQueryError;
  const message = isQuery ? `Failed query: ${error.query}` : error.message;
  const [, ...frames] = (error.stack ?? '').split(/\n(?=\s+at )/);
  return {
    type: error.name,
    message,
    ...('code' in error ? { code: String(error.code) } : {}),
    stack: frames.join('\n'),
    ...(error.cause === undefined ? {} : { cause: describeError(error.cause) }),
  };
}

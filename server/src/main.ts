import { type CommonsightServer, createApp } from './app.ts';
import { ConfigError, isOpenToNetwork, readConfig } from './config.ts';
import { AuditLogError } from './audit/AuditLogError.ts';
import { FolderInUseError } from './db/lockFolder.ts';
import { createLogger } from './logger.ts';

/** What a data folder answers that cannot be one. */
const unwritableCodes = new Set(['EACCES', 'EEXIST', 'ENOSPC', 'ENOTDIR', 'EPERM', 'EROFS']);

/** Reads the settings, listens, and ends on a signal. Exit code 1: it could not start; the last line says why. */
async function main(): Promise<void> {
  const config = readConfig(process.env);
  const logger = createLogger(config.logLevel);
  let server: CommonsightServer | null = null;
  if (isOpenToNetwork(config.publicUrl)) {
    logger.warn('PUBLIC_URL is http on a network: everybody there reads passwords and sessions. For training only.');
  }

  let isStopping = false;
  const stop = (reason: string, exitCode: number) => {
    if (isStopping) return;
    isStopping = true;
    logger.info({ reason }, 'Server stops.');
    // Whatever hangs must not keep the process: records are committed, the rest is rebuilt.
    setTimeout(() => process.exit(exitCode), 8_000).unref();
    void (server?.close() ?? Promise.resolve()).finally(() => process.exit(exitCode));
  };
  process.on('SIGINT', () => stop('SIGINT', 0));
  process.on('SIGTERM', () => stop('SIGTERM', 0));

  server = await createApp({
    config,
    logger,
    onLockLost: (error) => {
      logger.fatal({ err: error }, 'The lock of the data folder was lost. Another server may have taken it.');
      stop('lock lost', 1);
    },
  });
  try {
    await server.app.listen({ host: config.host, port: config.port });
  } catch (error) {
    await server.close();
    throw error;
  }
  logger.info({ address: config.publicUrl }, 'Server is ready.');
}

main().catch((error: unknown) => {
  const logger = createLogger('info');
  logger.fatal(isExpected(error) ? {} : { err: error }, explain(error));
  process.exit(1);
});

/** What a person can put right by themselves needs a sentence and no stack. */
function isExpected(error: unknown): boolean {
  return (
    error instanceof ConfigError ||
    error instanceof FolderInUseError ||
    error instanceof AuditLogError ||
    systemCode(error) !== undefined
  );
}

function explain(error: unknown): string {
  const code = systemCode(error) ?? '';
  if (code === 'EADDRINUSE') return `The port ${process.env['PORT'] ?? ''} is taken. Choose another with PORT.`;
  if (code === 'ECONNREFUSED') return 'The database at DATABASE_URL does not answer.';
  if (unwritableCodes.has(code)) return `The data folder ${process.env['DATA_DIR'] ?? ''} cannot be written.`;
  return error instanceof Error ? error.message : 'The server could not start.';
}

function systemCode(error: unknown): string | undefined {
  for (let current = error; current instanceof Error; current = current.cause) {
    if ('code' in current && typeof current.code === 'string' && /^E[A-Z]+$/.test(current.code)) return current.code;
  }
  return undefined;
}

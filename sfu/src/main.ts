import { pino } from 'pino';
import { createHost } from './app.ts';
import { readConfig } from './config.ts';

async function main(): Promise<void> {
  const config = readConfig(process.env);
  // mediasoup hands this process's environment on to its workers, which have no use for the secret.
  delete process.env['SFU_LINK_SECRET'];
  const log = pino({ level: config.logLevel });
  const host = await createHost({ config, log });
  const stop = (signal: NodeJS.Signals) => {
    log.info({ signal }, 'ending');
    host.close().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'not ended properly');
        process.exit(1);
      },
    );
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}

main().catch((error: unknown) => {
  pino().fatal({ err: error }, error instanceof Error ? error.message : 'The SFU host did not start.');
  process.exitCode = 1;
});

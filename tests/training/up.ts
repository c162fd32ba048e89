// Command-line entry point, what `npm start` runs: the whole training city on this machine.
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { SetupError } from '../setup/SetupError.ts';
import { claimDataFolder } from './dataFolder.ts';
import { watchLaunchers } from './launchers.ts';
import { assertPortFree } from './ports.ts';
import { banner } from './banner.ts';
import { runFolder } from './folders.ts';
import { prepare } from './prepare.ts';
import { StartedFile } from './StartedFile.ts';
import { type RunningStack, startStack } from './startStack.ts';

const settingsSchema = z.object({
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: z.coerce.number().int().min(1).max(65_535).default(8080),
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  COMMONSIGHT_DATA_DIR: z
    .string()
    .min(1)
    .default(join(runFolder, 'data'))
    .transform((path) => resolve(path)),
});

const progress = (line: string): void => console.log(line);
const startedFile = new StartedFile(join(runFolder, 'started.json'));
const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop.abort());
watchLaunchers(() => stop.abort());
// Whoever reads our lines may leave first, for example when the terminal is closed; that is no reason to crash.
process.stdout.on('error', () => stop.abort());

process.exitCode = await up();

async function up(): Promise<number> {
  let stack: RunningStack | undefined;
  try {
    const settings = readSettings();
    await assertPortFree(settings.PORT, settings.HOST);
    // Said now, and not after the minutes that a first start takes; the stack claims it for good.
    const claim = await claimDataFolder(settings.COMMONSIGHT_DATA_DIR);
    await claim.release();
    await startedFile.remove();
    const { clientFolder } = await prepare({ progress, signal: stop.signal });
    stack = await startStack({
      folder: runFolder,
      dataFolder: settings.COMMONSIGHT_DATA_DIR,
      clientFolder,
      host: settings.HOST,
      port: settings.PORT,
      publicUrl: settings.PUBLIC_URL,
      areCamerasChecked: true,
      env: childEnvironment(),
      progress,
      onPidsChanged: () => {
        if (!stack || stop.signal.aborted) return;
        startedFile.write(stack).catch((error: unknown) => console.error('started.json cannot be written.', error));
      },
      signal: stop.signal,
    });
    await startedFile.write(stack);
    progress(banner(stack));
    if (!stop.signal.aborted) await once(stop.signal, 'abort');
    progress('Stopping.');
    return 0;
  } catch (error) {
    if (stop.signal.aborted) return 130;
    // A sentence for what is wrong with the machine; the stack only for what is wrong with us.
    console.error(error instanceof SetupError ? error.message : error);
    return 1;
  } finally {
    if (stack) await startedFile.remove();
    await stack?.close();
  }
}

function readSettings(): z.infer<typeof settingsSchema> {
  const given = Object.fromEntries(Object.entries(process.env).filter(([, value]) => value !== ''));
  const settings = settingsSchema.safeParse(given);
  if (settings.success) return settings.data;
  const issue = settings.error.issues[0];
  throw new SetupError(
    `The setting ${issue?.path.join('.') ?? ''} is wrong: ${issue?.message ?? 'it cannot be read'}.`,
  );
}

/** The training city keeps its records in its own data folder, whatever database the shell happens to point to. */
function childEnvironment(): NodeJS.ProcessEnv {
  const { DATABASE_URL: _, ...rest } = process.env;
  return rest;
}

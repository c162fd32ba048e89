import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { runProgram } from '@commonsight/worker/runProgram';
import { SetupError } from '../setup/SetupError.ts';
import { checkoutFolder } from './folders.ts';
import { lastWords } from './lastWords.ts';
import { writePrivateFile } from './privateFile.ts';
import type { Training } from './trainingFile.ts';

export const relayProgram = join(checkoutFolder, 'sfu/relay/src/main.ts');

export interface Enrolment {
  folder: string;
  serverUrl: string;
  createCode: () => Promise<string>;
  env: NodeJS.ProcessEnv;
  signal?: AbortSignal | undefined;
}

/** Enrols the relay as its owner would, once per data folder. */
export async function ensureEnrolled({ folder, serverUrl, createCode, env, signal }: Enrolment): Promise<void> {
  if (existsSync(join(folder, 'relay.json'))) return;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const code = await createCode();
  const args = [relayProgram, 'enrol', '--server', serverUrl, '--code', code, '--folder', folder];
  await runProgram({ program: process.execPath, args, env, signal }).catch((error: unknown) => {
    signal?.throwIfAborted();
    throw new SetupError(`The relay cannot be enrolled: ${lastWords(error instanceof Error ? error.message : '')}`, {
      cause: error,
    });
  });
}

export interface CameraDoor {
  port: number;
  password: string;
}

/** Where the relay finds the training cameras. The addresses and passwords are nowhere else. */
export async function writeRelayCameras(
  folder: string,
  cameras: Training['cameras'],
  { port, password }: CameraDoor,
): Promise<void> {
  const addresses = cameras.map(({ id, number }) => [
    id,
    {
      host: '127.0.0.1',
      port,
      username: 'viewer',
      password,
      transport: 'tcp',
      streams: { main: `/cam${number}/main`, sub: `/cam${number}/sub` },
    },
  ]);
  await writePrivateFile(
    join(folder, 'cameras.json'),
    `${JSON.stringify({ cameras: Object.fromEntries(addresses) }, undefined, 2)}\n`,
  );
}

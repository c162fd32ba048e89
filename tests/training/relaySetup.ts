import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runProgram } from '@commonsight/worker/runProgram';
import { z } from 'zod';
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
  const relayFile = join(folder, 'relay.json');
  if (existsSync(relayFile)) {
    await pointTo(serverUrl, relayFile);
    return;
  }
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const code = await createCode();
  const args = [relayProgram, 'enrol', '--server', serverUrl, '--code', code, '--folder', folder];
  args.push('--name', 'Training relay');
  await runProgram({ program: process.execPath, args, env, signal }).catch((error: unknown) => {
    signal?.throwIfAborted();
    throw new SetupError(`The relay cannot be enrolled: ${lastWords(error instanceof Error ? error.message : '')}`, {
      cause: error,
    });
  });
}

/** The same server on another port, as after a start with another PORT, needs no new enrolment. */
async function pointTo(serverUrl: string, relayFile: string): Promise<void> {
  const enrolled = z.looseObject({ serverUrl: z.string() }).parse(JSON.parse(await readFile(relayFile, 'utf8')));
  if (new URL(enrolled.serverUrl).href === new URL(serverUrl).href) return;
  await writePrivateFile(relayFile, `${JSON.stringify({ ...enrolled, serverUrl }, undefined, 2)}\n`);
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

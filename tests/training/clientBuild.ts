import { join } from 'node:path';
import { runProgram } from '@commonsight/worker/runProgram';
import { SetupError } from '../setup/SetupError.ts';
import { checkoutFolder, runFolder } from './folders.ts';
import { ensureBuilt } from './stampedBuild.ts';

const clientFolder = join(checkoutFolder, 'client');

/** Builds the client when its sources, the contracts or a dependency changed. Returns the folder to serve. */
export async function ensureClient(progress: (line: string) => void, signal?: AbortSignal): Promise<string> {
  const output = join(clientFolder, 'dist');
  await ensureBuilt({
    sources: [clientFolder, join(checkoutFolder, 'types/src'), join(checkoutFolder, 'pnpm-lock.yaml')],
    output,
    workshop: join(clientFolder, 'node_modules', '.unfinished-build'),
    lockFile: join(runFolder, 'client-build.lock'),
    onWait: () => progress('Another process is building the client. Waiting for it.'),
    async build(folder) {
      progress('Building the client.');
      const vite = join(clientFolder, 'node_modules/vite/bin/vite.js');
      const args = [vite, 'build', '--outDir', folder, '--emptyOutDir'];
      await runProgram({ program: process.execPath, args, cwd: clientFolder, signal }).catch((error: unknown) => {
        signal?.throwIfAborted();
        throw new SetupError(`The client cannot be built. ${error instanceof Error ? error.message : ''}`, {
          cause: error,
        });
      });
    },
  });
  return output;
}

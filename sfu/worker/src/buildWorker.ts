import { join } from 'node:path';
import { installedMediasoup, recipeFolder } from './recipe.ts';
import { runProgram } from './runProgram.ts';

/** Debian's and Ubuntu's packages that the build needs. */
export const buildPackages: readonly string[] = [
  'cmake',
  'ninja-build',
  'g++',
  'libuv1-dev',
  'libssl-dev',
  'libsrtp2-dev',
  'libabsl-dev',
  'libflatbuffers-dev',
  'flatbuffers-compiler',
];

/** Reads a line of ninja, `[17/212] Building ...`, as steps done and steps in all. */
export function parseNinjaStep(line: string): { done: number; total: number } | undefined {
  const match = /^\[(\d+)\/(\d+)\] /.exec(line);
  return match ? { done: Number(match[1]), total: Number(match[2]) } : undefined;
}

/** Calls `report` once for each full five percent. */
export function everyFivePercent(report: (percent: number) => void): (done: number, total: number) => void {
  let reported = 0;
  return (done, total) => {
    const percent = Math.floor((done / total) * 20) * 5;
    if (percent <= reported) return;
    reported = percent;
    report(percent);
  };
}

/** Builds the worker in `folder`, which must be empty, and returns the path of the binary. */
export async function buildWorker(
  folder: string,
  progress: (line: string) => void,
  signal?: AbortSignal,
): Promise<string> {
  const { workerSources } = installedMediasoup();
  await runProgram({
    program: 'cmake',
    args: ['-G', 'Ninja', '-S', recipeFolder, '-B', folder, `-DMEDIASOUP_WORKER_DIR=${workerSources}`],
    signal,
  });
  const step = everyFivePercent((percent) => progress(`Building the mediasoup worker: ${percent} %`));
  await runProgram({
    program: 'ninja',
    args: ['-C', folder],
    signal,
    onLine(line) {
      const ninjaStep = parseNinjaStep(line);
      if (ninjaStep) step(ninjaStep.done, ninjaStep.total);
    },
  });
  return join(folder, 'mediasoup-worker');
}

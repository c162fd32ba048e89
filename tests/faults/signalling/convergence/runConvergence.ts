import type { Role } from '@commonsight/types/permission';
import { emptyRedis } from '../../emptyRedis.ts';
import type { ServerStage } from '../ServerStage.ts';
import { ClientWindows } from './ClientWindows.ts';
import { type HistoryResult, runHistory } from './runHistory.ts';

export interface ConvergenceReport {
  histories: number;
  results: HistoryResult[];
  serverKills: number;
  redisEmptied: number;
  /** Seeds of the histories whose windows did not come to show what the record holds, each with what they showed. */
  failed: HistoryResult[];
}

const roles: readonly Role[] = ['analyst', 'dispatcher', 'supervisor'];
/** At once, on walls of their own: a fault strikes them all. */
const sideBySide = 4;

/** F20: histories with the seeds from `seed` on. */
export async function runConvergence(
  stage: ServerStage,
  options: {
    histories: number;
    seed: number;
    shares: { killServer: number; emptyRedis: number };
    progress?: (line: string) => void;
  },
): Promise<ConvergenceReport> {
  const { stack } = stage;
  const cookies: string[] = [];
  for (const role of roles) cookies.push(await stage.signIn(role));
  const windows = new ClientWindows();
  const report: ConvergenceReport = {
    histories: options.histories,
    results: [],
    serverKills: 0,
    redisEmptied: 0,
    failed: [],
  };
  let killing: Promise<void> | undefined;
  const killServer = async (): Promise<void> => {
    report.serverKills += 1;
    await stack.kill('server');
    await stack.whenReady('server', 60_000);
  };
  const historyStage = {
    url: stage.url,
    cookies,
    cameraIds: stack.training.cameras.map(({ id }) => id),
    windows,
    faults: {
      // Two histories that want it at once share one.
      killServer: () => (killing ??= killServer().finally(() => (killing = undefined))),
      emptyRedis: async () => {
        report.redisEmptied += 1;
        await emptyRedis(stack.redisUrl);
      },
    },
  };
  try {
    let next = 0;
    const runSome = async (): Promise<void> => {
      while (next < options.histories) {
        const seed = options.seed + next;
        next += 1;
        const result = await runHistory(historyStage, seed, options.shares);
        report.results.push(result);
        if (result.difference !== '') report.failed.push(result);
        if (report.results.length % 50 === 0) options.progress?.(`${report.results.length} of ${options.histories}`);
      }
    };
    await Promise.all(Array.from({ length: sideBySide }, runSome));
    return report;
  } finally {
    await windows.close();
  }
}

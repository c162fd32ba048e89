import { availableParallelism, loadavg } from 'node:os';
import { forkLog } from './forkLog.ts';

/** F14: how long until a relay raises a log that was rewritten with its own key. Answers whether it was in time, with evidence. */
export async function runFork(progress: (line: string) => void): Promise<boolean> {
  const report = await forkLog(progress);
  const { raisedAfterMs, toldAfterMs, statusCode, evidenceCode, words } = report;
  console.log(words);
  console.log(
    `The relay raised the fork ${(raisedAfterMs / 1_000).toFixed(2)} s after the server first showed it, and the server ` +
      `said so itself ${(toldAfterMs / 1_000).toFixed(2)} s later; ${availableParallelism()} cores, load ${loadavg()[0]?.toFixed(1)}`,
  );
  return raisedAfterMs < 10_000 && statusCode === 1 && evidenceCode === 1;
}

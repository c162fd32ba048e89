import { ensureSystemPackages, systemPackages } from '../../setup/systemPackages.ts';
import { runScript } from '../../support/runScript.ts';
import type { FaultRun } from '../FaultRun.ts';
import { runRedis } from './redis/runRedis.ts';
import { runFork } from './runFork.ts';
import { runRevocation } from './revocation/runRevocation.ts';
import { runPackets } from './runPackets.ts';

/** Figures F12 to F16: what the audit log, the grants and the login stand. */
export const auditRuns: readonly FaultRun[] = [
  {
    name: 'kills',
    title: 'A process that writes the audit log is killed; what it acknowledged is there, once',
    counted: { option: 'kills', byDefault: 1000 },
    run: async ({ count, progress }) => {
      await ensureSystemPackages(systemPackages.test, progress);
      return (await runScript('server/scripts/killAudit.ts', ['--kills', String(count)])) === 0;
    },
  },
  {
    name: 'packets',
    title: 'Packets are captured: none precedes its line, and none flows when it cannot be written',
    run: ({ progress }) => runPackets(progress),
  },
  {
    name: 'fork',
    title: 'The log is rewritten with its own key; the relay that witnessed it raises it',
    run: async ({ progress }) => {
      await ensureSystemPackages(systemPackages.test, progress);
      return runFork(progress);
    },
  },
  {
    name: 'redis',
    title: 'Redis is killed and emptied under a wall; what the login has shut stays shut',
    counted: { option: 'runs', byDefault: 5 },
    run: runRedis,
  },
  {
    name: 'revocation',
    title: 'What is watched is ended in every way; the last packet is measured, also when the viewer comes back',
    counted: { option: 'runs', byDefault: 30 },
    run: runRevocation,
  },
  {
    name: 'mutations',
    title: 'Exports are changed in every way that is known, and logs by the owner of their database; each is found',
    counted: { option: 'count', byDefault: 10_000 },
    run: async ({ count, progress }) => {
      await ensureSystemPackages(systemPackages.test, progress);
      const made = await runScript('types/verify/scripts/measure.ts', [String(count)]);
      const running = await runScript('server/scripts/tamperAudit.ts', ['--count', String(Math.ceil(count / 10))]);
      return made === 0 && running === 0;
    },
  },
];

import { randomInt } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureSystemPackages, systemPackages } from '../../setup/systemPackages.ts';
import { prepare } from '../../training/prepare.ts';
import { startStack } from '../../training/startStack.ts';
import { AuditDatabase } from './AuditDatabase.ts';
import { watchPackets } from './watchPackets.ts';

/** F13: no packet before its line is durable, and none when it cannot be written. */
export async function runPackets(progress: (line: string) => void): Promise<boolean> {
  await ensureSystemPackages([...systemPackages.test, ...systemPackages.browser], progress);
  const folder = await mkdtemp(join(tmpdir(), 'commonsight-packets-'));
  const database = await AuditDatabase.start();
  try {
    const { clientFolder } = await prepare({ progress, signal: new AbortController().signal });
    const first = 20_000 + randomInt(90) * 100;
    const uplinkPorts = { first, last: first + 99 };
    const env = {
      ...process.env,
      DATABASE_URL: database.url,
      SFU_UPLINK_PORTS: `${uplinkPorts.first}-${uplinkPorts.last}`,
    };
    const stack = await startStack({ folder, clientFolder, progress, env });
    try {
      const report = await watchPackets(stack, uplinkPorts, database);
      console.log(
        `Packets while no line could be written: ${report.packetsWhileRefused}; lines refused: ${report.refusals}`,
      );
      console.log(
        `${report.lines} lines, ${report.streams} streams to the browser, of which earlier than their line: ${report.early}`,
      );
      console.log(
        `From the first line's commit to the first packet from the relay ${report.commitToUplinkMs.toFixed(1)} ms, to the ` +
          `browser ${report.commitToBrowserMs.toFixed(1)} ms; ${availableParallelism()} cores, load ${loadavg()[0]?.toFixed(1)}`,
      );
      const areLater = report.early === 0 && report.commitToUplinkMs > 0 && report.commitToBrowserMs > 0;
      const areRefused = report.packetsWhileRefused === 0 && report.refusals > 0;
      return areRefused && report.streams >= 9 && areLater;
    } finally {
      await stack.close();
    }
  } finally {
    await database.close();
    await rm(folder, { recursive: true, force: true });
  }
}

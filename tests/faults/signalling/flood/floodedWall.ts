import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureSystemPackages, systemPackages } from '../../../setup/systemPackages.ts';
import { measureTiles, type TileMeasurement } from '../../../support/browser/measureTiles.ts';
import { prepare } from '../../../training/prepare.ts';
import { startStack } from '../../../training/startStack.ts';
import { WatchedWall } from '../../WatchedWall.ts';
import { type FloodReport, runFlood } from './runFlood.ts';

export interface FloodedWallReport extends FloodReport {
  seconds: number;
  /** Before and during the flood. */
  tiles: Record<'before' | 'during the flood', TileMeasurement[]>;
}

const perSecond = 5_000;

/** The flood on the whole system, with nine live tiles in a browser. */
export async function floodedWall(options: {
  seconds: number;
  progress: (line: string) => void;
}): Promise<FloodedWallReport> {
  const { seconds, progress } = options;
  await ensureSystemPackages(systemPackages.browser, progress);
  const folder = await mkdtemp(join(tmpdir(), 'commonsight-flood-'));
  const { clientFolder } = await prepare({ progress, signal: new AbortController().signal });
  const stack = await startStack({ folder, clientFolder, progress });
  try {
    const wall = await WatchedWall.open(stack);
    try {
      const tiles: FloodedWallReport['tiles'] = { before: [], 'during the flood': [] };
      const report = await runFlood({
        url: stack.url,
        users: stack.users,
        perSecond,
        seconds,
        beside: async (during, time) => {
          const title = during === 'quiet' ? 'before' : 'during the flood';
          tiles[title] = await measureTiles(wall.page, time * 1000);
        },
      });
      return { ...report, seconds, tiles };
    } finally {
      await wall.close();
    }
  } finally {
    await stack.close();
    await rm(folder, { recursive: true, force: true });
  }
}

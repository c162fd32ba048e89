import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureSystemPackages, systemPackages } from '../../../setup/systemPackages.ts';
import { ApiUser } from '../../../support/ApiUser.ts';
import { median } from '../../../support/statistics.ts';
import { prepare } from '../../../training/prepare.ts';
import { type RunningStack, startStack } from '../../../training/startStack.ts';
import type { FaultRunContext } from '../../FaultRun.ts';
import { emptyRedis } from '../../emptyRedis.ts';
import { redisEmptied, redisKilled } from '../../scenarios.ts';
import { WatchedWall } from '../../WatchedWall.ts';
import { type ShutDoor, shutDoors } from './ShutDoors.ts';

const scenarios = [redisKilled, redisEmptied];

/** F15: Redis is killed, and emptied, under a running wall; what was shut stays shut. */
export async function runRedis({ count, progress }: FaultRunContext): Promise<boolean> {
  await ensureSystemPackages(systemPackages.browser, progress);
  const folder = await mkdtemp(join(tmpdir(), 'commonsight-redis-'));
  const { clientFolder } = await prepare({ progress, signal: new AbortController().signal });
  const stack = await startStack({ folder, clientFolder, progress });
  try {
    const doors = await shutDoorsOf(stack);
    const wall = await WatchedWall.open(stack);
    const opened: string[] = [];
    try {
      opened.push(...(await openOnes(doors)).map((name) => `before: ${name}`));
      for (const scenario of scenarios) {
        const figures = new Map<string, number[]>();
        for (let run = 1; run <= count; run += 1) {
          progress(`Run ${run} of ${count}: ${scenario.title}`);
          for (const [figure, ms] of Object.entries(await scenario.run(stack, wall))) {
            figures.set(figure, [...(figures.get(figure) ?? []), ms]);
          }
          opened.push(...(await openOnes(doors)).map((name) => `${scenario.name}: ${name}`));
        }
        for (const [figure, times] of figures) {
          const words = [median(times), Math.min(...times), Math.max(...times)].map((ms) => (ms / 1000).toFixed(2));
          console.log(`${scenario.title}: ${figure} ${words[0]} s (${words[1]} to ${words[2]} s)`);
        }
      }
    } finally {
      await wall.close();
    }
    const tries = doors.length * (1 + scenarios.length * count);
    console.log(`${tries} tries at ${doors.length} ways in that were shut: ${opened.length} let somebody in`);
    for (const name of opened) console.log(`  ${name}`);
    console.log(`${availableParallelism()} cores, load ${loadavg()[0]?.toFixed(1)}.`);
    return opened.length === 0;
  } finally {
    await stack.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** The names of those that let somebody in. One after another: many tries at one moment look like guessing. */
export async function openOnes(doors: readonly ShutDoor[]): Promise<string[]> {
  const open: string[] = [];
  for (const door of doors) if (await door.isOpen()) open.push(door.name);
  return open;
}

export async function shutDoorsOf({ url, users, redisUrl }: RunningStack): Promise<ShutDoor[]> {
  const administrator = users.find(({ role }) => role === 'administrator');
  if (administrator === undefined) throw new Error('The training city has no administrator.');
  const lose = (): Promise<void> => emptyRedis(redisUrl);
  return shutDoors({ administrator: await ApiUser.signIn(url, administrator), url, lose });
}

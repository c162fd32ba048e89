import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { prepare } from '../training/prepare.ts';
import { type RunningStack, startStack } from '../training/startStack.ts';
import { openOnes, shutDoorsOf } from './audit/redis/runRedis.ts';
import type { ShutDoor } from './audit/redis/ShutDoors.ts';
import { scenarios } from './scenarios.ts';
import { WatchedWall } from './WatchedWall.ts';

// One run of each fault. That the wall comes back is the assertion; how fast is `pnpm faults`' business.
describe('the wall comes back by itself', () => {
  let folder: string;
  let stack: RunningStack;
  let wall: WatchedWall;
  let doors: readonly ShutDoor[];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'commonsight-faults-'));
    const { clientFolder } = await prepare({ progress: () => {}, signal: new AbortController().signal });
    stack = await startStack({ folder, clientFolder });
    doors = await shutDoorsOf(stack);
    wall = await WatchedWall.open(stack);
  }, 300_000);

  afterAll(async () => {
    await wall?.close();
    await stack?.close();
    await rm(folder, { recursive: true, force: true });
  }, 60_000);

  it.each(scenarios)(
    '$title',
    async (scenario) => {
      const result = await scenario.run(stack, wall);
      console.log(`${scenario.title}: ${JSON.stringify(result)}`);
      expect(Object.values(result).every(Number.isFinite)).toBe(true);
    },
    240_000,
  );

  it('F15 and through all of it nobody gets around the login', async () => {
    expect(await openOnes(doors)).toEqual([]);
  }, 60_000);
});

import { readFile } from 'node:fs/promises';
import { type RunningStack } from '../training/startStack.ts';
import { emptyRedis } from './emptyRedis.ts';
import { outageOf, saidAfterMs } from './outage.ts';
import { until } from '../training/until.ts';
import { TILES, type WatchedWall } from './WatchedWall.ts';

/** What one run of a fault showed. Times in ms, each the worst of all tiles. */
export type FaultResult = Record<string, number>;

export interface FaultScenario {
  name: string;
  title: string;
  run(stack: RunningStack, wall: WatchedWall): Promise<FaultResult>;
}

/** Clock ticks of work by which one worker can be told from an idle one. */
const telling = 10;

const worst = (values: readonly number[]): number => Math.max(...values);

async function outages(wall: WatchedWall, faultAtMs: number): Promise<{ backAfterMs: number; longestGapMs: number }> {
  const tiles = (await wall.read()).map((tile) => outageOf(tile, faultAtMs));
  return {
    backAfterMs: worst(tiles.map((tile) => tile.backAfterMs)),
    longestGapMs: worst(tiles.map((tile) => tile.longestGapMs)),
  };
}

/** Processor time that a process has used so far, in clock ticks (proc(5), fields utime and stime). */
async function processorTicks(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return Number(fields[11]) + Number(fields[12]);
}

/**
 * The worker of the SFU host or the relay that works most now: the one that carries the wall. What a worker has used since
 * its start says nothing, because the wall may have moved since.
 */
async function busiestWorker(ownerPid: number): Promise<number> {
  const list = await readFile(`/proc/${ownerPid}/task/${ownerPid}/children`, 'utf8');
  const children = list.trim().split(' ').filter(Boolean).map(Number);
  const before = await Promise.all(children.map(processorTicks));
  const used = async () => Promise.all(children.map(async (pid, i) => (await processorTicks(pid)) - (before[i] ?? 0)));
  let ticks: number[] = [];
  await until(async () => worst((ticks = await used())) >= telling, { timeoutMs: 20_000 });
  const busiest = children[ticks.indexOf(worst(ticks))];
  if (busiest === undefined) throw new Error(`Process ${ownerPid} has no worker.`);
  return busiest;
}

/** Does something that changes the wall and waits until the page shows it: control is back. */
async function untilControl(wall: WatchedWall): Promise<void> {
  const { page } = wall;
  await page.getByTestId('connection').and(page.locator('[data-state="connected"]')).waitFor({ timeout: 60_000 });
  await page.getByRole('button', { name: 'Layout 16', exact: true }).click();
  await page.getByTestId('tile').nth(15).waitFor({ timeout: 60_000 });
  await page.getByRole('button', { name: 'Layout 9', exact: true }).click();
  await page.getByTestId('tile').nth(9).waitFor({ state: 'detached', timeout: 60_000 });
}

function workerKilled(name: string, title: string, owner: 'sfu' | 'relay'): FaultScenario {
  return {
    name,
    title,
    async run(stack, wall) {
      const pid = await busiestWorker(stack.pids[owner] ?? 0);
      await wall.reset();
      const faultAtMs = Date.now();
      process.kill(pid, 'SIGKILL');
      // Drained first: else the last frames before the kill would pass for the recovery.
      await wall.untilDrained(faultAtMs);
      await wall.untilLive();
      return { 'all tiles back': (await outages(wall, faultAtMs)).backAfterMs };
    },
  };
}

const sfuKilled: FaultScenario = {
  name: 'sfu',
  title: 'The SFU host is killed',
  async run(stack, wall) {
    await wall.reset();
    const faultAtMs = Date.now();
    await stack.kill('sfu');
    await wall.untilDrained(faultAtMs);
    await wall.untilLive();
    return { 'all tiles back': (await outages(wall, faultAtMs)).backAfterMs };
  },
};

const serverKilled: FaultScenario = {
  name: 'server',
  title: 'The server is killed while cameras are watched',
  async run(stack, wall) {
    await wall.reset();
    const faultAtMs = Date.now();
    await stack.kill('server');
    await stack.whenReady('server');
    await untilControl(wall);
    const controlAfterMs = Date.now() - faultAtMs;
    await wall.untilLive();
    return {
      'longest pause of a picture': (await outages(wall, faultAtMs)).longestGapMs,
      'control back': controlAfterMs,
    };
  },
};

function redisLost(name: string, title: string, lose: (stack: RunningStack) => Promise<void>): FaultScenario {
  return {
    name,
    title,
    async run(stack, wall) {
      await wall.reset();
      const faultAtMs = Date.now();
      await lose(stack);
      await untilControl(wall);
      const controlAfterMs = Date.now() - faultAtMs;
      await wall.untilLive();
      return {
        'longest pause of a picture': (await outages(wall, faultAtMs)).longestGapMs,
        'walls back': controlAfterMs,
      };
    },
  };
}

export const redisKilled = redisLost('redis', 'Redis is killed', async (stack) => {
  await stack.kill('redis');
  await stack.whenReady('redis');
});

export const redisEmptied = redisLost('redisEmptied', 'Redis is emptied', ({ redisUrl }) => emptyRedis(redisUrl));

/** For what is stopped, stays away until the tiles have said so, and comes back. */
function stoppedAndStarted(name: 'cameras' | 'relay', title: string): FaultScenario {
  return {
    name,
    title,
    async run(stack, wall) {
      await wall.reset();
      const faultAtMs = Date.now();
      await stack.stop(name, 'SIGKILL');
      await wall.untilNoneLive();
      const said = (await wall.read()).map((tile) => saidAfterMs(tile, faultAtMs) ?? Number.NaN);
      if (said.length !== TILES) throw new Error(`${said.length} tiles instead of ${TILES}.`);
      const returnedAtMs = Date.now();
      await stack.start(name);
      await wall.untilLive();
      const { backAfterMs } = await outages(wall, faultAtMs);
      return {
        'every tile said so': worst(said),
        'live after its start': Math.max(0, faultAtMs + backAfterMs - returnedAtMs),
      };
    },
  };
}

export const scenarios: readonly FaultScenario[] = [
  workerKilled('worker', 'A worker of the SFU host is killed', 'sfu'),
  workerKilled('relayWorker', "The relay's worker is killed", 'relay'),
  sfuKilled,
  serverKilled,
  redisKilled,
  redisEmptied,
  stoppedAndStarted('cameras', 'The cameras are killed and started again'),
  stoppedAndStarted('relay', 'The relay is killed and started again'),
];

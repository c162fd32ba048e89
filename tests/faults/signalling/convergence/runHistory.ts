import { isDeepStrictEqual } from 'node:util';
import type { Wall } from '@commonsight/types/wall';
import { SignalingProbe } from '../../../support/SignalingProbe.ts';
import { until } from '../../../training/until.ts';
import { createWall } from '../Bystander.ts';
import { Random } from '../Random.ts';
import type { ClientWindows } from './ClientWindows.ts';

/** What a history needs of the stage; several run side by side on walls of their own. */
export interface HistoryStage {
  url: string;
  /** Of the users whose windows take part. */
  cookies: readonly string[];
  cameraIds: readonly string[];
  windows: ClientWindows;
  /** Faults of the whole system: they strike every history that runs. */
  faults: Readonly<Record<'killServer' | 'emptyRedis', () => Promise<void>>>;
}

export interface HistoryResult {
  seed: number;
  steps: number;
  /** By what became of them: `ok` or the code of the refusal. */
  outcomes: Record<string, number>;
  /** Empty when every window shows what the record holds; else what each shows. */
  difference: string;
  settledAfterMs: number;
}

const windowsOfEach = 4;
const settleTimeoutMs = 45_000;
const layouts = ['1', '4', '9', '16'] as const;

/**
 * F20: one random history of a wall with several windows, decided by its seed: changes, the same request sent twice,
 * broken sockets with requests under way, windows that come and go, tiles named that are gone. At its end nothing more
 * is changed, and every window must come to show what the record holds.
 */
export async function runHistory(
  stage: HistoryStage,
  seed: number,
  faultShares: { killServer: number; emptyRedis: number },
): Promise<HistoryResult> {
  const random = new Random(seed);
  const { windows } = stage;
  const [owner = ''] = stage.cookies;
  const wallId = await createWallWhenServed(stage.url, owner);
  const names = Array.from({ length: windowsOfEach }, (_, index) => `${seed}/${index}`);
  for (const [index, name] of names.entries()) {
    await windows.open(name, stage.url, stage.cookies[index % stage.cookies.length] ?? owner);
    await windows.join(name, wallId);
  }
  for (const name of names) await untilShown(windows, name);
  const outcomes: Record<string, number> = {};
  const note = (outcome: string): void => void (outcomes[outcome] = (outcomes[outcome] ?? 0) + 1);
  const underWay: Promise<unknown>[] = [];
  const steps = random.int(12, 30);
  let known: string[] = [];
  const faultAtStep = random.int(0, steps - 1);
  const faults = (['killServer', 'emptyRedis'] as const).filter((name) => random.happens(faultShares[name]));

  for (let step = 0; step < steps; step += 1) {
    if (step === faultAtStep) {
      const struck = faults.map((fault) => stage.faults[fault]());
      if (random.happens(0.5)) await Promise.all(struck);
      else underWay.push(...struck);
    }
    const name = random.pick(names);
    const act = random.int(0, 11);
    if (act === 0) {
      await windows.act(name, 'break');
      if (random.happens(0.5)) await untilShown(windows, name);
    } else if (act === 1) {
      await windows.act(name, 'leave');
      await windows.join(name, wallId);
    } else {
      // Tiles of the wall as this window saw it some steps ago: some of them have moved, some are gone.
      if (random.happens(0.4)) known = tileIds(await windows.wallOf(name)) ?? known;
      const [request, payload] = change(random, stage.cameraIds, wallId, known);
      const send = (): Promise<void> => windows.request(name, request, payload).then(note);
      const sent = act === 2 ? [send(), send()] : [send()];
      // The answer is lost, and nobody knows whether it was done: it is sent again.
      if (act === 3) {
        await windows.act(name, 'break');
        await untilShown(windows, name);
        sent.push(send());
      }
      if (random.happens(0.5)) await Promise.all(sent);
      else underWay.push(...sent);
    }
  }
  await Promise.all(underWay);
  const settled = await untilSame(stage, names, wallId, owner);
  for (const name of names) await windows.act(name, 'close');
  return { seed, steps, outcomes, ...settled };
}

/** Waits until the window is connected and shows a wall, be it a stale one. */
async function untilShown(windows: ClientWindows, name: string): Promise<void> {
  await until(async () => (await windows.wallOf(name)) !== null, { timeoutMs: settleTimeoutMs, everyMs: 20 });
}

/** The server may just have been killed by another history. */
async function createWallWhenServed(url: string, cookie: string): Promise<string> {
  let wallId = '';
  await until(async () => (wallId = await createWall(url, cookie).catch(() => '')) !== '', {
    timeoutMs: 60_000,
    everyMs: 250,
  });
  return wallId;
}

function change(
  random: Random,
  cameraIds: readonly string[],
  wallId: string,
  known: readonly string[],
): [name: string, payload: object] {
  const screen = random.happens(0.85) ? 1 : random.int(1, 3);
  const slot = random.int(1, 9);
  const act = random.int(0, 9);
  if (act <= 3 || (act <= 6 && known.length === 0)) {
    return ['wall:assignTile', { wallId, screen, slot, cameraId: random.pick(cameraIds), incidentId: null }];
  }
  if (act <= 5) return ['wall:moveTile', { wallId, tileId: random.pick(known), toScreen: screen, toSlot: slot }];
  if (act === 6) return ['wall:clearTile', { wallId, tileId: random.pick(known) }];
  if (act === 7) return ['wall:setLayout', { wallId, screen, layout: random.pick(layouts) }];
  if (act === 8) return ['wall:addScreen', { wallId, layout: random.pick(layouts) }];
  return ['wall:undo', { wallId }];
}

function tileIds(wall: Wall | null): string[] | undefined {
  return wall?.screens.flatMap(({ tiles }) => tiles.map(({ id }) => id));
}

/** Waits until every window shows the wall as the server has it, live and, with Redis emptied, from its record. */
async function untilSame(
  stage: HistoryStage,
  names: readonly string[],
  wallId: string,
  cookie: string,
): Promise<{ difference: string; settledAfterMs: number }> {
  const startedAtMs = performance.now();
  let record: Wall | null = null;
  let shown: (Wall | null)[] = [];
  const isSame = await until(
    async () => {
      shown = await Promise.all(names.map((name) => stage.windows.wallOf(name)));
      // Only then: a session may ask over HTTP so often and no more.
      if (!shown.every((wall) => isSameWall(wall, shown[0] ?? null))) return false;
      record = await readWall(stage.url, wallId, cookie);
      return shown.every((wall) => isSameWall(wall, record));
    },
    { timeoutMs: settleTimeoutMs, everyMs: 50 },
  );
  const settledAfterMs = performance.now() - startedAtMs;
  if (!isSame) return { difference: JSON.stringify({ record, shown }), settledAfterMs };
  await stage.faults.emptyRedis();
  // Another history may have killed the server just now: what cannot be read says nothing yet.
  await until(
    async () => {
      record = await readWall(stage.url, wallId, cookie);
      return record !== null;
    },
    { timeoutMs: settleTimeoutMs, everyMs: 50 },
  );
  const isRecorded = shown.every((wall) => isSameWall(wall, record));
  return { difference: isRecorded ? '' : JSON.stringify({ record, shown }), settledAfterMs };
}

/** The order of tiles and screens in a list says nothing. */
function isSameWall(one: Wall | null, other: Wall | null): boolean {
  return one !== null && other !== null && isDeepStrictEqual(sorted(one), sorted(other));
}

function sorted(wall: Wall): Wall {
  const screens = wall.screens.map((screen) => ({
    ...screen,
    tiles: screen.tiles.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
  }));
  return { ...wall, screens: screens.toSorted((a, b) => a.number - b.number) };
}

/** As a socket that joins it, which is the only way to read a wall (WAL7). */
async function readWall(url: string, wallId: string, cookie: string): Promise<Wall | null> {
  const probe = await SignalingProbe.connect(url, cookie).catch(() => null);
  if (probe === null) return null;
  try {
    const answer = await probe.request('wall:join', { wallId, screen: null });
    return answer.ok ? answer.value.wall : null;
  } catch {
    return null;
  } finally {
    probe.close();
  }
}

import { setTimeout as wait } from 'node:timers/promises';
import { until } from '../../../training/until.ts';
import { probationSsrc } from '../../../support/RawViewer.ts';
import type { PacketCapture } from '../PacketCapture.ts';
import { type ActPeople, type Prepared, type RevocationAct, revocationActs } from './acts.ts';
import type { RevocationStage } from './RevocationStage.ts';

/** What the one who looks does at the moment when it ends. */
export const habits = ['stays', 'is cut off', 'is paused'] as const;
export type Habit = (typeof habits)[number];

/** How one viewing ended. */
export interface EndedViewing {
  act: string;
  title: string;
  habit: Habit;
  /** From the asking, or the moment that had been set, to the last packet towards the viewer; 0 when that was earlier. */
  lastPacketMs: number;
  packets: number;
  /** Viewings that it had after it came back: there should be none. */
  viewingsAfter: number;
}

/** How long after the end whoever was cut off or paused comes back. */
const awayMs = 400;
/** So many packets come in this time that silence for so long is an end. */
const silentMs = 1_500;
const silenceTimeoutMs = 60_000;
/** Each is measured for itself, and not how they queue behind each other. */
const betweenMs = 300;

/** Does every act once for each habit, all of them in one go, and waits until nothing comes any more. */
export async function endViewings(
  stage: RevocationStage,
  people: ActPeople,
  wish: { acts?: readonly RevocationAct[]; habits: readonly Habit[] },
): Promise<EndedViewing[]> {
  await stage.capture.forget();
  const pairs = (wish.acts ?? revocationActs).flatMap((act) => wish.habits.map((habit, at) => ({ act, habit, at })));
  const prepared = await Promise.all(
    pairs.map(async ({ act, habit, at }) => ({ act, habit, prepared: await act.prepare(stage, people, at) })),
  );
  try {
    const ended = await Promise.all(
      prepared.map(async ({ act, habit, prepared: one }, index) => {
        await wait(index * betweenMs);
        const { sinceMs, viewingsAfter } = await endOne(one, habit);
        return { act: act.name, title: act.title, habit, sinceMs, viewingsAfter, port: one.watching.viewer.port };
      }),
    );
    const lastPackets = await untilSilent(stage.capture, new Set(ended.map(({ port }) => port)));
    return ended.map(({ sinceMs, port, ...rest }) => {
      const { packets, lastAtMs } = lastPackets.get(port) ?? { packets: 0, lastAtMs: Number.NaN };
      return { ...rest, packets, lastPacketMs: Math.max(0, lastAtMs - sinceMs) };
    });
  } finally {
    for (const { prepared: one } of prepared) await one.restore?.();
    stage.leave();
  }
}

async function endOne(
  { watching: { viewer }, near, end, mayLookAgain = false }: Prepared,
  habit: Habit,
): Promise<{ sinceMs: number; viewingsAfter: number }> {
  await near?.();
  if (habit === 'is cut off') viewer.cut();
  if (habit === 'is paused') viewer.pause();
  const askedAtMs = Date.now();
  const sinceMs = (await end()) ?? askedAtMs;
  await wait(awayMs);
  if (habit === 'is paused') viewer.goOn();
  return { sinceMs, viewingsAfter: await viewer.comeBack({ asksAgain: !mayLookAgain }) };
}

/** Waits until no picture goes to any of the ports; answers what went there. Throws when some goes on. */
async function untilSilent(
  capture: PacketCapture,
  ports: ReadonlySet<number>,
): Promise<Map<number, { packets: number; lastAtMs: number }>> {
  const sums = new Map<number, { packets: number; lastAtMs: number }>();
  const isSilent = await until(
    async () => {
      sums.clear();
      const nowMs = Date.now();
      for (const { destination, ssrc, packets, lastAtMs } of await capture.read()) {
        if (!ports.has(destination) || ssrc === probationSsrc) continue;
        const sum = sums.get(destination) ?? { packets: 0, lastAtMs: 0 };
        sums.set(destination, { packets: sum.packets + packets, lastAtMs: Math.max(sum.lastAtMs, lastAtMs) });
      }
      return [...sums.values()].every(({ lastAtMs }) => nowMs - lastAtMs > silentMs);
    },
    { timeoutMs: silenceTimeoutMs, everyMs: 300 },
  );
  if (!isSilent) throw new Error('Packets still go to somebody whose viewing has ended.');
  return sums;
}

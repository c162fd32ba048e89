import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureSystemPackages, systemPackages } from '../../../setup/systemPackages.ts';
import { RawViewer } from '../../../support/RawViewer.ts';
import { quantile } from '../../../support/statistics.ts';
import { prepare } from '../../../training/prepare.ts';
import { startStack } from '../../../training/startStack.ts';
import type { FaultRunContext } from '../../FaultRun.ts';
import { AuditDatabase } from '../AuditDatabase.ts';
import { PacketCapture } from '../PacketCapture.ts';
import { relayRevoked } from './acts.ts';
import { type EndedViewing, endViewings, habits } from './endViewings.ts';
import { RevocationStage } from './RevocationStage.ts';

/** F16. */
const goalMs = 1_000;
const expiryMs = 20_000;

/** Starts a training city on a database that can be reached into, and a capture of what goes over loopback. */
export async function withStage<T>(
  progress: (line: string) => void,
  act: (stage: RevocationStage) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'commonsight-revocation-'));
  const database = await AuditDatabase.start();
  try {
    const { clientFolder } = await prepare({ progress, signal: new AbortController().signal });
    const env = { ...process.env, DATABASE_URL: database.url };
    const stack = await startStack({ folder, clientFolder, progress, env });
    const capture = await PacketCapture.start();
    try {
      return await act(await RevocationStage.open({ stack, database, capture }));
    } finally {
      RawViewer.end();
      await capture.close();
      await stack.close();
    }
  } finally {
    await database.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** F16: from what ends a viewing to the last packet towards its viewer, also when that one comes back. */
export async function runRevocation({ count, progress }: FaultRunContext): Promise<boolean> {
  await ensureSystemPackages([...systemPackages.test, ...systemPackages.browser], progress);
  return withStage(progress, async (stage) => {
    const analysts = await Promise.all(habits.map(() => stage.analyst()));
    const people = { analysts, limited: await stage.newcomer(), expiryMs };
    const all: EndedViewing[] = [];
    for (let run = 1; run <= count; run += 1) {
      progress(`Run ${run} of ${count}`);
      all.push(...(await endViewings(stage, people, { habits })));
    }
    all.push(...(await endViewings(stage, people, { acts: [relayRevoked()], habits })));
    return print(all);
  });
}

function print(all: readonly EndedViewing[]): boolean {
  console.log('| What ends it | The viewer | Runs | To the last packet, p50 | p95 | Longest | Viewings after |');
  console.log('|---|---|---|---|---|---|---|');
  let isGood = true;
  for (const ofAct of Map.groupBy(all, ({ title, habit }) => `${title} | ${habit}`).values()) {
    const [{ title, habit } = { title: '', habit: '' }] = ofAct;
    const times = ofAct.map(({ lastPacketMs }) => lastPacketMs);
    const after = ofAct.reduce((sum, { viewingsAfter }) => sum + viewingsAfter, 0);
    const ms = (part: number): string => `${quantile(times, part).toFixed(0)} ms`;
    console.log(`| ${title} | ${habit} | ${times.length} | ${ms(0.5)} | ${ms(0.95)} | ${ms(1)} | ${after} |`);
    isGood &&= after === 0 && quantile(times, 0.95) <= goalMs && ofAct.every(({ packets }) => packets > 0);
  }
  console.log(`\n${availableParallelism()} cores, load ${loadavg()[0]?.toFixed(1)}.`);
  return isGood;
}

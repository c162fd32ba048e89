// Command-line entry point: how much processor time and memory a relay takes for nine cameras.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { RelayStage, type StagedStream } from './support/RelayStage.ts';

const cameraCount = 9;
const warmUpMs = 5_000;
const measureMs = 20_000;
/** What Linux counts processor time in, on every machine that Node runs on. */
const tickMs = 10;

interface Usage {
  readonly cpuMs: number;
  readonly residentMegabytes: number;
}

async function usageOf(pid: number): Promise<Usage> {
  const fields = (await readFile(`/proc/${pid}/stat`, 'utf8')).replace(/^.*\) /, '').split(' ');
  const resident = /VmRSS:\s+(\d+)/.exec(await readFile(`/proc/${pid}/status`, 'utf8'))?.[1];
  return { cpuMs: (Number(fields[11]) + Number(fields[12])) * tickMs, residentMegabytes: Number(resident) / 1024 };
}

async function measure(stage: RelayStage, streams: readonly StagedStream[], kind: string): Promise<void> {
  for (const stream of streams) await stream.untilHealth('live');
  await wait(warmUpMs);
  const pids = { relay: stage.relay.pid, worker: (await stage.relay.workerPid()) ?? 0 };
  const before = { relay: await usageOf(pids.relay), worker: await usageOf(pids.worker) };
  const packets = () => streams.flatMap(({ uplink }) => uplink.packets);
  const bytesOf = () => packets().reduce((sum, packet) => sum + packet.bytes, 0);
  const [bytesBefore, packetsBefore, startedAtMs] = [bytesOf(), packets().length, performance.now()];
  await wait(measureMs);
  const elapsedMs = performance.now() - startedAtMs;
  const megabits = ((bytesOf() - bytesBefore) * 8) / 1000 / elapsedMs / cameraCount;
  const packetRate = ((packets().length - packetsBefore) * 1000) / elapsedMs / cameraCount;
  console.log(
    `${kind}: ${cameraCount} cameras, ${megabits.toFixed(2)} Mbit/s and ${packetRate.toFixed(0)} packets/s each`,
  );
  for (const name of ['relay', 'worker'] as const) {
    const after = await usageOf(pids[name]);
    const share = ((after.cpuMs - before[name].cpuMs) / elapsedMs) * 100;
    const perCamera = share / cameraCount;
    console.log(
      `  ${name}: ${share.toFixed(1)} % of a core, ${perCamera.toFixed(2)} % a camera, ` +
        `${(perCamera / megabits).toFixed(2)} % a Mbit/s, ${after.residentMegabytes.toFixed(0)} MB`,
    );
  }
}

const cameras = spawn(process.execPath, [join(import.meta.dirname, '../../training/cameras.ts')], {
  env: { ...process.env, CAMERAS_PORT: '0', CAMERAS_COUNT: String(cameraCount) },
  stdio: ['ignore', 'pipe', 'inherit'],
});
const [line] = (await once(createInterface({ input: cameras.stdout }), 'line')) as [string];
const { port } = z.object({ port: z.number() }).parse(JSON.parse(line));
const stage = await RelayStage.open({ LOG_LEVEL: 'info' });
for (const kind of ['sub', 'main'] as const) {
  const streams: StagedStream[] = [];
  for (let number = 1; number <= cameraCount; number += 1) {
    const cameraId = await stage.addCamera({ port, streams: { [kind]: `/cam${number}/${kind}` } });
    streams.push(await stage.start(cameraId, { kind }));
  }
  await measure(stage, streams, kind);
  for (const stream of streams) await stream.stop();
}
await stage.close();
cameras.kill('SIGTERM');

// Command-line entry point, a part of what `pnpm faults audit mutations` runs for figure F14: an export that a running
// server gives out, with single bytes changed; and a log that the owner of its database has tampered with.
import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { verifyBundle } from 'commonsight-verify/bundle';
import { parseVerifierKey } from 'commonsight-verify/note';
import { z } from 'zod';
import { tamperWithLog } from '../src/audit/testing/tamperWithLog.ts';
import { openPglite } from '../src/db/openPglite.ts';
import { createTestServer } from '../src/testing/createTestServer.ts';
import { testPosition } from '../src/testing/seed.ts';

const { values } = parseArgs({ options: { count: { type: 'string', default: '1000' } } });
const count = Number(values.count);
if (!Number.isInteger(count) || count < 1) throw new Error('Usage: node server/scripts/tamperAudit.ts [--count N]');

const print = (line: string) => void process.stdout.write(`${line}\n`);
const command = fileURLToPath(new URL('../../types/verify/src/cli/main.ts', import.meta.url));
const folder = await mkdtemp(join(tmpdir(), 'commonsight-tamper-'));
const openings = { onLockLost: () => undefined };

/** The exit code of `commonsight-verify`. */
async function runCommand(file: string, key: string): Promise<unknown> {
  const child = spawn(process.execPath, [command, file, '--key', key], { stdio: 'ignore' });
  return (await once(child, 'exit'))[0];
}

/** Takes an export over HTTP; answers whether the command finds it good, and of the changed ones, which are missed. */
async function changeExport(): Promise<{ bytes: number; isGood: boolean; isFoundByCommand: boolean; missed: number }> {
  const server = await createTestServer(
    {},
    { database: await openPglite({ ...openings, dataDir: join(folder, 'server') }) },
  );
  try {
    const url = await server.server.app.listen({ host: '127.0.0.1', port: 0 });
    const supervisor = await server.signIn('supervisor');
    const incident = { title: 'Fire', priority: 1, position: testPosition };
    for (let made = 0; made < 10; made += 1) await supervisor.call('POST', '/api/incidents', incident);
    const get = async (path: string) => {
      const answer = await fetch(`${url}${path}`, { headers: { cookie: supervisor.cookie } });
      if (!answer.ok) throw new Error(`${path} is answered with ${answer.status}.`);
      return Buffer.from(await answer.arrayBuffer());
    };
    const good = await get(`/api/log/${server.agencyId}/export`);
    const answer: unknown = JSON.parse((await get(`/api/log/key?log=${server.agencyId}`)).toString());
    const { verifierKey } = z.object({ verifierKey: z.string() }).parse(answer);
    const changed = () => {
      const bytes = Buffer.from(good);
      const at = randomInt(bytes.length);
      bytes.writeUInt8(bytes.readUInt8(at) ^ (1 + randomInt(255)), at);
      return bytes;
    };
    const [goodFile, badFile] = [join(folder, 'good.jsonl'), join(folder, 'bad.jsonl')];
    await writeFile(goodFile, good);
    await writeFile(badFile, changed());
    let missed = 0;
    for (let run = 0; run < count; run += 1) {
      if ((await verifyBundle([changed()], { log: [parseVerifierKey(verifierKey)] })).ok) missed += 1;
    }
    return {
      bytes: good.length,
      isGood: (await runCommand(goodFile, verifierKey)) === 0,
      isFoundByCommand: (await runCommand(badFile, verifierKey)) === 1,
      missed,
    };
  } finally {
    await server.close();
  }
}

const database = await openPglite({ ...openings, dataDir: join(folder, 'tampered') });
try {
  const { bytes, isGood, isFoundByCommand, missed } = await changeExport();
  print(`An export of ${bytes} bytes from a running server: ${isGood ? 'good' : 'bad'} by the command;`);
  print(
    `one byte changed: ${isFoundByCommand ? 'found' : 'missed'} by the command; ${count} times: ${missed} missed.\n`,
  );
  const figures = await tamperWithLog({
    db: database.db,
    dataDir: folder,
    runs: count,
    below: (limit) => randomInt(limit),
  });
  print('| By the owner of the database | Runs | Found at start | Found in an export | Missed |');
  print('|---|---|---|---|---|');
  let missedInAll = missed;
  for (const [kind, one] of figures) {
    print(`| ${kind} | ${one.runs} | ${one.foundAtStart} | ${one.foundInExport} | ${one.missed} |`);
    missedInAll += one.missed;
  }
  print(`\n${availableParallelism()} cores, load ${loadavg()[0]?.toFixed(1)}.`);
  process.exitCode = isGood && isFoundByCommand && missedInAll === 0 ? 0 : 1;
} finally {
  await database.close();
  await rm(folder, { recursive: true, force: true });
}

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type BundleVerdict, verifyBundle } from 'commonsight-verify/bundle';
import { parseVerifierKey } from 'commonsight-verify/note';

const program = fileURLToPath(new URL('writeLines.ts', import.meta.url));

/** A kill comes at a moment within this time after the first acknowledged line, or within the start. */
const longestLifeMs = 250;

export interface KillResult {
  kills: number;
  acknowledged: number;
  /** In the log. More than were acknowledged, because some die between their commit and its answer. */
  lines: number;
  lost: number;
  doubled: number;
  verdict: BundleVerdict;
}

/**
 * Starts a process that writes lines, kills it (SIGKILL) at a random moment, and again, on one database. Then exports the
 * log and holds it against what was acknowledged.
 */
export async function killWriter(options: {
  kills: number;
  dataDir: string;
  databaseUrl?: string | undefined;
  progress?: (kill: number, acknowledged: number) => void;
}): Promise<KillResult> {
  const acknowledged = new Set<string>();
  for (let kill = 0; kill < options.kills; kill += 1) {
    for (const mark of await writeUntilKilled(options, kill)) acknowledged.add(mark);
    options.progress?.(kill + 1, acknowledged.size);
  }
  const file = join(options.dataDir, 'export.jsonl');
  const key = await exportTo(options, file);
  const verdict = await verifyBundle(createReadStream(file), { log: [parseVerifierKey(key)] });
  const counts = await countMarks(file);
  return {
    kills: options.kills,
    acknowledged: acknowledged.size,
    lines: [...counts.values()].reduce((sum, count) => sum + count, 0),
    lost: [...acknowledged].filter((mark) => !counts.has(mark)).length,
    doubled: [...counts.values()].filter((count) => count > 1).length,
    verdict,
  };
}

async function writeUntilKilled(
  options: { dataDir: string; databaseUrl?: string | undefined },
  run: number,
): Promise<string[]> {
  const child = start(options, ['--run', String(run)]);
  const exited = once(child, 'exit');
  const marks: string[] = [];
  let text = '';
  const ready = new Promise<void>((resolve) => {
    child.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      const lines = text.split('\n');
      text = lines.pop() ?? '';
      marks.push(...lines.filter((line) => line !== 'ready'));
      if (marks.length > 0) resolve();
    });
  });
  await Promise.race([ready, exited.then(([code]) => Promise.reject(new Error(`The writer ended with ${code}.`)))]);
  await wait(Math.random() * longestLifeMs);
  child.kill('SIGKILL');
  await exited;
  // What it wrote last is still in the pipe.
  if (child.stdout?.readableEnded === false) await once(child.stdout, 'end');
  return marks;
}

async function exportTo(options: { dataDir: string; databaseUrl?: string | undefined }, file: string): Promise<string> {
  const child = start(options, ['--export', file]);
  let key = '';
  child.stdout?.on('data', (chunk: Buffer) => (key += chunk.toString()));
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`The export ended with ${code}.`);
  return key.trim();
}

function start(
  { dataDir, databaseUrl }: { dataDir: string; databaseUrl?: string | undefined },
  more: string[],
): ChildProcess {
  const database = databaseUrl === undefined ? [] : ['--databaseUrl', databaseUrl];
  return spawn(process.execPath, [program, '--dataDir', dataDir, ...database, ...more], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

async function countMarks(file: string): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  for await (const line of createInterface({ input: createReadStream(file) })) {
    const mark = /"act":"([^"]+)"/.exec(line)?.[1];
    if (mark !== undefined) counts.set(mark, (counts.get(mark) ?? 0) + 1);
  }
  return counts;
}

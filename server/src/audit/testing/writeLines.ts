// A process that writes lines as fast as it can and says on stdout which are acknowledged, until it is killed. With
// `--export FILE` it writes the whole log there instead, and ends.
import { writeSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { eq } from 'drizzle-orm';
import { openDatabase } from '../../db/openDatabase.ts';
import { auditEntries } from '../../db/schema.ts';
import { createLogger } from '../../logger.ts';
import { Audit } from '../Audit.ts';
import { Checkpoints } from '../Checkpoints.ts';
import { exportLog } from '../exportLog.ts';
import { LogSigner } from '../LogSigner.ts';

/** The log of the agency whose lines are written. */
const agencyId = '0190f000-0000-7000-8000-000000000001';
const writers = 8;
const pause = new Int32Array(new SharedArrayBuffer(4));

const { values } = parseArgs({
  options: {
    dataDir: { type: 'string' },
    databaseUrl: { type: 'string' },
    run: { type: 'string', default: '0' },
    export: { type: 'string' },
  },
});
const dataDir = values.dataDir ?? '.';

const database = await openDatabase({
  databaseUrl: values.databaseUrl,
  dataDir,
  onError: () => undefined,
  onLockLost: () => undefined,
});
const audit = new Audit(database.db);
const signer = await LogSigner.create({ dataDir, publicUrl: 'https://log.test' });
const parts = { db: database.db, writer: audit.writer, signer, dataDir, logger: createLogger('silent') };
const checkpoints = await Checkpoints.create(parts);

if (values.export === undefined) {
  say('ready');
  await Promise.all(Array.from({ length: writers }, (_, at) => writeForEver(at)));
} else {
  const file = await open(values.export, 'w');
  for await (const piece of exportLog(parts, agencyId, {})) await file.write(piece);
  await file.close();
  say(signer.verifierKeyOf(agencyId));
  await checkpoints.close();
  await database.close();
}

async function writeForEver(writer: number): Promise<void> {
  for (let count = 0; ; count += 1) {
    const mark = `r${values.run}w${writer}n${count}`;
    const act = {
      type: 'wall.changed' as const,
      outcome: 'done' as const,
      actor: { kind: 'system' as const, agencyId },
      details: { act: mark, note: 'what may be erased' },
    };
    // Every third one with a record in its commit, every third one with several lines.
    if (count % 3 === 0) await audit.record(act);
    else if (count % 3 === 1) await audit.recordAll([act, { ...act, details: { act: `${mark}b` } }]);
    else
      await audit.recordAll([act], {
        with: async (tx) => void (await tx.$count(auditEntries, eq(auditEntries.index, 0))),
      });
    say(count % 3 === 1 ? `${mark}\n${mark}b` : mark);
  }
}

/** At once, past every buffer: what is acknowledged is acknowledged, whatever happens next. */
function say(line: string): void {
  let rest = Buffer.from(`${line}\n`);
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(1, rest));
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EAGAIN')) throw error;
      // The pipe is full, because who reads it has no time; Node made it non-blocking.
      Atomics.wait(pause, 0, 0, 1);
    }
  }
}

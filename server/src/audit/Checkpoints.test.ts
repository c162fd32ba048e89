import { mkdtemp, readFile, rename, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openCheckpoint } from 'commonsight-verify/checkpoint';
import { parseVerifierKey } from 'commonsight-verify/note';
import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { describeStorages } from '../db/testing/describeStorages.ts';
import type { Database } from '../db/Database.ts';
import { newId } from '../ids.ts';
import { createLogger } from '../logger.ts';
import { until } from '../testing/until.ts';
import { Audit } from './Audit.ts';
import { Checkpoints } from './Checkpoints.ts';
import { readLastCheckpoint } from './logRepository.ts';
import { LogSigner } from './LogSigner.ts';

const publicUrl = 'https://rtcc.example';
const logger = createLogger('silent');

describeStorages('checkpoints', (storage) => {
  let dataDir: string;
  let database: Database;
  let logId: string;
  let running: Checkpoints | null = null;

  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'commonsight-log-'));
    database = await storage.open();
    logId = newId();
  });

  afterEach(async () => {
    await running?.close();
    await database.close();
    await rm(dataDir, { recursive: true, force: true });
  });

  /** What a start of the server does with the log. */
  async function start(): Promise<{ audit: Audit; signer: LogSigner; checkpoints: Checkpoints }> {
    await running?.close();
    running = null;
    const audit = new Audit(database.db);
    const signer = await LogSigner.create({ dataDir, publicUrl });
    const checkpoints = await Checkpoints.create({ db: database.db, writer: audit.writer, signer, dataDir, logger });
    running = checkpoints;
    return { audit, signer, checkpoints };
  }

  const write = (audit: Audit, count: number) =>
    audit.recordAll(
      Array.from({ length: count }, () => ({
        type: 'wall.read' as const,
        outcome: 'done' as const,
        actor: { kind: 'anonymous' as const, sourceAddress: '192.0.2.1' },
        agencyId: logId,
      })),
    );

  const last = async () => (await readLastCheckpoint(database.db, logId))?.size ?? 0;

  /** Acts as the owner of the database, whom no trigger stops. */
  async function asOwner(table: string, statement: ReturnType<typeof sql>): Promise<void> {
    await running?.close();
    running = null;
    await database.db.execute(sql.raw(`alter table ${table} disable trigger user`));
    await database.db.execute(statement);
    await database.db.execute(sql.raw(`alter table ${table} enable trigger user`));
  }

  test('LOG4 the log is signed within a second of new lines, by the published key and under its own name', async () => {
    const { audit, signer } = await start();
    await write(audit, 3);
    await until(async () => (await last()) === 3);
    const note = (await readLastCheckpoint(database.db, logId))?.note ?? '';
    const log = [parseVerifierKey(signer.verifierKeyOf(logId))];
    expect(openCheckpoint(note, { log })).toMatchObject({ origin: `rtcc.example/log/${logId}`, size: 3 });
    expect(await readFile(join(dataDir, 'log', `${logId}.checkpoint`), 'utf8')).toBe(note);
    expect((await stat(join(dataDir, 'keys', 'audit-log.key'))).mode & 0o777).toBe(0o600);
  });

  test('LOG4 a start signs what was not signed any more, and the log keeps its name', async () => {
    await write(new Audit(database.db), 5);
    const first = await start();
    expect(await last()).toBe(5);
    await write(first.audit, 2);
    await first.checkpoints.close();
    expect(await last()).toBe(7);
    const again = await LogSigner.create({ dataDir, publicUrl: 'https://elsewhere.example' });
    expect(again.originOf('server')).toBe('rtcc.example/log/server');
  });

  describe('LOG5 a start finds what the owner of the database did', () => {
    beforeEach(async () => {
      const { audit, checkpoints } = await start();
      await write(audit, 300);
      await checkpoints.signNow();
      await write(audit, 5);
      await checkpoints.signNow();
    });

    const ofLog = () => sql`log_id = ${logId}`;

    test.each<[string, string, () => ReturnType<typeof sql>, string]>([
      [
        'an entry changed',
        'audit_entries',
        () => sql`update audit_entries set leaf = replace(leaf, 'done', 'refused') where ${ofLog()} and index = 7`,
        'entry 7 is not the one that was written',
      ],
      [
        'an entry taken out',
        'audit_entries',
        () => sql`delete from audit_entries where ${ofLog()} and index = 7`,
        '1 of its 305 entries are missing',
      ],
      [
        'the log cut',
        'audit_entries',
        () => sql`delete from audit_entries where ${ofLog()} and index >= 290`,
        '305 entries were signed and 290 are left',
      ],
      [
        'two entries exchanged',
        'audit_entries',
        () =>
          sql`with old as (select * from audit_entries) update audit_entries e set leaf = o.leaf, hash = o.hash from old o where e.log_id = ${logId} and o.log_id = ${logId} and ((e.index = 3 and o.index = 4))`,
        '',
      ],
      [
        'a stored hash changed',
        'audit_hashes',
        () => sql`update audit_hashes set hash = decode(repeat('00', 32), 'hex') where ${ofLog()}`,
        'hash',
      ],
      [
        'a person exchanged',
        'audit_values',
        () =>
          sql`update audit_values set openings = jsonb_set(openings, '{sourceAddress,value}', '"192.0.2.9"') where ${ofLog()} and index = 9`,
        'entry 9 has another sourceAddress beside it',
      ],
    ])('%s', async (_what, table, statement, sentence) => {
      if (_what === 'two entries exchanged') {
        await asOwner('audit_entries', sql`alter table audit_entries drop constraint audit_entries_id_unique`);
      }
      await asOwner(table, statement());
      await expect(start()).rejects.toThrow(sentence);
      await expect(start()).rejects.toMatchObject({ name: 'AuditLogError' });
    });

    test('the log rewritten with its hashes and without its checkpoints', async () => {
      await asOwner('audit_entries', sql`delete from audit_entries where ${ofLog()}`);
      await asOwner('audit_hashes', sql`delete from audit_hashes where ${ofLog()}`);
      await asOwner('audit_values', sql`delete from audit_values where ${ofLog()}`);
      await asOwner('audit_checkpoints', sql`delete from audit_checkpoints where ${ofLog()}`);
      await expect(start()).rejects.toThrow('305 entries were signed and 0 are left');
      // As many entries as there were, and others.
      await write(new Audit(database.db), 306);
      await expect(start()).rejects.toThrow('its first 305 entries are not those that were signed');
    });

    test('and nothing where nothing was done, erased values included', async () => {
      await database.db.transaction(async (tx) => {
        await tx.execute(sql`select set_config('commonsight.erases_audit_values', 'on', true)`);
        await tx.execute(sql`delete from audit_values where index < 10`);
      });
      await start();
      expect(await last()).toBe(305);
    });
  });

  test('LOG5 a start without the key refuses instead of signing with another one', async () => {
    const { audit, checkpoints } = await start();
    await write(audit, 1);
    await checkpoints.close();
    const key = join(dataDir, 'keys', 'audit-log.key');
    await rename(key, `${key}.away`);
    await expect(start()).rejects.toThrow('was signed with another key');
    await rename(`${key}.away`, key);
    await start();
  });

  test('LOG6 while the log cannot be signed nothing is written; then it goes on', async () => {
    const { audit } = await start();
    await write(audit, 1);
    await until(async () => (await last()) === 1);
    await database.db.execute(sql`alter table audit_checkpoints rename to audit_checkpoints_away`);
    await write(audit, 1);
    await until(() => !audit.isUp);
    await expect(write(audit, 1)).rejects.toThrow('The audit log cannot be signed.');
    await database.db.execute(sql`alter table audit_checkpoints_away rename to audit_checkpoints`);
    await until(() => audit.isUp);
    await write(audit, 1);
    await until(async () => (await last()) === 3);
  });
});

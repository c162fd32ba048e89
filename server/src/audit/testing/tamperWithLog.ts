import { verifyBundle } from 'commonsight-verify/bundle';
import { type OpenedCheckpoint, openCheckpoint } from 'commonsight-verify/checkpoint';
import { sql } from 'drizzle-orm';
import type { Db } from '../../db/Database.ts';
import { newId } from '../../ids.ts';
import { createLogger } from '../../logger.ts';
import { Audit } from '../Audit.ts';
import { AuditLogError } from '../AuditLogError.ts';
import { Checkpoints } from '../Checkpoints.ts';
import { exportLog } from '../exportLog.ts';
import { readLastCheckpoint } from '../logRepository.ts';
import { LogSigner } from '../LogSigner.ts';
import { type Below, logTables, run, type TamperingKind, tamperings } from './tamperings.ts';

/** What became of one kind of tampering. */
export interface TamperFigures {
  runs: number;
  /** By the next start of the server, by an export's verification; most are found by both. */
  foundAtStart: number;
  foundInExport: number;
  missed: number;
}

const entries = 40;

/** Writes a log, tampers with it as the owner of its database in every way in turn, and asks start and verifier. */
export async function tamperWithLog(options: {
  db: Db;
  dataDir: string;
  runs: number;
  below: Below;
}): Promise<Map<TamperingKind, TamperFigures>> {
  const { db, dataDir, runs, below } = options;
  const audit = new Audit(db);
  const signer = await LogSigner.create({ dataDir, publicUrl: 'https://log.test' });
  const start = (writer: Audit['writer']) =>
    Checkpoints.create({ db, writer, signer, dataDir, logger: createLogger('silent') });
  const logId = newId();
  const before = await start(audit.writer);
  for (let count = 0; count < entries; count += 1) await audit.record(lineOf(logId));
  await before.close();
  const since = await lastCheckpoint(db, logId, signer);
  for (const table of Object.keys(logTables)) await db.execute(sql.raw(`create table kept_${table} as table ${table}`));

  /** What a start of the server says. */
  const isRefused = async (): Promise<boolean> => {
    try {
      await (await start(new Audit(db).writer)).close();
      return false;
    } catch (error) {
      if (error instanceof AuditLogError) return true;
      throw error;
    }
  };
  const isFoundInExport = async (): Promise<boolean> => {
    try {
      const pieces = exportLog({ db, signer }, logId, {});
      return !(await verifyBundle(pieces, { log: [signer.verifierOf(logId)], since })).ok;
    } catch {
      // Nothing that could be handed to anybody came of it.
      return true;
    }
  };

  if ((await isRefused()) || (await isFoundInExport())) throw new Error('The log is bad before anybody changed it.');
  const kinds = Object.keys(tamperings) as TamperingKind[];
  const figures = new Map<TamperingKind, TamperFigures>();
  for (let count = 0; count < runs; count += 1) {
    const kind = kinds[count % kinds.length] ?? 'changedEntry';
    await tamperings[kind]({ db, logId, size: entries }, below);
    const foundInExport = await isFoundInExport();
    const foundAtStart = await isRefused();
    const sum = figures.get(kind) ?? { runs: 0, foundAtStart: 0, foundInExport: 0, missed: 0 };
    figures.set(kind, {
      runs: sum.runs + 1,
      foundAtStart: sum.foundAtStart + Number(foundAtStart),
      foundInExport: sum.foundInExport + Number(foundInExport),
      missed: sum.missed + Number(!foundAtStart && !foundInExport),
    });
    await restore(db);
  }
  return figures;
}

function lineOf(agencyId: string) {
  const actor = {
    kind: 'user' as const,
    userId: newId(),
    name: 'Ada',
    agencyId,
    role: 'analyst' as const,
    sessionId: newId(),
    sourceAddress: '192.0.2.1',
  };
  return { type: 'wall.read' as const, outcome: 'done' as const, actor };
}

async function lastCheckpoint(db: Db, logId: string, signer: LogSigner): Promise<OpenedCheckpoint> {
  const last = await readLastCheckpoint(db, logId);
  if (last === null) throw new Error('The log was not signed.');
  return openCheckpoint(last.note, { log: [signer.verifierOf(logId)] });
}

async function restore(db: Db): Promise<void> {
  for (const [table, columns] of Object.entries(logTables)) {
    await run({ db }, sql.raw(`delete from ${table}`));
    await run({ db }, sql.raw(`insert into ${table} (${columns}) select ${columns} from kept_${table}`));
  }
}

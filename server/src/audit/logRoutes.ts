import type { RawAnswer } from '@commonsight/types/http/route';
import { routes } from '@commonsight/types/http/routes';
import { buildEntryBundle, parseTilePath, type Tile, tileWidth } from 'commonsight-verify/tiles';
import { hashLength } from 'commonsight-verify/tree';
import type { Access } from '../access/Access.ts';
import type { Actor } from '../access/Actor.ts';
import type { Db } from '../db/Database.ts';
import { CodedError } from '../errors.ts';
import { addRoute } from '../plugins/addRoute.ts';
import type { App } from '../plugins/App.ts';
import type { Checkpoints } from './Checkpoints.ts';
import { exportLog } from './exportLog.ts';
import { readEntries, readLastCheckpoint } from './logRepository.ts';
import type { LogSigner } from './LogSigner.ts';
import { readHashTile } from './storedTree.ts';
import { cosignedNote } from '../witnesses/cosignedNote.ts';

/** A checker of a long log reads some thousand tiles. */
const rateLimit = { max: 3_000, timeWindow: 60_000 };

const encoder = new TextEncoder();

/** The audit logs for whoever checks them: C2SP tlog-tiles, and exports. */
export function addLogRoutes(
  app: App,
  parts: { db: Db; access: Access; checkpoints: Pick<Checkpoints, 'signNow'>; signer: LogSigner },
): void {
  const { db, access, checkpoints, signer } = parts;

  /** The log of the actor's own agency; every other one is not found, and asking for it is a line. */
  const admit = (
    actor: Actor,
    id: string,
    auditType: 'audit.read' | 'audit.exported',
    details: Record<string, unknown>,
  ) =>
    access.requireAccess(actor, 'audit.read', {
      auditType,
      target: { kind: 'agency', id, find: (agencyId) => Promise.resolve(id === agencyId ? { agencyId } : null) },
      describe: () => ({ details }),
    });

  addRoute(
    app,
    routes.getLogKey,
    ({ query: { log } }) =>
      // No look whether there is such a log: a key for one that is not tells nothing.
      Promise.resolve({ origin: signer.originOf(log), verifierKey: signer.verifierKeyOf(log) }),
    { rateLimit },
  );

  addRoute(
    app,
    routes.getCheckpoint,
    async ({ params: { id } }): Promise<RawAnswer> => {
      const last = await readLastCheckpoint(db, id);
      if (last === null) throw new CodedError('notFound');
      return { contentType: 'text/plain; charset=utf-8', body: await cosignedNote(db, id, last), cache: 'never' };
    },
    { rateLimit },
  );

  addRoute(
    app,
    routes.getHashTile,
    async ({ params }): Promise<RawAnswer> => {
      const { level, ...tile } = parseTile(`tile/${params['*']}`);
      if (level === 'entries') throw new CodedError('notFound');
      const body = await readHashTile(db, params.id, { ...tile, level });
      if (body.length !== tile.width * hashLength) throw new CodedError('notFound');
      return { contentType: 'application/octet-stream', body, cache: 'forever' };
    },
    { rateLimit },
  );

  addRoute(app, routes.getEntryTile, async ({ actor, params }): Promise<RawAnswer> => {
    await admit(actor, params.id, 'audit.read', { tile: params['*'] });
    const { index, width } = parseTile(`tile/entries/${params['*']}`);
    const first = index * tileWidth;
    const entries = await readEntries(db, params.id, first, first + width);
    if (entries.length !== width) throw new CodedError('notFound');
    const body = buildEntryBundle(entries.map(({ leaf }) => encoder.encode(leaf)));
    return { contentType: 'application/octet-stream', body, cache: 'never' };
  });

  addRoute(app, routes.exportLog, async ({ actor, params: { id }, query }): Promise<RawAnswer> => {
    await admit(actor, id, 'audit.exported', { search: query });
    // So that the export reaches to its own line.
    await checkpoints.signNow();
    return {
      contentType: 'application/jsonl',
      body: exportLog({ db, signer }, id, query),
      cache: 'never',
      fileName: `audit-log-${new Date().toISOString().slice(0, 10)}.jsonl`,
    };
  });
}

function parseTile(path: string): Tile {
  const tile = parseTilePath(path);
  if (tile === undefined) throw new CodedError('notFound');
  return tile;
}

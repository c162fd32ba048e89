import { idSchema } from '@commonsight/types/ids';
import type { Db } from '../db/Database.ts';
import type { FootageFolder } from './FootageFolder.ts';
import { knownFileIds } from './fileRepository.ts';

const weekMs = 7 * 24 * 60 * 60_000;
const batch = 500;

/**
 * Removes files that no record names, which a crash between a record and its file leaves behind, and says how many. They have
 * to be a week old: whoever has put back an older database finds the time to see that records are missing.
 */
export async function sweepFolder({ db, folder }: { db: Db; folder: FootageFolder }, now: Date): Promise<number> {
  const before = new Date(now.getTime() - weekMs);
  let removed = 0;
  for await (const { caseId, fileIds } of folder.list()) {
    const ids = fileIds.filter((id) => idSchema.safeParse(id).success);
    for (let at = 0; at < ids.length; at += batch) {
      const some = ids.slice(at, at + batch);
      const known = await knownFileIds(db, some);
      for (const id of some) {
        if (known.has(id)) continue;
        const changedAt = await folder.changedAt(caseId, id);
        if (changedAt === null || changedAt > before) continue;
        await folder.remove(caseId, id);
        removed += 1;
      }
    }
  }
  return removed;
}

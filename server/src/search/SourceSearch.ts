import { type FoundSource, mostFoundSources, type Search, type SearchWindow } from '@commonsight/types/search';
import type { Access } from '../access/Access.ts';
import type { Actor } from '../access/Actor.ts';
import type { Db } from '../db/Database.ts';
import { toViewCone } from '../cameras/cameraRepository.ts';
import { CodedError } from '../errors.ts';
import { overwritingOf } from './overwriting.ts';
import { type Question, questionOf } from './Question.ts';
import { listCamerasSeeing, listRegistrationsSeeing, mostCandidates } from './searchRepository.ts';

/** "What saw this?": the agency's live and registered cameras about a place and a time, in one list. */
export class SourceSearch {
  readonly #db: Db;
  readonly #access: Access;

  constructor(parts: { db: Db; access: Access }) {
    this.#db = parts.db;
    this.#access = parts.access;
  }

  async search(actor: Actor, { shape, window }: Search): Promise<{ sources: FoundSource[]; hasMore: boolean }> {
    const now = new Date();
    const { user, checked: question } = await this.#access.requireAccess<never, Question>(actor, 'registry.read', {
      auditType: 'registration.searched',
      check: async () => {
        if (Date.parse(window.from) > now.getTime()) {
          throw new CodedError('badRequest', 'window.from: a moment that is not in the future.');
        }
        return questionOf(shape);
      },
      describe: () => ({ details: { shape, window } }),
    });
    const reach = await this.#access.reachOf(user, 'camera.list');
    const found = await findSources(this.#db, user.agencyId, {
      question,
      window,
      now,
      mayList: (id) => reach.holds(id),
    });
    return { sources: found.slice(0, mostFoundSources), hasMore: found.length > mostFoundSources };
  }
}

/** Everything of an agency that has a place in the answer: what sees the shape first, then by distance. */
export async function findSources(
  db: Db,
  agencyId: string,
  of: { question: Question; window: SearchWindow; now: Date; mayList: (cameraId: string) => boolean },
): Promise<FoundSource[]> {
  const { question, window, now } = of;
  const [live, registered] = await Promise.all([
    listCamerasSeeing(db, agencyId, question.box),
    listRegistrationsSeeing(db, agencyId, question.box, now),
  ]);
  if (live.length > mostCandidates || registered.length > mostCandidates) {
    throw new CodedError('badRequest', 'Too many cameras are about there. Ask about a smaller place.');
  }
  const found: FoundSource[] = [];
  for (const row of live) {
    if (!of.mayList(row.id)) continue;
    const place = placeOf(row);
    const judged = question.judge(place);
    if (judged === null) continue;
    const { id, number, name, siteName, sharingMode, keptDays } = row;
    // Its clock is not known to be wrong: nobody has compared it.
    const kept = keptDays === null ? null : { retentionDays: keptDays, clockOffsetSeconds: 0 };
    const overwriting = kept === null ? null : overwritingOf(kept, window, now);
    found.push({ kind: 'live', id, ...place, ...judged, number, name, siteName, sharingMode, overwriting });
  }
  for (const row of registered) {
    const { retentionDays, ...rest } = row;
    const whole = withoutNulls(rest);
    if (whole === null) continue;
    const place = placeOf(whole);
    const judged = question.judge(place);
    if (judged === null) continue;
    const { id, kind: of, covers, recording, clockOffsetSeconds } = whole;
    const kept = retentionDays === null ? null : { retentionDays, clockOffsetSeconds };
    const overwriting = kept === null ? null : overwritingOf(kept, window, now);
    const said = { of, covers, recording, retentionDays, clockOffsetSeconds, overwriting };
    found.push({ kind: 'registered', id, ...place, ...judged, ...said });
  }
  return found.toSorted(
    (a, b) => Number(b.sees) - Number(a.sees) || a.distanceMetres - b.distanceMetres || (a.id < b.id ? -1 : 1),
  );
}

type View = { latitude: number; longitude: number } & Parameters<typeof toViewCone>[0];

function placeOf(row: View) {
  return { position: { latitude: row.latitude, longitude: row.longitude }, viewCone: toViewCone(row) };
}

type Whole<T> = { [Key in keyof T]: NonNullable<T[Key]> };

/** Null for a row that says nothing any more: a deleted one. */
function withoutNulls<T extends object>(row: T): Whole<T> | null {
  return Object.values(row).includes(null) ? null : (row as Whole<T>);
}

import { isOffThroughout } from '@commonsight/types/relay/judgeSharing';
import { type SharingMode, sharingStateSchema } from '@commonsight/types/relay/sharing';
import type { SearchWindow } from '@commonsight/types/search';
import type { Db } from '../db/Database.ts';
import { openDocument } from '../sharing/openDocument.ts';
import { findRelayOfSite } from '../sharing/sharingRepository.ts';

/**
 * Those of the cameras whose owners nobody asks for what they recorded: they are off now and, by the document in force, were
 * through the whole window. Without a document nothing speaks for them, nor before an owner has confirmed them.
 */
export async function findUnshared(
  db: Db,
  agencyId: string,
  cameras: readonly { id: string; siteId: string; sharingMode: SharingMode }[],
  window: SearchWindow,
): Promise<ReadonlySet<string>> {
  const bySite = Map.groupBy(
    cameras.filter(({ sharingMode }) => sharingMode === 'off'),
    ({ siteId }) => siteId,
  );
  const unshared = new Set<string>();
  for (const [siteId, ofSite] of bySite) {
    const row = (await findRelayOfSite(db, agencyId, siteId))?.sharing;
    // What an older relay told, before it knew of new cameras, has no list of them.
    const told = row === undefined || row === null ? null : sharingStateSchema.parse(row.told);
    const document = openDocument(told?.inForce?.signed);
    const awaiting = new Set(told?.awaitingOwner.map(({ cameraId }) => cameraId));
    for (const { id } of ofSite) {
      const isOff =
        document === null ||
        awaiting.has(id) ||
        isOffThroughout(document, id, Date.parse(window.from), Date.parse(window.to));
      if (isOff) unshared.add(id);
    }
  }
  return unshared;
}

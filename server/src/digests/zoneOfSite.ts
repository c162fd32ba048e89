import type { Db } from '../db/Database.ts';
import { openDocument } from '../sharing/openDocument.ts';
import { findRelayOfSite } from '../sharing/sharingRepository.ts';

/** The clock of a site: what its owner has signed, else what was said when the mails were asked for. */
export async function zoneOfSite(
  db: Db,
  { agencyId, siteId, timeZone }: { agencyId: string; siteId: string; timeZone: string },
): Promise<string> {
  const found = await findRelayOfSite(db, agencyId, siteId);
  try {
    return openDocument(found?.sharing?.told.inForce?.signed)?.timeZone ?? timeZone;
  } catch {
    // What a relay of another version told is no document to this one; its page says so.
    return timeZone;
  }
}

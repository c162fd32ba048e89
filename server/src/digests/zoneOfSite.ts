import type { Db } from '../db/Database.ts';
import { openDocument } from '../sharing/openDocument.ts';
import { findRelayOfSite } from '../sharing/sharingRepository.ts';
import { findSite } from '../sites/siteRepository.ts';

/** The clock of a site: what its owner has signed, else what is known of the place, else what was said when the mails were asked for. */
export async function zoneOfSite(
  db: Db,
  { agencyId, siteId, timeZone }: { agencyId: string; siteId: string; timeZone: string },
): Promise<string> {
  const found = await findRelayOfSite(db, agencyId, siteId);
  const unsigned = (await findSite(db, agencyId, siteId))?.timeZone ?? timeZone;
  try {
    return openDocument(found?.sharing?.told.inForce?.signed)?.timeZone ?? unsigned;
  } catch {
    // What a relay of another version told is no document to this one; its page says so.
    return unsigned;
  }
}

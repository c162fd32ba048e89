import { type SharingDocument, sharingDocumentSchema } from '@commonsight/types/relay/sharing';
import { canonicalBytes } from 'commonsight-verify/entry';
import type { Db } from '../../db/Database.ts';
import { relays, relaySharing } from '../../db/schema.ts';
import { newId } from '../../ids.ts';

/** A relay that has told of a document in force. The modes of the cameras stay as they are. */
export async function seedTestSharing(
  db: Db,
  site: { agencyId: string; siteId: string },
  says: Pick<SharingDocument, 'default' | 'cameras'>,
): Promise<void> {
  const relayId = newId();
  const document: SharingDocument = {
    format: 'commonsight-sharing-1',
    relayId,
    version: 1,
    issuedAt: new Date().toISOString(),
    timeZone: 'UTC',
    ...says,
  };
  const text = Buffer.from(canonicalBytes(sharingDocumentSchema.parse(document))).toString('base64url');
  await db.insert(relays).values({ id: relayId, ...site, name: 'R', publicKey: relayId, enrolledAt: new Date() });
  await db.insert(relaySharing).values({
    relayId,
    ...site,
    version: 1,
    toldAt: new Date(),
    told: {
      state: 'paired',
      ownerKeys: [],
      inForce: { signed: { document: text, signature: 'c2ln' }, receipt: 'cmVj' },
      modes: {},
      others: says.default.mode,
      awaitingOwner: [],
    },
  });
}

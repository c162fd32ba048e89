import type { GrantSigner } from '../grants/GrantSigner.ts';
import type { Db } from '../db/Database.ts';
import type { Logger } from '../logger.ts';
import type { RelayLinks } from '../relay-link/RelayLinks.ts';
import type { SfuLink } from '../sfu-link/SfuLink.ts';
import type { Notifier } from '../signaling/Notifier.ts';
import { topics } from '../signaling/topics.ts';
import type { ViewingRegistry } from '../viewings/ViewingRegistry.ts';
import type { Viewings } from '../viewings/Viewings.ts';
import { HealthStore } from './HealthStore.ts';
import { StreamRepository } from './StreamRepository.ts';
import { Streams } from './Streams.ts';

export function createStreams(parts: {
  db: Db;
  notifier: Notifier;
  signer: Pick<GrantSigner, 'sign'>;
  viewings: Pick<Viewings, 'claimsOf' | 'uplinkLost'>;
  registry: Pick<ViewingRegistry, 'ofStream'>;
  host: () => Pick<SfuLink, 'ask'>;
  relays: () => Pick<RelayLinks, 'ask' | 'onlineOfSite'>;
  graceMs: number;
  logger: Logger;
}): Streams {
  const { notifier, logger } = parts;
  const health = new HealthStore(({ agencyId, cameraId, kind, streamId, isConfirmed }, changed) => {
    if (!isConfirmed) return;
    notifier.tell(topics.reachers(agencyId, cameraId), 'camera:healthChanged', {
      cameraId,
      stream: kind,
      streamId,
      health: changed,
    });
  });
  return new Streams({
    repository: new StreamRepository(parts.db),
    health,
    parts: {
      askHost: (...question) => parts.host().ask(...question),
      askRelay: (...question) => parts.relays().ask(...question),
      relayOfSite: (siteId) => parts.relays().onlineOfSite(siteId),
      signGrants: (streamId, relayId) =>
        parts.viewings.claimsOf(streamId).map((claims) => parts.signer.sign({ ...claims, relayId })),
      countViewers: (streamId) => parts.registry.ofStream(streamId).length,
      onUplinkLost: (streamId, reason) => parts.viewings.uplinkLost(streamId, reason),
      graceMs: parts.graceMs,
      logger,
    },
    logger,
  });
}

import type { RelayHealth } from '@commonsight/types/relay/relay-health';
import { findCameras } from '../cameras/cameraRepository.ts';
import type { Db } from '../db/Database.ts';
import type { AskRelay } from '../relay-link/RelayLinks.ts';
import { findRelayOfSite } from '../sharing/sharingRepository.ts';
import { keepOutages, type OutageRow, takeUntold } from './outageRepository.ts';
import type { PushMessages } from './PushMessages.ts';
import { listPushedSites } from './pushRepository.ts';
import type { PushSubscriptions } from './PushSubscriptions.ts';

/** What lasts less than this mends itself: a router that starts again, an update, a short cut of power. */
export const longOutageMs = 30 * 60_000;
const askTimeoutMs = 5_000;

export interface OutagesParts {
  db: Db;
  askRelay: AskRelay;
  messages: Pick<PushMessages, 'outageFound'>;
  subscriptions: Pick<PushSubscriptions, 'endStale'>;
}

/**
 * Tells owners, once each, of cameras and relays that have been out of reach for long. What a relay has found is asked for at
 * sites that somebody gets messages of; how long it lasts is kept, so that a server which starts again tells nothing twice.
 */
export class Outages {
  readonly #parts: OutagesParts;

  constructor(parts: OutagesParts) {
    this.#parts = parts;
  }

  async run(now: Date): Promise<void> {
    await this.#parts.subscriptions.endStale();
    for (const site of await listPushedSites(this.#parts.db)) await this.#look(site, now);
  }

  async #look(site: { agencyId: string; siteId: string }, now: Date): Promise<void> {
    const { db, askRelay } = this.#parts;
    const relay = (await findRelayOfSite(db, site.agencyId, site.siteId))?.relay;
    if (relay === undefined) return;
    // One that is busy or away is asked again by the next round; of its cameras nothing is known until then.
    const health = await askRelay(relay.id, 'relay:readHealth', {}, { timeoutMs: askTimeoutMs }).catch(() => null);
    const down = health === null ? null : await this.#downOf(site, health);
    if (down !== null) await keepOutages(db, { ...site, isRelay: false }, down, now);
    await keepOutages(db, { ...site, isRelay: true }, relay.isOnline ? [] : [relay.id], now);
    const before = new Date(now.getTime() - longOutageMs);
    if (down !== null) await this.#tell(site, await takeUntold(db, { ...site, isRelay: false }, before, now));
    await this.#tell(site, await takeUntold(db, { ...site, isRelay: true }, before, now));
  }

  /** Cameras of the site alone: whatever ids a relay names, it speaks for these. */
  async #downOf({ agencyId, siteId }: { agencyId: string; siteId: string }, health: RelayHealth): Promise<string[]> {
    const named = health.cameras.flatMap(({ cameraId, check, sending }) =>
      sending.length === 0 && check !== null && check.fault !== null ? [cameraId] : [],
    );
    if (named.length === 0) return [];
    const cameras = await findCameras(this.#parts.db, agencyId, named);
    return cameras.flatMap((camera) => (camera.siteId === siteId ? [camera.id] : []));
  }

  async #tell(site: { agencyId: string; siteId: string }, found: readonly OutageRow[]): Promise<void> {
    const [first] = found.toSorted((one, other) => one.since.getTime() - other.since.getTime());
    if (first === undefined) return;
    const isOne = found.length === 1 && !first.isRelay;
    const [camera] = isOne ? await findCameras(this.#parts.db, site.agencyId, [first.id]) : [];
    await this.#parts.messages.outageFound(site, {
      kind: 'cameraDown',
      isRelay: first.isRelay,
      cameras: first.isRelay ? 0 : found.length,
      cameraName: camera?.name ?? null,
      since: first.since.toISOString(),
    });
  }
}

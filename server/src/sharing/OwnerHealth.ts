import type { OwnerHealth as WireOwnerHealth } from '@commonsight/types/owner';
import type { RelayHealth } from '@commonsight/types/relay/relay-health';
import type { Actor } from '../access/Actor.ts';
import { listCamerasOfSite } from '../cameras/cameraRepository.ts';
import type { Db } from '../db/Database.ts';
import { CodedError } from '../errors.ts';
import type { OpenLinks } from '../ledger/OpenLinks.ts';
import type { LiveReadings } from '../live.ts';
import type { AskRelay } from '../relay-link/RelayLinks.ts';
import { findRelayOfSite } from './sharingRepository.ts';

const askTimeoutMs = 5_000;

/** What the relay of a site tells its owner at this moment: how it and the cameras are, and what leaves the site. */
export class OwnerHealth {
  readonly #parts: { db: Db; links: OpenLinks; askRelay: AskRelay; readings: Pick<LiveReadings, 'streamHealth'> };

  constructor(parts: { db: Db; links: OpenLinks; askRelay: AskRelay; readings: Pick<LiveReadings, 'streamHealth'> }) {
    this.#parts = parts;
  }

  /** The site's cameras alone, whatever ids the relay names, and nothing of who watches them. */
  async read(actor: Actor, secret: string | null): Promise<WireOwnerHealth> {
    const { db, readings } = this.#parts;
    const { agencyId, siteId, told } = await this.#ask(actor, secret);
    const { at, startedAt, process, machine, camerasFault } = told;
    const atRelay = new Map(told.cameras.map((camera) => [camera.cameraId, camera]));
    const rows = await listCamerasOfSite(db, agencyId, siteId);
    return {
      at,
      startedAt,
      process,
      machine,
      camerasFault,
      cameras: rows.map(({ id, sharingMode, confirmedAt, streams }) => ({
        id,
        sharingMode,
        confirmedAt: confirmedAt?.toISOString() ?? null,
        streams: streams.map((stream) => ({
          id: stream.id,
          kind: stream.kind,
          health: readings.streamHealth(stream.id),
        })),
        relay: atRelay.get(id) ?? null,
      })),
    };
  }

  async upload(actor: Actor, secret: string | null): Promise<Pick<RelayHealth, 'upload' | 'cameras'>> {
    const { upload, cameras } = (await this.#ask(actor, secret)).told;
    return { upload, cameras };
  }

  async #ask(actor: Actor, secret: string | null): Promise<{ agencyId: string; siteId: string; told: RelayHealth }> {
    const { db, links, askRelay } = this.#parts;
    const { link } = await links.open(actor, secret, 'ledger.read');
    await links.noteRead(actor, link, new Date());
    const { agencyId, siteId } = link;
    const found = await findRelayOfSite(db, agencyId, siteId);
    if (found === null) throw new CodedError('relayOffline', 'No relay is enrolled at this site.');
    return {
      agencyId,
      siteId,
      told: await askRelay(found.relay.id, 'relay:readHealth', {}, { timeoutMs: askTimeoutMs }),
    };
  }
}

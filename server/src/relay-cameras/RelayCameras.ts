import type { AuditType } from '@commonsight/types/audit-event';
import type { Permission } from '@commonsight/types/permission';
import type { CameraReport, DiscoveredCamera } from '@commonsight/types/relay/camera-entry';
import type { RelayHealth } from '@commonsight/types/relay/relay-health';
import type { Access } from '../access/Access.ts';
import type { Actor } from '../access/Actor.ts';
import { findAnyCamera } from '../cameras/cameraRepository.ts';
import type { Db } from '../db/Database.ts';
import { CodedError } from '../errors.ts';
import type { AskRelay } from '../relay-link/RelayLinks.ts';
import { findRelay } from '../relays/relayRepository.ts';
import type { RelayRow } from '../sites/siteRepository.ts';

/** A search takes 3 s. */
const searchTimeoutMs = 10_000;
/** ONVIF's questions and two streams, each played up to 12 s, of a camera that answers slowly. */
const testTimeoutMs = 90_000;

/** Cameras that are new to a relay: what an administrator asks is written down, passed on to the relay, and answered by it. */
export class RelayCameras {
  readonly #db: Db;
  readonly #access: Access;
  readonly #ask: AskRelay;

  constructor(parts: { db: Db; access: Access; ask: AskRelay }) {
    this.#db = parts.db;
    this.#access = parts.access;
    this.#ask = parts.ask;
  }

  async sealingPoint(actor: Actor, relayId: string): Promise<{ sealingPoint: string }> {
    await this.#admit(actor, relayId, 'relay.administer', 'relay.sealingRead');
    return this.#ask(relayId, 'camera:readSealing', {});
  }

  async discover(actor: Actor, relayId: string): Promise<{ cameras: DiscoveredCamera[] }> {
    await this.#admit(actor, relayId, 'relay.administer', 'relay.camerasDiscovered');
    return this.#ask(relayId, 'camera:discover', {}, { timeoutMs: searchTimeoutMs });
  }

  async test(actor: Actor, relayId: string, sealed: string): Promise<{ report: CameraReport; ticket: string | null }> {
    await this.#admit(actor, relayId, 'relay.administer', 'relay.cameraTested');
    return this.#ask(relayId, 'camera:test', { sealed }, { timeoutMs: testTimeoutMs });
  }

  async health(actor: Actor, relayId: string): Promise<RelayHealth> {
    await this.#admit(actor, relayId, 'relay.administer', 'relay.healthRead');
    return this.#ask(relayId, 'relay:readHealth', {});
  }

  /** The camera must be one of the relay's site: another site's relay serves no view of it. */
  async keep(actor: Actor, relayId: string, { ticket, cameraId }: { ticket: string; cameraId: string }) {
    await this.#access.requireAccess(actor, 'camera.administer', {
      auditType: 'relay.cameraKept',
      target: this.#target(relayId),
      check: async ({ agencyId }, relay: RelayRow) => {
        const camera = await findAnyCamera(this.#db, agencyId, cameraId);
        if (camera === null || camera.siteId !== relay.siteId) throw new CodedError('notFound');
      },
      describe: () => ({ details: { cameraId } }),
    });
    return this.#ask(relayId, 'camera:keep', { ticket, cameraId });
  }

  async #admit(actor: Actor, relayId: string, permission: Permission, auditType: AuditType): Promise<void> {
    await this.#access.requireAccess(actor, permission, { auditType, target: this.#target(relayId) });
  }

  #target(relayId: string) {
    return {
      kind: 'relay' as const,
      id: relayId,
      find: (agencyId: string) => findRelay(this.#db, agencyId, relayId),
    };
  }
}

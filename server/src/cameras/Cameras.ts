import type { Camera } from '@commonsight/types/camera';
import type { Position, ViewCone } from '@commonsight/types/position';
import type { SiteCamera } from '@commonsight/types/site-camera';
import type { Access } from '../access/Access.ts';
import type { Actor } from '../access/Actor.ts';
import type { Db } from '../db/Database.ts';
import { CodedError } from '../errors.ts';
import { newId } from '../ids.ts';
import type { LiveReadings } from '../live.ts';
import type { Notices } from '../notices.ts';
import { findRelayOfSite } from '../sharing/sharingRepository.ts';
import { findSite } from '../sites/siteRepository.ts';
import {
  confirmCameras,
  findAnyCamera,
  findAnyCameras,
  insertCamera,
  listCameras,
  listCamerasOfSite,
  listCamerasWithin,
  toViewCone,
  toWireCamera,
  updateCamera,
} from './cameraRepository.ts';
import { boxAround, coversPoint, distanceMetres } from './reach.ts';

/** How far from an incident a camera can be and still be offered; more than any view cone reaches. */
const reachMetres = 5_000;

export interface CameraInReach {
  cameraId: string;
  distanceMetres: number;
  coversPoint: boolean;
}

/** The video sources at the sites. */
export class Cameras {
  readonly #db: Db;
  readonly #access: Access;
  readonly #notices: Notices;
  readonly #readings: () => LiveReadings;

  constructor(parts: { db: Db; access: Access; notices: Notices; readings: () => LiveReadings }) {
    this.#db = parts.db;
    this.#access = parts.access;
    this.#notices = parts.notices;
    this.#readings = parts.readings;
  }

  async list(actor: Actor): Promise<Camera[]> {
    const { user } = await this.#access.requireAccess(actor, 'camera.list', { auditType: 'camera.listed' });
    const reach = await this.#access.reachOf(user, 'camera.list');
    const rows = await listCameras(this.#db, user.agencyId);
    return rows.filter((row) => reach.holds(row.id)).map((row) => toWireCamera(row, this.#readings()));
  }

  async create(
    actor: Actor,
    camera: { siteId: string; name: string; section: string | null; position: Position; viewCone: ViewCone },
  ): Promise<Camera> {
    const id = newId();
    const { user } = await this.#access.requireAccess(actor, 'camera.administer', {
      auditType: 'camera.created',
      target: { kind: 'site', id: camera.siteId, find: (agencyId) => findSite(this.#db, agencyId, camera.siteId) },
      describe: () => ({ details: { cameraId: id, name: camera.name } }),
    });
    // What the relay's owner shares of cameras that no document names, until the relay tells of this one.
    const told = (await findRelayOfSite(this.#db, user.agencyId, camera.siteId))?.sharing?.told;
    const row = {
      id,
      agencyId: user.agencyId,
      siteId: camera.siteId,
      name: camera.name,
      section: camera.section,
      sharingMode: told?.others ?? ('always' as const),
      confirmedAt: null,
      ...camera.position,
      ...camera.viewCone,
    };
    await this.#db.transaction((tx) => insertCamera(tx, row, { main: newId(), sub: newId() }));
    return this.#changed(user.agencyId, id);
  }

  async change(
    actor: Actor,
    id: string,
    change: {
      name?: string | undefined;
      section?: string | null | undefined;
      position?: Position | undefined;
      viewCone?: ViewCone | undefined;
    },
  ): Promise<Camera> {
    const { user } = await this.#access.requireAccess(actor, 'camera.administer', {
      auditType: 'camera.changed',
      target: { kind: 'camera', id, find: (agencyId) => findAnyCamera(this.#db, agencyId, id) },
      describe: () => ({ details: { ...change } }),
    });
    await updateCamera(this.#db, user.agencyId, id, {
      ...(change.name === undefined ? {} : { name: change.name }),
      ...(change.section === undefined ? {} : { section: change.section }),
      ...change.position,
      ...change.viewCone,
    });
    return this.#changed(user.agencyId, id);
  }

  /** All cameras of a site, also those that are not confirmed. */
  async listOfSite(
    actor: Actor,
    siteId: string,
  ): Promise<{ cameras: SiteCamera[]; uplinkKilobitsPerSecond: number | null }> {
    const { user, found } = await this.#access.requireAccess(actor, 'camera.administer', {
      auditType: 'camera.siteListed',
      target: { kind: 'site', id: siteId, find: (agencyId) => findSite(this.#db, agencyId, siteId) },
    });
    const rows = await listCamerasOfSite(this.#db, user.agencyId, siteId);
    return {
      cameras: rows.map((row) => ({
        ...toWireCamera(row, this.#readings()),
        section: row.section,
        confirmedAt: row.confirmedAt?.toISOString() ?? null,
      })),
      uplinkKilobitsPerSecond: found.uplinkKilobitsPerSecond,
    };
  }

  /** From now on operators see these cameras of the site. Their owner's word is the relay's and stays as it is. */
  async confirm(actor: Actor, siteId: string, cameraIds: readonly string[]): Promise<Camera[]> {
    const wanted = [...new Set(cameraIds)];
    const { user } = await this.#access.requireAccess(actor, 'camera.administer', {
      auditType: 'camera.confirmed',
      target: { kind: 'site', id: siteId, find: (agencyId) => findSite(this.#db, agencyId, siteId) },
      check: async ({ agencyId }) => {
        const rows = await findAnyCameras(this.#db, agencyId, wanted);
        if (rows.length !== wanted.length || rows.some((row) => row.siteId !== siteId))
          throw new CodedError('notFound');
      },
      describe: () => ({ details: { cameraIds: wanted } }),
    });
    await confirmCameras(this.#db, user.agencyId, wanted, new Date());
    const rows = await findAnyCameras(this.#db, user.agencyId, wanted);
    const confirmed = rows.map((row) => toWireCamera(row, this.#readings()));
    void this.#notices.tell('camerasConfirmed', { agencyId: user.agencyId, cameraIds: wanted });
    return confirmed;
  }

  /** The cameras in reach of a point: those whose view cone holds it first, then by distance. */
  async near(actor: Actor, point: Position, limit: number): Promise<CameraInReach[]> {
    const { user } = await this.#access.requireAccess(actor, 'camera.list', {
      auditType: 'camera.listed',
      describe: () => ({ details: { near: point } }),
    });
    const reach = await this.#access.reachOf(user, 'camera.list');
    const rows = await listCamerasWithin(this.#db, user.agencyId, boxAround(point, reachMetres));
    return rows
      .filter((row) => reach.holds(row.id))
      .map((row) => {
        const position = { latitude: row.latitude, longitude: row.longitude };
        return {
          cameraId: row.id,
          distanceMetres: distanceMetres(position, point),
          coversPoint: coversPoint({ position, viewCone: toViewCone(row) }, point),
        };
      })
      .filter((camera) => camera.distanceMetres <= reachMetres)
      .sort((a, b) => Number(b.coversPoint) - Number(a.coversPoint) || a.distanceMetres - b.distanceMetres)
      .slice(0, limit);
  }

  async #changed(agencyId: string, id: string): Promise<Camera> {
    const row = await findAnyCamera(this.#db, agencyId, id);
    if (row === null) throw new Error('The camera is gone right after its change.');
    const camera = toWireCamera(row, this.#readings());
    void this.#notices.tell('cameraChanged', { agencyId, camera });
    return camera;
  }
}

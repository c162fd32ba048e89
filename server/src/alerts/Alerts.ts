import { type Alert, endsAlert } from '@commonsight/types/alert';
import type { Incident } from '@commonsight/types/incident';
import { isAlertSharing } from '@commonsight/types/relay/alert';
import type { Access } from '../access/Access.ts';
import type { Actor, UserActor } from '../access/Actor.ts';
import { listCameras } from '../cameras/cameraRepository.ts';
import type { Db } from '../db/Database.ts';
import { CodedError } from '../errors.ts';
import { findIncident, toWireIncident } from '../incidents/incidentRepository.ts';
import type { Incidents } from '../incidents/Incidents.ts';
import { KeyedQueue } from '../KeyedQueue.ts';
import { findAlert, listAlerts, setIncident, type SitedAlertRow, toAlert } from './alertRepository.ts';
import type { ToldAlerts } from './ToldAlerts.ts';

export interface AlertsParts {
  db: Db;
  access: Access;
  incidents: Pick<Incidents, 'createWithin'>;
  told: Pick<ToldAlerts, 'tellWalls'>;
}

/** The site is in need: its incident is of the most urgent kind until somebody says otherwise. */
const alertPriority = 1;
const longestTitle = 120;

/** Owners' alerts as operators read and answer them. */
export class Alerts {
  readonly #parts: AlertsParts;
  /** Of two who make the incident at once the second finds the first one's. */
  readonly #queue = new KeyedQueue();

  constructor(parts: AlertsParts) {
    this.#parts = parts;
  }

  async list(actor: Actor): Promise<{ alerts: Alert[] }> {
    const { user } = await this.#parts.access.requireAccess(actor, 'alert.read', { auditType: 'alert.listed' });
    const now = new Date();
    const rows = await listAlerts(this.#parts.db, user.agencyId, now);
    return { alerts: rows.map((row) => toAlert(row, now)) };
  }

  answer(actor: Actor, id: string): Promise<{ incident: Incident; alert: Alert }> {
    return this.#queue.run(id, async () => {
      const { db, access } = this.#parts;
      const { user, found } = await access.requireAccess(actor, 'incident.create', {
        auditType: 'alert.answered',
        target: { kind: 'alert', id, find: (agencyId) => findShown(db, agencyId, id) },
        check: async (_user, alert) => {
          if (alert.incidentId === null && !isAlertSharing(toShown(alert))) {
            throw new CodedError('conflict', 'The alert is over. Make an incident by hand.');
          }
        },
      });
      const incident = await this.#incidentOf(user, found);
      await this.#parts.told.tellWalls(user.agencyId, id);
      const alert = await findAlert(db, user.agencyId, id);
      return { incident, alert: toAlert(alert ?? found, new Date()) };
    });
  }

  async #incidentOf(user: UserActor, alert: SitedAlertRow): Promise<Incident> {
    const { db, access, incidents } = this.#parts;
    const { agencyId } = user;
    const known = alert.incidentId === null ? null : await findIncident(db, agencyId, alert.incidentId);
    // Of one that was closed and goes on elsewhere, while the alert runs, another one is made.
    const isOpen = known?.closedAt === null;
    if (known !== null && (isOpen || endsAlert(known) || !isAlertSharing(toShown(alert)))) return toWireIncident(known);
    const { latitude, longitude, siteId, siteName, id } = alert;
    // As in every incident: who makes it puts in what he reaches himself.
    const reach = await access.reachOf(user, 'camera.list');
    const cameraIds = (await listCameras(db, agencyId))
      .filter((camera) => camera.siteId === siteId && camera.sharingMode === 'onAlert' && reach.holds(camera.id))
      .map((camera) => camera.id);
    const title = `Alert at ${siteName}`.slice(0, longestTitle);
    const wish = { title, priority: alertPriority, position: { latitude, longitude }, cameraIds } as const;
    return incidents.createWithin(user, wish, async (tx, incidentId) => {
      if (await setIncident(tx, agencyId, id, { before: alert.incidentId, incidentId })) return;
      throw new CodedError('conflict', 'Somebody has just made the incident of this alert.');
    });
  }
}

/** What operators may know of: a test does not exist for them. */
export async function findShown(db: Db, agencyId: string, id: string): Promise<SitedAlertRow | null> {
  const row = await findAlert(db, agencyId, id);
  return row === null || row.isTest || row.sharedAt === null ? null : row;
}

function toShown(row: SitedAlertRow) {
  return { stage: toAlert(row, new Date()).stage, isTest: false };
}

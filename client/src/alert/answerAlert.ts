import type { Alert } from '@commonsight/types/alert';
import { routes } from '@commonsight/types/http/routes';
import { call } from '../api/call.ts';
import { alertChanged } from '../state/alerts.ts';
import { incidentChanged } from '../state/incidents.ts';
import type { Workspace } from '../state/Workspace.ts';
import { tell, tellFailure } from '../ui/toast.tsx';
import { dockCameras } from '../wall/wallActs.ts';

/** As many as one request docks; the others are among the incident's cameras. */
const mostDocked = 16;

/**
 * Makes the alert's incident, or opens the one that somebody has made, and puts the cameras of the alert on this window's
 * screen. They open by the user's ordinary grants: where the policy asks for a purpose or an approval, so does this.
 */
export async function answerAlert(workspace: Workspace, alert: Alert): Promise<void> {
  const result = await call(routes.answerAlert, { params: { id: alert.id } });
  if (!tellFailure(result) || result.state !== 'ok') return;
  const { incident } = result.value;
  alertChanged(workspace.alerts, result.value.alert);
  incidentChanged(workspace.incidents, incident);
  workspace.attention.setState({ selectedIncidentId: incident.id });
  const { byId } = workspace.cameras.getState();
  const cameraIds = incident.cameraIds.filter((id) => byId.get(id)?.siteId === alert.siteId).slice(0, mostDocked);
  if (cameraIds.length === 0 || workspace.wall.store.getState().state !== 'joined') {
    tell(`Incident #${incident.number} is open.`);
    return;
  }
  await dockCameras(workspace, incident.id, cameraIds);
}

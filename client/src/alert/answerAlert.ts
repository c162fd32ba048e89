import type { Alert } from '@commonsight/types/alert';
import { routes } from '@commonsight/types/http/routes';
import type { Id } from '@commonsight/types/ids';
import { call } from '../api/call.ts';
import { freeSlots } from '../incident/incidentCameras.ts';
import { alertChanged } from '../state/alerts.ts';
import { incidentChanged } from '../state/incidents.ts';
import { currentScreen } from '../state/wall.ts';
import type { Workspace } from '../state/Workspace.ts';
import { tell, tellError, tellFailure } from '../ui/toast.tsx';
import { addScreen, dockCameras } from '../wall/wallActs.ts';
import { untilJoined } from './untilJoined.ts';

/** As many as one request docks; the others are among the incident's cameras. */
const mostDocked = 16;

/** Where this window can be taken. */
export interface Ways {
  /** The console, which shows a wall; it is where incidents and tiles are. */
  toConsole: () => Promise<void>;
  toScreen: (wallId: Id, screen: number) => Promise<void>;
}

/**
 * Makes the alert's incident, or opens the one that somebody has made, and puts the cameras of the alert on this window's
 * screen. They open by the user's ordinary grants: where the policy asks for a purpose or an approval, so does this.
 */
export async function answerAlert(workspace: Workspace, alert: Alert, ways: Ways): Promise<void> {
  const result = await call(routes.answerAlert, { params: { id: alert.id } });
  if (!tellFailure(result) || result.state !== 'ok') return;
  const { incident } = result.value;
  alertChanged(workspace.alerts, result.value.alert);
  incidentChanged(workspace.incidents, incident);
  if (incident.closedAt !== null) {
    tellError(
      `Incident #${incident.number} of this alert is closed. The relay ends the alert as soon as it hears of it.`,
    );
    return;
  }
  workspace.attention.setState({ selectedIncidentId: incident.id });
  const { byId } = workspace.cameras.getState();
  const cameraIds = incident.cameraIds.filter((id) => byId.get(id)?.siteId === alert.siteId);
  if (workspace.wall.store.getState().state === 'none') await ways.toConsole();
  if (cameraIds.length === 0) tell(`Incident #${incident.number} is open. The owner shares no camera by this alert.`);
  else if (await untilJoined(workspace.wall.store)) await dock(workspace, incident.id, cameraIds, ways);
  else tell(`Incident #${incident.number} is open. Open a wall to see its cameras.`);
}

/** As many as fit; what does not is said, with a screen for it. */
async function dock(workspace: Workspace, incidentId: Id, all: Id[], ways: Ways): Promise<void> {
  const wall = workspace.wall.store.getState();
  const screen = currentScreen(wall);
  if (wall.state !== 'joined' || screen === null) return;
  const onScreen = new Set(screen.tiles.map((tile) => tile.cameraId));
  const known = all.filter((id) => onScreen.has(id)).length;
  const fitting = Math.min(known + freeSlots(screen), mostDocked, all.length);
  // Those that find no place here come first on the next screen.
  const left = all.filter((id) => !onScreen.has(id)).slice(fitting - known);
  const dockLeft = async (): Promise<void> => {
    const number = await addScreen(workspace, screen.layout);
    if (number === null) return;
    await ways.toScreen(wall.wallId, number);
    tellFailure(await workspace.wall.dockCameras(wall.wallId, number, incidentId, left.slice(0, mostDocked)));
  };
  const more = { label: 'Add a screen', onSelect: () => void dockLeft() };
  if (!(await dockCameras(workspace, incidentId, all.slice(0, mostDocked), more))) return;
  if (fitting < all.length)
    tellError(`${fitting} of the ${all.length} cameras of this alert are on this screen.`, more);
}

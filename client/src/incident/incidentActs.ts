import { routes } from '@commonsight/types/http/routes';
import type { Id } from '@commonsight/types/ids';
import type { Disposition, Incident, Priority } from '@commonsight/types/incident';
import type { Position } from '@commonsight/types/position';
import { call } from '../api/call.ts';
import type { CallResult } from '../api/CallResult.ts';
import { incidentChanged, incidentNoted } from '../state/incidents.ts';
import type { Workspace } from '../state/Workspace.ts';
import { tell, tellFailure } from '../ui/toast.tsx';

/*
 * What a user does to an incident. The server tells everybody, the author included; the answer is taken in as well, so
 * that the screen does not wait for the notification.
 */

export async function createIncident(
  { incidents, attention }: Workspace,
  incident: { title: string; priority: Priority; position: Position },
): Promise<CallResult<Incident>> {
  const result = await call(routes.createIncident, { body: incident });
  if (result.state === 'ok') {
    incidentChanged(incidents, result.value);
    attention.setState({ selectedIncidentId: result.value.id });
    tell(`Incident #${String(result.value.number)} is open.`);
  }
  return result;
}

export async function changeIncident(
  { incidents }: Workspace,
  id: Id,
  change: { title?: string; priority?: Priority },
): Promise<boolean> {
  const result = await call(routes.changeIncident, { params: { id }, body: change });
  if (result.state === 'ok') incidentChanged(incidents, result.value);
  return tellFailure(result);
}

/** Adds a note. What was written stays with the writer until this answers `ok`. */
export async function noteIncident({ incidents }: Workspace, id: Id, text: string): Promise<CallResult<unknown>> {
  const result = await call(routes.noteIncident, { params: { id }, body: { text } });
  if (result.state === 'ok') incidentNoted(incidents, result.value);
  return result;
}

export async function closeIncident(
  { incidents }: Workspace,
  id: Id,
  disposition: Disposition,
): Promise<CallResult<Incident>> {
  const result = await call(routes.closeIncident, { params: { id }, body: { disposition } });
  if (result.state === 'ok') {
    incidentChanged(incidents, result.value);
    tell(`Incident #${String(result.value.number)} is closed.`);
  }
  return result;
}

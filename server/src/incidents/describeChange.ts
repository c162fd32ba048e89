import type { Priority } from '@commonsight/types/incident';
import type { Position } from '@commonsight/types/position';
import type { CameraRow } from '../cameras/cameraRepository.ts';
import type { IncidentRow } from './incidentRepository.ts';

/** What can be changed of an open incident; what is absent stays. */
export interface IncidentChange {
  title?: string | undefined;
  priority?: Priority | undefined;
  position?: Position | undefined;
  cameraIds?: string[] | undefined;
}

/** The timeline's sentences about a change; none when nothing is different. */
export function describeChange(before: IncidentRow, change: IncidentChange, cameras: readonly CameraRow[]): string[] {
  const lines: string[] = [];
  if (change.title !== undefined && change.title !== before.title) {
    lines.push(`Title changed to "${change.title}".`);
  }
  if (change.priority !== undefined && change.priority !== before.priority) {
    lines.push(`Priority changed from ${before.priority} to ${change.priority}.`);
  }
  const { position } = change;
  if (position !== undefined && (position.latitude !== before.latitude || position.longitude !== before.longitude)) {
    lines.push('Moved on the map.');
  }
  if (change.cameraIds !== undefined) {
    const names = new Map(cameras.map((camera) => [camera.id, `${camera.number} ${camera.name}`]));
    const listNames = (ids: string[]) => ids.map((id) => names.get(id) ?? 'a removed camera').join(', ');
    const added = change.cameraIds.filter((id) => !before.cameraIds.includes(id));
    const removed = before.cameraIds.filter((id) => !change.cameraIds?.includes(id));
    if (added.length > 0) lines.push(`Cameras added: ${listNames(added)}.`);
    if (removed.length > 0) lines.push(`Cameras taken away: ${listNames(removed)}.`);
  }
  return lines;
}

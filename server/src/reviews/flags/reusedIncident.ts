import { distanceMetres } from '../../cameras/reach.ts';
import { lastWorkedOnMs, spellDistance, spellDuration } from './incidentWork.ts';
import { type FlagRule, dayMs } from './FlagRule.ts';

/** What an incident explains lies around it. */
const farMetres = 1_000;
const leastFarCameras = 3;
const quietMs = 2 * dayMs;

/** An incident that nobody works on any more, used as the cover for cameras elsewhere in the city. */
export const reusedIncident: FlagRule = {
  kind: 'reusedIncident',
  find({ viewing, history, incident }) {
    const quietFor = (atMs: number) => atMs - lastWorkedOnMs(incident, viewing.userId, atMs);
    const quietForMs = quietFor(viewing.startedAtMs);
    if (quietForMs <= quietMs) return null;
    const distances = new Map<string, number>();
    for (const other of history) {
      if (other.incidentId !== incident.id || other.startedAtMs > viewing.startedAtMs) continue;
      const metres = distanceMetres(incident.position, other.cameraPosition);
      if (metres > farMetres && quietFor(other.startedAtMs) > quietMs) distances.set(other.cameraId, metres);
    }
    if (!distances.has(viewing.cameraId) || distances.size < leastFarCameras) return null;
    const farthest = spellDistance(Math.max(...distances.values()));
    return `#${incident.number}, quiet for ${spellDuration(quietForMs)}, stands for ${distances.size} cameras up to ${farthest} away.`;
  },
};

import type { Alert } from '@commonsight/types/alert';

/** So long between two calls: somebody who was out of the room has to hear one. */
export const callEveryMs = 10_000;

/** The alerts that nobody has turned to: no incident is made of them, and in this window nothing about them was pressed. */
export function callingAlerts(
  running: readonly Pick<Alert, 'id' | 'incidentId'>[],
  taken: ReadonlySet<string>,
): string[] {
  return running.filter(({ id, incidentId }) => incidentId === null && !taken.has(id)).map(({ id }) => id);
}

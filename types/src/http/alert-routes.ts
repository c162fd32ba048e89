import { z } from 'zod';
import { alertSchema } from '../alert.ts';
import { idSchema } from '../ids.ts';
import { incidentSchema } from '../incident.ts';
import type { Route } from './route.ts';

/** Owners' alerts, for operators. */
export const alertRoutes = {
  /** Those that run, and those that ended within the last hour, the newest first. */
  listAlerts: {
    method: 'GET',
    path: '/api/alerts',
    response: z.object({ alerts: z.array(alertSchema) }),
    permission: 'alert.read',
    audit: 'alert.listed',
  },
  /**
   * Makes the alert's incident at its site, with the cameras that its owner shares on alert. Of two who do, the second gets
   * the first one's incident. `conflict` when the alert has ended.
   */
  answerAlert: {
    method: 'POST',
    path: '/api/alerts/:id/incident',
    params: z.object({ id: idSchema }),
    response: z.object({ incident: incidentSchema, alert: alertSchema }),
    permission: 'incident.create',
    audit: 'alert.answered',
  },
} as const satisfies Record<string, Route>;

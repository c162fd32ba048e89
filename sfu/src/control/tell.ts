import type { ControlNotifications } from '@commonsight/types/control/control';
import type { z } from 'zod';

/** Tells the server, or nobody while the link is down: a server that comes back takes a snapshot. */
export type Tell = <K extends keyof ControlNotifications>(name: K, payload: z.input<ControlNotifications[K]>) => void;

import { z } from 'zod';
import { idSchema, momentSchema } from './ids.ts';
import { messageSchema } from './message.ts';
import { deviceClassSchema, sessionStateSchema } from './session.ts';
import { userSchema } from './user.ts';
import { viewingSchema } from './viewing.ts';
import { screenNumberSchema } from './wall.ts';

/** One session of the agency as its supervisors see it. */
export const supervisedSessionSchema = z.object({
  id: idSchema,
  user: userSchema,
  state: sessionStateSchema,
  deviceClass: deviceClassSchema,
  /** Where it signed in from: tells two sessions of one user apart. */
  sourceAddress: z.string().nullable(),
  startedAt: momentSchema,
  lastActiveAt: momentSchema,
  endsAt: momentSchema,
  /** Open connections; 0 while all its windows are closed or away. */
  connections: z.int().nonnegative(),
  /** What its windows have open, each once; `screen` null: the wall without one of its screens. */
  screens: z.array(z.object({ wallId: idSchema, wallName: z.string(), screen: screenNumberSchema.nullable() })),
  /** Those that run, oldest first. */
  viewings: z.array(
    viewingSchema.pick({
      id: true,
      cameraId: true,
      cameraName: true,
      incidentNumber: true,
      incidentTitle: true,
      purpose: true,
      startedAt: true,
    }),
  ),
  /** How long its viewings that have ended were, added up. Those that run are counted from their `startedAt`. */
  endedViewingMs: z.int().nonnegative(),
  /** Of all its viewings, as far as the SFU host has told. */
  bytes: z.int().nonnegative(),
  /** The latest messages that its user got since it began, newest first. */
  messages: z.array(messageSchema),
});

export type SupervisedSession = z.infer<typeof supervisedSessionSchema>;

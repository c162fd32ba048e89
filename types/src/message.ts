import { z } from 'zod';
import { idSchema, momentSchema } from './ids.ts';
import { linesSchema } from './text.ts';
import { userSchema } from './user.ts';

export const messageTextSchema = linesSchema(500);

/** What a supervisor tells an operator, at every window of that user but wall displays. It is acknowledged once. */
export const messageSchema = z.object({
  id: idSchema,
  by: userSchema,
  to: userSchema,
  text: messageTextSchema,
  sentAt: momentSchema,
  acknowledgedAt: momentSchema.nullable(),
});

export type Message = z.infer<typeof messageSchema>;

import { z } from 'zod';
import { idSchema } from './ids.ts';
import { permissionSchema, roleSchema } from './permission.ts';
import { ownSessionSchema } from './session.ts';

/** A person's account, as other users of the agency see it. */
export const userSchema = z.object({
  id: idSchema,
  name: z.string(),
  role: roleSchema,
});

export type User = z.infer<typeof userSchema>;

/** The signed-in user's own account and session; answered in any state of the session. */
export const meSchema = z.object({
  user: userSchema.extend({ email: z.string() }),
  agency: z.object({ id: idSchema, name: z.string() }),
  permissions: z.array(permissionSchema),
  session: ownSessionSchema,
});

export type Me = z.infer<typeof meSchema>;

import { z } from 'zod';
import { idSchema } from './ids.ts';
import { cameraPermissionSchema, roleSchema } from './permission.ts';
import { lineSchema } from './text.ts';

/**
 * Who is let to a group's cameras, or kept from them. Without any rule everybody reaches every camera that the role
 * reaches. A `deny` wins over everything; as soon as one `allow` is about a user, by role or in person, that user reaches
 * the cameras of such groups and no others.
 */
export const cameraGroupRuleSchema = z
  .object({
    effect: z.enum(['allow', 'deny']),
    /** One of the two: a whole role, or one user. */
    role: roleSchema.nullable(),
    userId: idSchema.nullable(),
    permissions: z.array(cameraPermissionSchema).min(1),
  })
  .refine((rule) => (rule.role === null) !== (rule.userId === null), { error: 'A rule is about a role or a user.' });

export type CameraGroupRule = z.infer<typeof cameraGroupRuleSchema>;

const name = lineSchema(80);

/** Cameras that are allowed or denied together. */
export const cameraGroupSchema = z.object({
  id: idSchema,
  name,
  cameraIds: z.array(idSchema),
  rules: z.array(cameraGroupRuleSchema),
});

export type CameraGroup = z.infer<typeof cameraGroupSchema>;

/** A group as administrators write it, always whole. */
export const cameraGroupBodySchema = z.object({
  name,
  cameraIds: z.array(idSchema).max(1_000),
  rules: z.array(cameraGroupRuleSchema).max(100),
});

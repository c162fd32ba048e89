import { z } from 'zod';
import { Secret } from '../Secret.ts';

/** Who signs in to a camera, as its entry says it. */
export const credentialsSchema = z.object({
  username: z.string().max(200).optional(),
  password: z
    .string()
    .max(200)
    .transform((text) => new Secret(text))
    .optional(),
});

/** A user without a password has an empty one. */
export function passwordOf({ username, password }: z.output<typeof credentialsSchema>): Secret | undefined {
  return password ?? (username === undefined ? undefined : new Secret(''));
}

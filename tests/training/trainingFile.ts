import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { roleSchema } from '@commonsight/types/permission';

/** What the server writes into its data folder when it seeds the training city. */
const trainingSchema = z.object({
  wallId: z.string(),
  siteId: z.string(),
  users: z.array(z.object({ role: roleSchema, email: z.string(), password: z.string() })),
  cameras: z.array(z.object({ id: z.string(), number: z.int().positive(), name: z.string() })),
});

export type Training = z.infer<typeof trainingSchema>;

export async function readTraining(path: string): Promise<Training> {
  return trainingSchema.parse(JSON.parse(await readFile(path, 'utf8')));
}

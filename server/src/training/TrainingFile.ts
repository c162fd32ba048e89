import { readFile, rename, writeFile } from 'node:fs/promises';
import { roleSchema } from '@commonsight/types/permission';
import { z } from 'zod';

/** What the start of a training city reads: where to look, and with which account. */
const trainingFileSchema = z.object({
  wallId: z.string(),
  siteId: z.string(),
  users: z.array(z.object({ role: roleSchema, email: z.string(), password: z.string() })),
  cameras: z.array(z.object({ id: z.string(), number: z.int(), name: z.string() })),
});

export type TrainingFile = z.infer<typeof trainingFileSchema>;

/** The file of the last start, or null when there is none that can be read. */
export async function readTrainingFile(path: string): Promise<TrainingFile | null> {
  try {
    return trainingFileSchema.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch {
    return null;
  }
}

/** Replaces the file whole, readable for this user alone: it holds passwords. */
export async function writeTrainingFile(path: string, file: TrainingFile): Promise<void> {
  const fresh = `${path}.new`;
  await writeFile(fresh, `${JSON.stringify(file, null, 2)}\n`, { mode: 0o600 });
  await rename(fresh, path);
}

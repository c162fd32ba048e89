import { rename, rm, writeFile } from 'node:fs/promises';

/** Writes a file that only its owner reads, so that a reader finds the old text or the new one and nothing between. */
export async function writePrivateFile(path: string, text: string): Promise<void> {
  const unfinished = `${path}.${process.pid}.unfinished`;
  await rm(unfinished, { force: true });
  await writeFile(unfinished, text, { mode: 0o600 });
  await rename(unfinished, path);
}

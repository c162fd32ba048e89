import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { takeFileLock } from '@commonsight/worker/fileLock';

const notSources = new Set(['node_modules', 'dist']);
const stampName = '.sources';

/** One hash over every file under the given files and folders, names included; tests do not change what is built. */
export function hashSources(paths: readonly string[]): string {
  const hash = createHash('sha256');
  for (const path of paths) {
    for (const file of filesUnder(path).sort()) {
      hash
        .update(`${relative(path, file)}\0`)
        .update(readFileSync(file))
        .update('\0');
    }
  }
  return hash.digest('hex');
}

function filesUnder(path: string): string[] {
  if (statSync(path).isFile()) return [path];
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => !notSources.has(entry.name) && !/\.test\.tsx?$/.test(entry.name))
    .flatMap((entry) => filesUnder(join(path, entry.name)));
}

export interface StampedBuild {
  sources: readonly string[];
  /** What the build makes. It is replaced as a whole. */
  output: string;
  /** On the same file system as the output. */
  workshop: string;
  lockFile: string;
  build: (folder: string) => Promise<void>;
  onWait: () => void;
}

/** Builds when the sources are other ones than those of the last build. */
export async function ensureBuilt({ sources, output, workshop, lockFile, build, onWait }: StampedBuild): Promise<void> {
  const stamp = hashSources(sources);
  if ((await readStamp(output)) === stamp) return;
  const lock = await takeFileLock(lockFile, onWait);
  try {
    if ((await readStamp(output)) === stamp) return;
    await rm(workshop, { recursive: true, force: true });
    await mkdir(dirname(workshop), { recursive: true });
    await build(workshop);
    await writeFile(join(workshop, stampName), stamp);
    await rm(output, { recursive: true, force: true });
    await rename(workshop, output);
  } finally {
    await lock.release();
  }
}

async function readStamp(output: string): Promise<string | undefined> {
  try {
    return await readFile(join(output, stampName), 'utf8');
  } catch {
    return undefined;
  }
}

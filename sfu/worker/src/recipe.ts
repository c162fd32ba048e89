import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheFolder } from './cacheFolder.ts';

/** CMakeLists.txt and the compatibility headers. */
export const recipeFolder = fileURLToPath(new URL('../build', import.meta.url));

export interface Mediasoup {
  version: string;
  /** Folder of the worker's C++ sources in the npm package. */
  workerSources: string;
}

export function installedMediasoup(): Mediasoup {
  // mediasoup exports no package.json, so its folder is found from its entry point, <package>/node/lib/index.js.
  const packageFolder = join(dirname(createRequire(import.meta.url).resolve('mediasoup')), '..', '..');
  const manifest: unknown = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8'));
  if (typeof manifest !== 'object' || manifest === null || !('version' in manifest)) {
    throw new Error(`${packageFolder} holds no mediasoup package.`);
  }
  return { version: String(manifest.version), workerSources: join(packageFolder, 'worker') };
}

/** Changes with every byte of the recipe, so that a changed recipe builds anew. */
export function hashFolder(folder: string): string {
  const hash = createHash('sha256');
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  for (const file of files) {
    hash
      .update(`${relative(folder, file)}\0`)
      .update(readFileSync(file))
      .update('\0');
  }
  return hash.digest('hex').slice(0, 12);
}

/** For example `debian-12`. A worker built on one release does not start on another: the libraries' names differ. */
export function systemRelease(osRelease: string): string {
  const field = (name: string) => new RegExp(`^${name}="?([\\w.-]+)"?$`, 'm').exec(osRelease)?.[1];
  return `${field('ID') ?? 'linux'}-${field('VERSION_ID') ?? 'rolling'}`;
}

function readOsRelease(): string {
  try {
    return readFileSync('/etc/os-release', 'utf8');
  } catch {
    return '';
  }
}

/** Where the worker for this machine, this mediasoup and this recipe is, or will be. */
export function cachedWorkerPath(env: NodeJS.ProcessEnv = process.env): string {
  const { version } = installedMediasoup();
  const key = `${version}-${systemRelease(readOsRelease())}-${process.arch}-${hashFolder(recipeFolder)}`;
  return join(cacheFolder(env), 'mediasoup-worker', key, 'mediasoup-worker');
}

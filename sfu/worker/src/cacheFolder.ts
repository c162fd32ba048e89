import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * The folder for what is made once per machine and can always be made again. It lies outside the checkout, so that
 * several checkouts share it and a fresh clone does not start from nothing.
 */
export function cacheFolder(env: NodeJS.ProcessEnv = process.env): string {
  if (env['COMMONSIGHT_CACHE_DIR']) return env['COMMONSIGHT_CACHE_DIR'];
  return join(env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'commonsight');
}

import { open } from 'node:fs/promises';

/** A file that holds secrets can be opened by others than its owner. */
export class OpenFileError extends Error {
  constructor(path: string) {
    super(`Other users of this machine can open ${path}, which holds secrets. Run: chmod 600 ${path}`);
    this.name = 'OpenFileError';
  }
}

/**
 * The text of a file that is its owner's alone, undefined when there is none. Throws an `OpenFileError` when group or
 * others have any right to it: then its secrets may be known already, and whoever set it up has to hear of it. Windows
 * has no such modes.
 */
export async function readPrivateFile(path: string): Promise<string | undefined> {
  const file = await open(path, 'r').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (file === undefined) return undefined;
  try {
    // Of the opened file, so that it cannot be another one than the one that is read.
    const { mode } = await file.stat();
    if (process.platform !== 'win32' && (mode & 0o077) !== 0) throw new OpenFileError(path);
    return await file.readFile('utf8');
  } finally {
    await file.close();
  }
}

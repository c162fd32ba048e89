import { createHash } from 'node:crypto';
import { mkdir, readFile, readdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { markUsed } from './markUsed.ts';

const SIMULATOR = join(import.meta.dirname, '..');
/** Whatever changes the pictures or their encoding. */
const DRAWING_CODE = [
  'stamp.ts',
  'streams.ts',
  'bar',
  'h264',
  'scenes',
  'clips/deriveClip.ts',
  'clips/drawScene.ts',
  'clips/encoding.ts',
  'clips/raiseFile.ts',
];

function cacheRoot(): string {
  const own = process.env['COMMONSIGHT_CACHE_DIR'];
  if (own !== undefined && own !== '') return own;
  const xdg = process.env['XDG_CACHE_HOME'];
  return join(xdg !== undefined && xdg !== '' ? xdg : join(homedir(), '.cache'), 'commonsight');
}

async function sourceFiles(path: string): Promise<string[]> {
  if (path.endsWith('.ts')) return [path];
  const entries = await readdir(path, { recursive: true });
  return entries
    .filter((entry) => entry.endsWith('.ts') && !entry.endsWith('.test.ts'))
    .map((entry) => join(path, entry));
}

let folder: Promise<string> | undefined;

/** The folder of this version's clips, made if it is missing. Other code draws other pictures and has another folder. */
export function clipFolder(): Promise<string> {
  folder ??= (async () => {
    const files = (await Promise.all(DRAWING_CODE.map((path) => sourceFiles(join(SIMULATOR, path))))).flat();
    const hash = createHash('sha256');
    for (const file of files.toSorted()) hash.update(file.slice(SIMULATOR.length)).update(await readFile(file));
    const path = join(cacheRoot(), 'cameras', hash.digest('hex').slice(0, 16));
    await mkdir(path, { recursive: true });
    await markUsed(path);
    return path;
  })();
  return folder;
}

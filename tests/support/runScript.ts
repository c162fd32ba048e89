import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { checkoutFolder } from '../training/folders.ts';

/** Runs a script of another package (its path in the checkout) to its end and answers its exit code; what it prints is printed. */
export async function runScript(path: string, args: readonly string[]): Promise<number> {
  const child = spawn(process.execPath, [join(checkoutFolder, path), ...args], { stdio: 'inherit' });
  const [code] = await once(child, 'exit');
  return typeof code === 'number' ? code : 1;
}

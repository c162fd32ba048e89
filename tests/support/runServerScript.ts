import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** Runs one of the server's own scripts to its end and answers its exit code; what it prints is printed. */
export async function runServerScript(name: string, args: readonly string[]): Promise<number> {
  const path = fileURLToPath(new URL(`../../server/scripts/${name}.ts`, import.meta.url));
  const child = spawn(process.execPath, [path, ...args], { stdio: 'inherit' });
  const [code] = await once(child, 'exit');
  return typeof code === 'number' ? code : 1;
}

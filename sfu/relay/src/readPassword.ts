import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { Secret } from './Secret.ts';

/** A line of standard input that is not shown while it is typed. Arguments and the environment are seen by others. */
export async function readPassword(): Promise<Secret> {
  const { stdin, stderr } = process;
  const isTerminal = stdin.isTTY;
  if (isTerminal) stderr.write('Password: ');
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: stdin, output: nowhere, terminal: isTerminal });
  try {
    for await (const line of lines) return new Secret(line);
    return new Secret('');
  } finally {
    lines.close();
    if (isTerminal) stderr.write('\n');
  }
}

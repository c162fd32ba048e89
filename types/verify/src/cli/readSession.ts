import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { CannotCheck } from './CannotCheck.ts';

const sessionVariable = 'COMMONSIGHT_SESSION';

/**
 * The cookie of a session, from the environment or from whoever sits there, who does not see it typed. Not from the
 * arguments: every user of the machine can read those of a running process.
 */
export async function readSession(address: string): Promise<string> {
  const given = process.env[sessionVariable] ?? (await ask());
  const value = given.trim().replace(/^(?:__Host-)?commonsight\.session_token=/, '');
  if (!/^[\x21-\x3a\x3c-\x7e]+$/.test(value)) {
    throw new CannotCheck(`no session: ${sessionVariable} is the value of the cookie commonsight.session_token.`);
  }
  const prefix = address.startsWith('https:') ? '__Host-' : '';
  return `${prefix}commonsight.session_token=${value}`;
}

async function ask(): Promise<string> {
  const { stdin, stderr } = process;
  stderr.write('Value of the cookie commonsight.session_token: ');
  // What the line editor would show of it goes nowhere.
  const output = new Writable({ write: (_piece, _encoding, done) => done() });
  const lines = createInterface({ input: stdin, output, terminal: stdin.isTTY });
  try {
    return await lines.question('');
  } finally {
    lines.close();
    stderr.write('\n');
  }
}

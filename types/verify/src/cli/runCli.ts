import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { openCheckpoint, type OpenedCheckpoint } from '../checkpoint/signedCheckpoint.ts';
import { parseVerifierKey, type VerifierKey } from '../note/keys.ts';
import { NoteError } from '../note/NoteError.ts';
import { CannotCheck } from './CannotCheck.ts';
import { checkFile, checkFork, checkLog, type Result } from './checks.ts';
import { readSession } from './readSession.ts';

const usage = `commonsight-verify FILE            checks an export of the audit log, without any server
commonsight-verify URL             checks a whole log while it runs, by its tiles
commonsight-verify fork ONE OTHER  says whether two checkpoints, each in a file, prove that the log was forked

  --key KEY      the log's verifier key, from anywhere but the log itself; may be repeated after a change of keys
  --witness KEY  a witness's verifier key, which then has to have cosigned; may be repeated
  --since FILE   a checkpoint kept from earlier, which the log has to begin with
  --keep FILE    writes the checkpoint of a running log there, for the next --since
  --proof FILE   the hashes that a witness has kept with two checkpoints of two sizes
  --session      reads the entries too, with a session of the log's agency: the cookie from COMMONSIGHT_SESSION, or asked
                 for; never an argument, which everybody on the machine could read

Exit codes: 0 good, 1 bad, 2 could not be checked, which a check without --key is too.`;

export type ExitCode = 0 | 1 | 2;

/** Checks what the arguments name and prints what it finds. Never rejects. */
export async function runCli(args: readonly string[], print: (line: string) => void): Promise<ExitCode> {
  const startMs = performance.now();
  try {
    const result = await checkArgs(args, print);
    if (!result) return 0;
    printResult(result, performance.now() - startMs, print);
    return result.exitCode;
  } catch (error) {
    if (!(error instanceof CannotCheck)) throw error;
    print(`Could not check: ${error.message}`);
    return 2;
  }
}

async function checkArgs(args: readonly string[], print: (line: string) => void): Promise<Result | undefined> {
  const { values, positionals } = readArgs(args);
  const [target, ...rest] = positionals;
  if (values.help) {
    print(usage);
    return undefined;
  }
  const log = values.key.map(readKey);
  const witnesses = values.witness.map(readKey);
  if (target === 'fork' && rest.length === 2) {
    const notes = await Promise.all(rest.map(readText));
    const proof = values.proof === undefined ? '' : await readText(values.proof);
    return checkFork(notes[0] ?? '', notes[1] ?? '', { log, proof });
  }
  if (target === undefined || rest.length > 0) throw new CannotCheck(`name one file or address.\n\n${usage}`);
  const since = values.since === undefined ? undefined : openKept(await readText(values.since), log);
  const keys = { log, witnesses, ...(since && { since }) };
  if (!/^https?:\/\//.test(target)) return await checkFile(target, keys);
  const cookie = values.session ? await readSession(target) : undefined;
  const result = await checkLog(target, keys, cookie);
  if (values.keep !== undefined && result.note !== undefined) await keepNote(values.keep, result.note);
  return result;
}

function readArgs(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        key: { type: 'string', multiple: true, default: [] },
        witness: { type: 'string', multiple: true, default: [] },
        since: { type: 'string' },
        keep: { type: 'string' },
        proof: { type: 'string' },
        session: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
  } catch (error) {
    throw new CannotCheck(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
  }
}

function readKey(text: string): VerifierKey {
  try {
    return parseVerifierKey(text.trim());
  } catch (error) {
    if (!(error instanceof NoteError)) throw error;
    throw new CannotCheck(`${text} is no verifier key. ${error.message}`);
  }
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new CannotCheck(`${file} cannot be read. ${error instanceof Error ? error.message : String(error)}`);
  }
}

function openKept(note: string, log: readonly VerifierKey[]): OpenedCheckpoint {
  if (log.length === 0) throw new CannotCheck("--since needs --key, or the kept checkpoint could be anybody's.");
  try {
    return openCheckpoint(note, { log });
  } catch (error) {
    throw new CannotCheck(
      `the kept checkpoint cannot be used. ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

async function keepNote(file: string, note: string): Promise<void> {
  try {
    await writeFile(file, note);
  } catch (error) {
    throw new CannotCheck(`${file} cannot be written. ${error instanceof Error ? error.message : String(error)}`);
  }
}

function printResult({ headline, rows, entries }: Result, tookMs: number, print: (line: string) => void): void {
  const seconds = tookMs / 1000;
  const rate = entries === undefined ? '' : `, ${Math.round(entries / seconds).toLocaleString('en')} entries a second`;
  print(printable(headline));
  for (const [name, value] of [...rows, ['Duration', `${seconds.toFixed(2)} s${rate}`]]) {
    print(`  ${(name ?? '').padEnd(17)} ${printable(value ?? '')}`);
  }
}

/** Names come from the file: none may steer the terminal, or turn the direction of what stands beside it. */
function printable(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '?');
}

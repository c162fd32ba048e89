import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { relayProgram } from '../../training/relaySetup.ts';
import { prepare } from '../../training/prepare.ts';
import { startStack } from '../../training/startStack.ts';
import { LineProcess } from './LineProcess.ts';

const verifier = fileURLToPath(new URL('../../../types/verify/src/cli/main.ts', import.meta.url));
const serverScript = (name: string) => fileURLToPath(new URL(`../../../server/scripts/${name}.ts`, import.meta.url));

const witnessesSchema = z.object({ witnesses: z.array(z.object({ verifierKey: z.string(), note: z.string() })) });
const healthSchema = z.object({ status: z.string(), witnesses: z.object({ current: z.int(), alarms: z.int() }) });
const userSchema = z.object({ agency: z.object({ id: z.uuid() }) });

export interface ForkReport {
  /** From the first answer of the server with the other history until the relay had raised it, on its own disk. */
  raisedAfterMs: number;
  /** From then until the server itself said so, because the relay had told it. */
  toldAfterMs: number;
  /** Exit codes of `relay log status` and of `commonsight-verify fork` on the relay's evidence: 1 each. */
  statusCode: number;
  evidenceCode: number;
  words: string;
}

/**
 * F14 by the strongest attacker: the training city on PostgreSQL, whose log is witnessed by its relay; then the server is
 * stopped, the log rewritten with the database and the log's own key, and the server started on it.
 */
export async function forkLog(progress: (line: string) => void): Promise<ForkReport> {
  const folder = await mkdtemp(join(tmpdir(), 'commonsight-fork-'));
  const database = LineProcess.start(process.execPath, [serverScript('auditDatabase')]);
  try {
    const { clientFolder } = await prepare({ progress, signal: new AbortController().signal });
    const env = { ...process.env, DATABASE_URL: await database.read() };
    const stack = await startStack({ folder, clientFolder, progress, env, cameraCount: 2 });
    try {
      const serverFolder = join(folder, 'data/server');
      const relayFolder = join(folder, 'data/relay');
      const agencyId = await agencyOf(stack.url, stack.users);
      const publicLog = `${stack.url}/api/log/${agencyId}`;
      const before = await until('the relay has cosigned the log', async () => {
        const [witness] = witnessesSchema.parse(await (await fetch(`${publicLog}/witnesses`)).json()).witnesses;
        return witness;
      });
      progress(`Cosigned by ${before.verifierKey.split('+')[0] ?? ''}. Rewriting the log.`);
      await stack.stop('server');
      const attack = await run(serverScript('forkLog'), ['--destroy-this-log', agencyId], {
        ...env,
        DATA_DIR: serverFolder,
      });
      progress(attack.words);
      if (attack.code !== 0) throw new Error('The log could not be rewritten.');
      const starting = stack.start('server');
      const servedAtMs = await until('the server shows the other history', async () =>
        (await fetch(`${publicLog}/checkpoint`)).ok ? performance.now() : undefined,
      );
      const alarm = join(relayFolder, 'witness/alarm');
      const raisedAtMs = await until('the relay raises it', async () => {
        await access(join(alarm, 'alarm.json'));
        return performance.now();
      });
      await starting;
      const toldAtMs = await until('the server says so too', async () => {
        const health = healthSchema.parse(await (await fetch(`${stack.url}/api/health`)).json());
        return health.witnesses.alarms === 1 && health.status === 'degraded' ? performance.now() : undefined;
      });
      const status = await run(relayProgram, ['log', 'status', '--folder', relayFolder]);
      const [key = ''] = (await readFile(join(relayFolder, 'witness/log.keys'), 'utf8')).split('\n');
      const files = ['kept.checkpoint', 'seen.checkpoint'].map((name) => join(alarm, name));
      const proof = ['--proof', join(alarm, 'proof.txt')];
      const evidence = await run(verifier, ['fork', ...files, '--key', key, ...proof]);
      return {
        raisedAfterMs: raisedAtMs - servedAtMs,
        toldAfterMs: toldAtMs - raisedAtMs,
        statusCode: status.code,
        evidenceCode: evidence.code,
        words: `${status.words}\n${evidence.words}`,
      };
    } finally {
      await stack.close();
    }
  } finally {
    await database.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function agencyOf(url: string, users: readonly { email: string; password: string; role: string }[]) {
  const user = users.find(({ role }) => role === 'supervisor');
  if (user === undefined) throw new Error('The training city has no supervisor.');
  const answer = await fetch(`${url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({ email: user.email, password: user.password }),
  });
  const cookie = answer.headers.getSetCookie().map((line) => line.split(';')[0]);
  const me = await fetch(`${url}/api/me`, { headers: { cookie: cookie.join('; ') } });
  return userSchema.parse(await me.json()).agency.id;
}

async function run(program: string, args: readonly string[], env: NodeJS.ProcessEnv = process.env) {
  const child = spawn(process.execPath, [program, ...args], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const [words, [code]] = await Promise.all([text(child.stdout), once(child, 'exit')]);
  return { code: typeof code === 'number' ? code : -1, words: words.trim() };
}

/** Asks until there is an answer; what cannot be asked yet is no answer. */
async function until<T>(what: string, ask: () => Promise<T | undefined>): Promise<T> {
  const endAtMs = performance.now() + 120_000;
  for (;;) {
    const answer = await ask().catch(() => undefined);
    if (answer !== undefined) return answer;
    if (performance.now() > endAtMs) throw new Error(`Two minutes have passed, and not yet: ${what}.`);
    await wait(20);
  }
}

import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Role } from '@commonsight/types/permission';
import { signInForCookie } from '../../support/SignalingProbe.ts';
import { type RunningStack, startStack } from '../../training/startStack.ts';

/** A server process with its Redis, as in production, and nothing else: the tests play everybody who speaks to it. */
export class ServerStage {
  readonly stack: RunningStack;
  readonly #folder: string;

  private constructor(stack: RunningStack, folder: string) {
    this.stack = stack;
    this.#folder = folder;
  }

  static async open(): Promise<ServerStage> {
    const folder = await mkdtemp(join(tmpdir(), 'commonsight-signalling-'));
    const clientFolder = join(folder, 'client');
    await mkdir(clientFolder);
    await writeFile(join(clientFolder, 'index.html'), '<title>Commonsight</title>');
    return new ServerStage(await startStack({ folder, clientFolder, isServerAlone: true }), folder);
  }

  get url(): string {
    return this.stack.url;
  }

  get pid(): number {
    const { server } = this.stack.pids;
    if (server === undefined) throw new Error('The server does not run.');
    return server;
  }

  userOf(role: Role): { email: string; password: string } {
    const user = this.stack.users.find((one) => one.role === role);
    if (user === undefined) throw new Error(`The training city has no ${role}.`);
    return user;
  }

  signIn(role: Role): Promise<string> {
    return signInForCookie(this.url, this.userOf(role));
  }

  /** What the server's memory holds now, in MB (proc(5), VmRSS). */
  async memoryMegabytes(): Promise<number> {
    const status = await readFile(`/proc/${this.pid}/status`, 'utf8');
    return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1024;
  }

  /** The lines of the server's log in which it gave something up (pino: 50 is "error"), without the set-aside ones. */
  async errorLines(): Promise<string[]> {
    const text = await readFile(join(this.#folder, 'logs', 'server.log'), 'utf8');
    return text.split('\n').filter((line) => /"level":(?:50|60)/.test(line));
  }

  async close(): Promise<void> {
    await this.stack.close();
    await rm(this.#folder, { recursive: true, force: true });
  }
}

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

const main = join(import.meta.dirname, '../../../../sfu/relay/src/main.ts');

export interface Ended {
  readonly exitCode: number | null;
  readonly output: string;
}

/** What tests want of a relay unless they say otherwise. A relay that asks its cameras by itself would be counted with them. */
const defaults = {
  LOG_LEVEL: 'debug',
  RELAY_ALLOW_LOOPBACK_CAMERAS: 'on',
  RELAY_CAMERAS_OVER_LINK: 'on',
  RELAY_CAMERA_CHECK_SECONDS: '0',
};

/** The relay as people run it: a process with arguments, an environment and lines on its outputs. */
export class RelayProcess {
  readonly #child: ChildProcess;
  readonly #ended: Promise<Ended>;
  output = '';

  constructor(args: readonly string[], env: Record<string, string> = {}, input?: string) {
    this.#child = spawn(process.execPath, [main, ...args], {
      env: { ...process.env, ...defaults, ...env },
      stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    });
    this.#child.stdin?.end(input);
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => (this.output += text));
    }
    this.#ended = once(this.#child, 'close').then(() => ({ exitCode: this.#child.exitCode, output: this.output }));
  }

  /** Runs to its end. */
  static run(args: readonly string[], env?: Record<string, string>, input?: string): Promise<Ended> {
    return new RelayProcess(args, env, input).#ended;
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** The process of its mediasoup worker. */
  async workerPid(): Promise<number | undefined> {
    return (await this.childPids('mediasoup-worke'))[0];
  }

  /** Its children by how their name begins: it has several kinds, such as what holds a lock for it. */
  async childPids(name: string): Promise<number[]> {
    const children = await readFile(`/proc/${this.pid}/task/${this.pid}/children`, 'utf8');
    const found: number[] = [];
    for (const pid of children.trim().split(' ').filter(Boolean)) {
      const childName = await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => '');
      if (childName.startsWith(name)) found.push(Number(pid));
    }
    return found;
  }

  end(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<Ended> {
    this.#child.kill(signal);
    return this.#ended;
  }
}

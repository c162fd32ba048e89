import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { SetupError } from '../setup/SetupError.ts';
import { lastWords } from './lastWords.ts';
import { until } from './until.ts';

export interface ProcessPlan {
  name: string;
  program: string;
  args: readonly string[];
  env: NodeJS.ProcessEnv;
  logFile: string;
  /** Asks the process itself, over the door that others use. May throw: that is "not yet". */
  isReady: () => Promise<boolean>;
  readyTimeoutMs: number;
  /** How long it may take to end after SIGTERM before it is killed. */
  stopGraceMs: number;
}

export interface ProcessListener {
  /** A process of this plan runs under a new pid. */
  started(): void;
  progress(line: string): void;
}

type State =
  | { name: 'stopped' }
  | { name: 'running'; child: ChildProcess; startedAtMs: number; ended: Promise<void> }
  | { name: 'waiting'; timer: NodeJS.Timeout };

const firstDelayMs = 250;
const longestDelayMs = 5_000;
/** One that ran for so long had started well: the next delay is the first one again. */
const soundRunMs = 20_000;

/**
 * One process of a stack: started, kept running, ended. It does not outlive us: the kernel sends it SIGTERM when the
 * thread that started it ends, kill -9 included (`setpriv --pdeathsig`).
 */
export class SupervisedProcess {
  readonly #plan: ProcessPlan;
  readonly #listener: ProcessListener;
  #state: State = { name: 'stopped' };
  #isSupervised = false;
  #failures = 0;

  constructor(plan: ProcessPlan, listener: ProcessListener) {
    this.#plan = plan;
    this.#listener = listener;
  }

  get name(): string {
    return this.#plan.name;
  }

  get pid(): number | undefined {
    return this.#state.name === 'running' ? this.#state.child.pid : undefined;
  }

  /** Starts it and waits until it is ready. From then on it is started again whenever it ends by itself. */
  async start(signal?: AbortSignal): Promise<void> {
    if (this.#state.name !== 'stopped') return;
    const logStart = sizeOf(this.#plan.logFile);
    this.#spawn();
    const isReady = await until(() => this.pid === undefined || this.#isReady(), {
      timeoutMs: this.#plan.readyTimeoutMs,
      signal,
    });
    if (this.pid === undefined) {
      throw new SetupError(
        `The ${this.name} process did not start: ${lastWords(this.#loggedSince(logStart))} (its log: ${this.#plan.logFile})`,
      );
    }
    if (!isReady) {
      const seconds = this.#plan.readyTimeoutMs / 1000;
      throw new SetupError(`The ${this.name} process is not ready after ${seconds} s (its log: ${this.#plan.logFile})`);
    }
    this.#isSupervised = true;
  }

  /** Waits until it runs and is ready, for example after a kill. */
  async whenReady(timeoutMs: number): Promise<void> {
    const isReady = await until(() => this.pid !== undefined && this.#isReady(), { timeoutMs });
    if (!isReady) throw new Error(`The ${this.name} process is not ready after ${timeoutMs / 1000} s.`);
  }

  /** As if by somebody else: it is started again. Resolves when it has ended. */
  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    if (this.#state.name !== 'running') return;
    const { child, ended } = this.#state;
    child.kill(signal);
    await ended;
  }

  /** Ends it and leaves it ended: asked first, killed when it does not follow. */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    this.endSupervision();
    if (this.#state.name !== 'running') return;
    const { child, ended } = this.#state;
    const impatience = setTimeout(() => child.kill('SIGKILL'), this.#plan.stopGraceMs);
    child.kill(signal);
    await ended;
    clearTimeout(impatience);
  }

  /** From now on it is not started again when it ends. */
  endSupervision(): void {
    this.#isSupervised = false;
    if (this.#state.name !== 'waiting') return;
    clearTimeout(this.#state.timer);
    this.#state = { name: 'stopped' };
  }

  #spawn(): void {
    const { program, args, env, logFile } = this.#plan;
    mkdirSync(dirname(logFile), { recursive: true });
    const log = openSync(logFile, 'a', 0o600);
    const child = spawn('setpriv', ['--pdeathsig', 'TERM', '--', program, ...args], {
      env,
      stdio: ['ignore', log, log],
      // Out of the terminal's process group: Ctrl-C reaches us alone, and we end the processes in their order.
      detached: true,
    });
    closeSync(log);
    const ended = new Promise<void>((resolve) => {
      child.once('error', () => resolve());
      child.once('exit', () => resolve());
    });
    this.#state = { name: 'running', child, startedAtMs: performance.now(), ended };
    void ended.then(() => this.#handleEnd(child));
    this.#listener.started();
  }

  #handleEnd(child: ChildProcess): void {
    if (this.#state.name !== 'running' || this.#state.child !== child) return;
    const ranMs = performance.now() - this.#state.startedAtMs;
    if (!this.#isSupervised) {
      this.#state = { name: 'stopped' };
      return;
    }
    this.#failures = ranMs >= soundRunMs ? 0 : this.#failures + 1;
    const delayMs = Math.min(firstDelayMs * 2 ** Math.max(0, this.#failures - 1), longestDelayMs);
    const how = child.signalCode ?? `exit code ${child.exitCode}`;
    this.#listener.progress(`The ${this.name} process ended (${how}). Starting it again in ${delayMs / 1000} s.`);
    this.#state = { name: 'waiting', timer: setTimeout(() => this.#spawn(), delayMs) };
  }

  #loggedSince(start: number): string {
    return readFileSync(this.#plan.logFile).subarray(start).toString('utf8');
  }

  async #isReady(): Promise<boolean> {
    try {
      return await this.#plan.isReady();
    } catch {
      return false;
    }
  }
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

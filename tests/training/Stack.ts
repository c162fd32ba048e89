import { type ProcessListener, type ProcessPlan, SupervisedProcess } from './SupervisedProcess.ts';

/**
 * Processes that belong together, by name. They are ended in the reverse order of their addition, so each may rely on
 * those that were added before it until its last moment.
 */
export class Stack<Name extends string> {
  readonly #processes = new Map<Name, SupervisedProcess>();
  readonly #listener: ProcessListener;
  #closing: Promise<void> | undefined;

  constructor(listener: ProcessListener) {
    this.#listener = listener;
  }

  /** The processes that run now. */
  get pids(): Partial<Record<Name, number>> {
    const pids: Partial<Record<Name, number>> = {};
    for (const [name, supervised] of this.#processes) {
      if (supervised.pid !== undefined) pids[name] = supervised.pid;
    }
    return pids;
  }

  /** Starts one more process and waits until it is ready. */
  async add(plan: ProcessPlan & { name: Name }, signal?: AbortSignal): Promise<void> {
    const supervised = new SupervisedProcess(plan, this.#listener);
    this.#processes.set(plan.name, supervised);
    await supervised.start(signal);
  }

  /** Kills a process as a fault would. It is started again; see {@link whenReady}. */
  kill(name: Name, signal?: NodeJS.Signals): Promise<void> {
    return this.#get(name).kill(signal);
  }

  /** Ends a process and leaves it ended. */
  stop(name: Name, signal?: NodeJS.Signals): Promise<void> {
    return this.#get(name).stop(signal);
  }

  /** Starts a stopped process and waits until it is ready. */
  start(name: Name): Promise<void> {
    return this.#get(name).start();
  }

  whenReady(name: Name, timeoutMs = 30_000): Promise<void> {
    return this.#get(name).whenReady(timeoutMs);
  }

  /** Ends every process. Idempotent. */
  close(): Promise<void> {
    this.#closing ??= this.#stopAll();
    return this.#closing;
  }

  async #stopAll(): Promise<void> {
    const processes = [...this.#processes.values()].toReversed();
    // One that ends on its own while the others are being ended is not to come back.
    for (const supervised of processes) supervised.endSupervision();
    for (const supervised of processes) await supervised.stop();
  }

  #get(name: Name): SupervisedProcess {
    const supervised = this.#processes.get(name);
    if (!supervised) throw new Error(`There is no process ${name}.`);
    return supervised;
  }
}

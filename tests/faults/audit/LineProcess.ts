import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** A child that is asked in lines and answers in lines. */
export class LineProcess {
  readonly #child: ChildProcess;
  readonly #lines: AsyncIterator<string>;

  private constructor(child: ChildProcess, lines: AsyncIterator<string>) {
    this.#child = child;
    this.#lines = lines;
  }

  static start(program: string, args: readonly string[]): LineProcess {
    const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'inherit'] });
    return new LineProcess(child, createInterface({ input: child.stdout })[Symbol.asyncIterator]());
  }

  /** The next line of its output. */
  async read(): Promise<string> {
    const next = await this.#lines.next();
    if (next.done === true) throw new Error(`${this.#child.spawnfile} ended.`);
    return next.value;
  }

  ask(line: string): Promise<string> {
    this.#child.stdin?.write(`${line}\n`);
    return this.read();
  }

  /** Says that nothing more comes; what it still prints can be read. */
  end(): void {
    this.#child.stdin?.end();
  }

  /** Ends it and waits for that. Idempotent. */
  async close(): Promise<void> {
    this.end();
    if (this.#child.exitCode === null && this.#child.signalCode === null) await once(this.#child, 'exit');
  }
}

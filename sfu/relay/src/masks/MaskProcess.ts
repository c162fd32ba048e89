import { type ChildProcess, spawn } from 'node:child_process';
import { FlvReader } from './flv.ts';

export interface MaskProcessOptions {
  /** Of `maskArguments`. */
  readonly args: readonly string[];
  readonly onParameterSets: (units: readonly Buffer[]) => void;
  readonly onPicture: (timeMs: number, units: readonly Buffer[]) => void;
  /** Told once, when it ends without `close()`; `reason` is for the log. */
  readonly onEnded: (reason: string) => void;
}

/** Of what ffmpeg complains about only the end is kept. */
const keptComplaint = 300;

/**
 * One run of ffmpeg that masks. It is given pictures through pipes and nothing else: no address, no password, no
 * environment. It is no sandbox: it runs as the relay's user, with that user's files and network. What it wrote before it
 * ended may still be read; what it has not written is lost.
 */
export class MaskProcess {
  readonly #options: MaskProcessOptions;
  readonly #child: ChildProcess;
  readonly #reader: FlvReader;
  #complaint = '';
  #isEnded = false;

  constructor(options: MaskProcessOptions) {
    this.#options = options;
    this.#reader = new FlvReader(options);
    this.#child = spawn('ffmpeg', options.args, {
      stdio: ['pipe', 'pipe', 'pipe'],
      env: { PATH: process.env['PATH'] },
    });
    this.#child.on('error', ({ message }) => this.#end(message));
    this.#child.on('close', (code, signal) => this.#end(`ffmpeg ended with ${signal ?? code}. ${this.#complaint}`));
    // Its input is closed when it ended, and that is told by its end.
    this.#child.stdin?.on('error', () => undefined);
    this.#child.stdout?.on('data', (chunk: Buffer) => this.#take(chunk));
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#complaint = (this.#complaint + text).slice(-keptComplaint);
    });
  }

  /** 0 when it could not be started. */
  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** It has taken all that was written. */
  get isDrained(): boolean {
    return (this.#child.stdin?.writableLength ?? 0) === 0;
  }

  write(bytes: Buffer): void {
    if (!this.#isEnded) this.#child.stdin?.write(bytes);
  }

  /** At once: no picture comes out any more. Idempotent. */
  close(): void {
    this.#isEnded = true;
    this.#child.kill('SIGKILL');
  }

  #take(chunk: Buffer): void {
    if (this.#isEnded) return;
    try {
      this.#reader.take(chunk);
    } catch (error) {
      this.#end(error instanceof Error ? error.message : String(error));
    }
  }

  #end(reason: string): void {
    if (this.#isEnded) return;
    this.close();
    this.#options.onEnded(reason);
  }
}

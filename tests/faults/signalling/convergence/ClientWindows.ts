import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { type Wall, wallSchema } from '@commonsight/types/wall';
import { z } from 'zod';

const program = fileURLToPath(new URL('../../../../client/scripts/followWalls.ts', import.meta.url));
const answerSchema = z.object({ id: z.int(), value: z.unknown().optional() });
const shownSchema = z.object({
  isConnected: z.boolean(),
  wall: z.union([z.object({ state: z.literal('joined'), wall: wallSchema }), z.object({ state: z.string() })]),
});
const requestAnswerSchema = z.union([
  z.object({ ok: z.literal(true), value: z.unknown() }),
  z.object({ ok: z.literal(false), error: z.object({ code: z.string() }) }),
]);

/** The client's own connections and walls in a process of theirs, as many windows as one likes. */
export class ClientWindows {
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, (value: unknown) => void>();
  #lastId = 0;

  constructor() {
    this.#child = spawn(process.execPath, [program], { stdio: ['pipe', 'pipe', 'inherit'] });
    if (this.#child.stdout === null) throw new Error('The windows have no output.');
    createInterface({ input: this.#child.stdout }).on('line', (line) => {
      const { id, value } = answerSchema.parse(JSON.parse(line));
      this.#waiting.get(id)?.(value);
      this.#waiting.delete(id);
    });
  }

  async open(window: string, url: string, cookie: string): Promise<void> {
    await this.#ask(window, { act: 'open', url, cookie });
  }

  async act(window: string, act: 'leave' | 'break' | 'close'): Promise<void> {
    await this.#ask(window, { act });
  }

  async join(window: string, wallId: string): Promise<void> {
    await this.#ask(window, { act: 'join', wallId });
  }

  /** `ok`, or the code of the refusal. */
  async request(window: string, name: string, payload: object): Promise<string> {
    const answer = requestAnswerSchema.parse(await this.#ask(window, { act: 'request', name, payload }));
    return answer.ok ? 'ok' : answer.error.code;
  }

  /** The wall that the window shows; null while it shows none or is not connected. */
  async wallOf(window: string): Promise<Wall | null> {
    const { isConnected, wall } = shownSchema.parse(await this.#ask(window, { act: 'read' }));
    return isConnected && 'wall' in wall ? wall.wall : null;
  }

  async close(): Promise<void> {
    this.#child.stdin?.end();
    if (this.#child.exitCode === null && this.#child.signalCode === null) await once(this.#child, 'exit');
  }

  #ask(window: string, command: object): Promise<unknown> {
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve) => {
      this.#waiting.set(id, resolve);
      this.#child.stdin?.write(`${JSON.stringify({ id, window, ...command })}\n`);
    });
  }
}

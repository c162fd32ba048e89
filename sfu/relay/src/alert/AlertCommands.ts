import { randomUUID } from 'node:crypto';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type AlertState, alertStateSchema } from '@commonsight/types/relay/alert';
import { z } from 'zod';
import { readPrivateFile } from '../readPrivateFile.ts';
import { writePrivateFile } from '../writePrivateFile.ts';

const askedSchema = z.strictObject({ id: z.uuid(), act: z.enum(['start', 'test', 'end', 'status']) });
const answeredSchema = z.strictObject({
  id: z.uuid(),
  alert: alertStateSchema.nullable(),
  problem: z.string().nullable(),
});

export type ConsoleAct = z.infer<typeof askedSchema>['act'];

const askPauseMs = 100;
const askTimeoutMs = 5_000;

/**
 * How the console's command reaches the running relay: by two files in its folder, which are for its owner alone. A relay
 * that starts throws away what it finds, because no alert may begin by a command that was given to an earlier one.
 */
export class AlertCommands {
  readonly #asked: string;
  readonly #taken: string;
  readonly #answered: string;
  readonly #timeoutMs: number;

  constructor(relayFolder: string, timeoutMs = askTimeoutMs) {
    this.#timeoutMs = timeoutMs;
    this.#asked = join(relayFolder, 'alert-command.json');
    this.#taken = `${this.#asked}.taken`;
    this.#answered = join(relayFolder, 'alert-answer.json');
  }

  async forget(): Promise<void> {
    await rm(this.#taken, { force: true });
    await rm(this.#asked, { force: true });
    await rm(this.#answered, { force: true });
  }

  /** The running relay's part: does what is asked, if anything is, and answers. */
  async serve(act: (asked: ConsoleAct) => AlertState | null): Promise<void> {
    try {
      await rename(this.#asked, this.#taken);
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return;
      throw error;
    }
    const text = await readPrivateFile(this.#taken);
    await rm(this.#taken, { force: true });
    const asked = askedSchema.parse(JSON.parse(text ?? ''));
    const answer = { id: asked.id, ...attempt(() => act(asked.act)) };
    await writePrivateFile(this.#answered, `${JSON.stringify(answer)}\n`);
  }

  /** The command's part. Throws a sentence when no relay runs or it refuses. */
  async ask(act: ConsoleAct): Promise<AlertState | null> {
    const id = randomUUID();
    await writePrivateFile(this.#asked, `${JSON.stringify({ id, act })}\n`);
    const endMs = performance.now() + this.#timeoutMs;
    while (performance.now() < endMs) {
      await new Promise((resolve) => setTimeout(resolve, askPauseMs));
      const text = await readPrivateFile(this.#answered);
      const answer = text === undefined ? null : answeredSchema.parse(JSON.parse(text));
      if (answer?.id !== id) continue;
      await rm(this.#answered, { force: true });
      if (answer.problem !== null) throw new Error(answer.problem);
      return answer.alert;
    }
    // Taken back in one step: what is not there any more, the relay has.
    const isUntaken = await rm(this.#asked).then(
      () => true,
      () => false,
    );
    throw new Error(
      isUntaken
        ? 'No relay runs with this folder. Nothing was started or ended.'
        : 'The relay took the command and has not answered. Run relay alert status.',
    );
  }
}

function attempt(act: () => AlertState | null): { alert: AlertState | null; problem: string | null } {
  try {
    return { alert: act(), problem: null };
  } catch (error) {
    return { alert: null, problem: error instanceof Error ? error.message : String(error) };
  }
}

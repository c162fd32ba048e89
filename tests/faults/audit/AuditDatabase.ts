import { join } from 'node:path';
import { z } from 'zod';
import { checkoutFolder } from '../../training/folders.ts';
import { LineProcess } from './LineProcess.ts';

const rowsSchema = z.array(z.record(z.string(), z.unknown()));
type Row = z.infer<typeof rowsSchema>[number];

/** A PostgreSQL of the run's own that commits to the disk, with its administrator's hands on it. */
export class AuditDatabase {
  readonly url: string;
  readonly #process: LineProcess;
  #asked: Promise<unknown> = Promise.resolve();

  private constructor(url: string, process: LineProcess) {
    this.url = url;
    this.#process = process;
  }

  static async start(): Promise<AuditDatabase> {
    const program = join(checkoutFolder, 'server/scripts/auditDatabase.ts');
    const database = LineProcess.start(process.execPath, [program]);
    return new AuditDatabase(await database.read(), database);
  }

  /** From now on no line of a viewing's beginning can be written, until `accept`. */
  async refuseViewings(): Promise<void> {
    await this.#ask('refuse');
  }

  /** Answers how often one was tried meanwhile. */
  async acceptViewings(): Promise<number> {
    return z.coerce
      .number()
      .int()
      .parse(await this.#ask('accept'));
  }

  /** When the lines of viewings' beginnings were committed, in milliseconds, oldest first. */
  async commits(): Promise<number[]> {
    return z.array(z.number()).parse(JSON.parse(await this.#ask('commits')));
  }

  /** Runs SQL as the database's owner. */
  async sql(text: string, ...values: (string | number | null)[]): Promise<Row[]> {
    return rowsSchema.parse(JSON.parse(await this.#ask(JSON.stringify([text, ...values]))));
  }

  async close(): Promise<void> {
    await this.#process.close();
  }

  /** One question at a time: answers come in the order of the questions, but are read by who asks. */
  #ask(line: string): Promise<string> {
    const answer = this.#asked.then(() => this.#process.ask(line));
    this.#asked = answer.catch(() => undefined);
    return answer;
  }
}

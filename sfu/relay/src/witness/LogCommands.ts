import { formatVerifierKey } from 'commonsight-verify/note';
import type { RelayFile } from '../enrolment/RelayFile.ts';
import { AlarmFolder } from './AlarmFolder.ts';
import { KeptCheckpoints } from './KeptCheckpoints.ts';
import { alarmWords } from './WitnessJob.ts';
import { parseLogKey, WitnessKeys } from './WitnessKeys.ts';

/** What `relay log` prints, and its exit code: 0 good, 1 alarm, 2 nothing is known yet. */
export interface LogAnswer {
  readonly lines: readonly string[];
  readonly exitCode: 0 | 1 | 2;
}

/** What the owner of a relay can ask and do about the log, by files alone: no server has a say in it. */
export class LogCommands {
  readonly #identity: RelayFile;
  readonly #keys: WitnessKeys;
  readonly #kept: KeptCheckpoints;
  readonly #alarms: AlarmFolder;

  constructor(folder: string, identity: RelayFile) {
    this.#identity = identity;
    this.#keys = new WitnessKeys(folder);
    this.#kept = new KeptCheckpoints(folder);
    this.#alarms = new AlarmFolder(folder);
  }

  /** The key that others check this relay's cosignatures with. */
  async key(): Promise<LogAnswer> {
    const { verifier } = await this.#keys.prepare(this.#identity);
    return { lines: [formatVerifierKey(verifier)], exitCode: 0 };
  }

  async status(): Promise<LogAnswer> {
    const { verifier } = await this.#keys.prepare(this.#identity);
    const logKeys = await this.#keys.readLogKeys();
    const kept = await this.#kept.last(logKeys);
    const alarm = await this.#alarms.read();
    const lines = [
      `Log              ${logKeys[0]?.name ?? 'not known yet: the relay learns its key when it runs'}`,
      ...logKeys.map((key) => `Log key          ${formatVerifierKey(key)}`),
      `Witness key      ${formatVerifierKey(verifier)}`,
      `Kept checkpoint  ${kept === null ? 'none yet' : `${kept.size} entries, root ${hex(kept.root)}`}`,
    ];
    if (alarm === null) return { lines: [...lines, 'Alarm            none'], exitCode: kept === null ? 2 : 0 };
    const { kind, since, keptSize, seenSize } = alarm;
    return {
      lines: [
        `ALARM since ${since}. ${alarmWords[kind]}`,
        `  It was found good with ${keptSize} entries; seen was ${seenSize === null ? 'none that can be read' : `one of ${seenSize}`}.`,
        `  The evidence is in ${this.#alarms.path}: keep it, and give copies to people whom you trust.`,
        ...lines,
      ],
      exitCode: 1,
    };
  }

  /** Trusts one more key of the log, after its owner has compared it with what the agency has published. */
  async trust(key: string): Promise<LogAnswer> {
    await this.#keys.prepare(this.#identity);
    await this.#keys.trust(parseLogKey(key));
    return { lines: ['The key is trusted from now on, beside those before.'], exitCode: 0 };
  }

  /**
   * Ends the alarm. After two histories, or one that was taken back, what the server shows next is the first checkpoint of
   * a new beginning; otherwise the log still has to go on from what was kept.
   */
  async resume(now: Date): Promise<LogAnswer> {
    const alarm = await this.#alarms.read();
    if (alarm === null) throw new Error('There is no alarm.');
    if (alarm.kind === 'forked' || alarm.kind === 'rolledBack') await this.#kept.setAside(now);
    await this.#alarms.end(now);
    return { lines: ['The alarm is ended. Its evidence and the kept checkpoints stay in the folder.'], exitCode: 0 };
  }
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

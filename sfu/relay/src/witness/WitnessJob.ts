import { join } from 'node:path';
import { type FileLock, takeFileLock } from '@commonsight/worker/fileLock';
import type { WitnessAlarm } from '@commonsight/types/witness';
import { formatVerifierKey, type SignerKey, type VerifierKey } from 'commonsight-verify/note';
import type { Logger } from 'pino';
import type { RelayFile } from '../enrolment/RelayFile.ts';
import { pause } from '../pause.ts';
import { AlarmFolder } from './AlarmFolder.ts';
import { KeptCheckpoints } from './KeptCheckpoints.ts';
import { LogReader } from './LogReader.ts';
import { type Look, Witness } from './Witness.ts';
import { parseLogKey, witnessFolderOf, WitnessKeys } from './WitnessKeys.ts';

/** How the server is told; each rejects while it cannot be. */
export interface WitnessLink {
  readonly isConnected: boolean;
  /** Who this witness is and what it raises. Answers the key that the server says is the log's. */
  introduce(witnessKey: string, alarm: WitnessAlarm | null): Promise<string>;
  cosign(note: string): Promise<void>;
}

export interface WitnessJobOptions {
  readonly identity: RelayFile;
  readonly folder: string;
  readonly log: Logger;
  readonly link: WitnessLink;
  /** From one look to the next; a fork is found within this and an answer. */
  readonly lookEveryMs?: number;
}

const defaultLookMs = 3_000;
/** So that a witness of a quiet log is not taken for one that looks no more. */
const cosignAgainMs = 60_000;
const alarmLineEveryMs = 60_000;

export const alarmWords: Record<WitnessAlarm['kind'], string> = {
  forked: 'The server has signed two histories of the audit log.',
  rolledBack: 'The server shows an earlier state of the audit log than it has shown before.',
  otherKey: 'The audit log is signed with a key that this relay does not trust.',
  unproven: 'The hashes of the audit log do not lead to what the server has signed.',
};

/** Watches the log of the agency for as long as the relay runs, tells the server, and raises what it finds. */
export class WitnessJob {
  readonly #options: WitnessJobOptions;
  readonly #keys: WitnessKeys;
  readonly #kept: KeptCheckpoints;
  readonly #alarms: AlarmFolder;
  readonly #witness = new Witness();
  readonly #abort = new AbortController();
  readonly #running: Promise<void>;
  #lock: FileLock | undefined;
  #signer: SignerKey | undefined;
  #alarm: WitnessAlarm | null = null;
  #isIntroduced = false;
  #told: { size: number; atMs: number } | null = null;
  #alarmLineAtMs = Number.NEGATIVE_INFINITY;
  #lastProblem = '';

  private constructor(options: WitnessJobOptions) {
    this.#options = options;
    this.#keys = new WitnessKeys(options.folder);
    this.#kept = new KeptCheckpoints(options.folder);
    this.#alarms = new AlarmFolder(options.folder);
    this.#running = this.#run();
  }

  static start(options: WitnessJobOptions): WitnessJob {
    return new WitnessJob(options);
  }

  /** Whether it raises an alarm now. */
  get isAlarmed(): boolean {
    return this.#alarm !== null;
  }

  /** The link is up: the server does not know any more who this is, or is another one. */
  connected(): void {
    this.#isIntroduced = false;
    this.#told = null;
  }

  /** Idempotent. */
  async close(): Promise<void> {
    this.#abort.abort();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { lookEveryMs = defaultLookMs } = this.#options;
    while (!this.#abort.signal.aborted) {
      try {
        await this.#turn();
        this.#lastProblem = '';
      } catch (error) {
        this.#logOnce('the audit log could not be witnessed, will be tried again', error);
      }
      await pause(lookEveryMs * (0.85 + Math.random() * 0.3), this.#abort.signal);
    }
    await this.#lock?.release();
  }

  async #turn(): Promise<void> {
    const { folder, identity } = this.#options;
    // For as long as this process lives: two that keep and cosign side by side could cosign two histories.
    this.#lock ??= await takeFileLock(join(witnessFolderOf(folder), 'lock'), 'fail');
    if (this.#lock === undefined) throw new Error('Another process witnesses with this folder.');
    const signer = (this.#signer ??= await this.#keys.prepare(identity));
    await this.#setAlarm(await this.#alarms.read());
    await this.#introduce(signer);
    const logKeys = await this.#keys.readLogKeys();
    const [first] = logKeys;
    if (first === undefined) return;
    const look = await this.#witness.look({
      log: new LogReader(identity.serverUrl, first),
      logKeys,
      signer,
      kept: this.#kept,
      alarms: this.#alarms,
      now: Date.now,
    });
    await this.#tell(look, signer);
  }

  async #introduce(signer: SignerKey): Promise<void> {
    const { link, log } = this.#options;
    if (this.#isIntroduced || !link.isConnected) return;
    const offered = await link.introduce(formatVerifierKey(signer.verifier), this.#alarm);
    this.#isIntroduced = true;
    if ((await this.#keys.readLogKeys()).length > 0) return;
    const key: VerifierKey = parseLogKey(offered);
    await this.#keys.trust(key);
    log.warn(
      { logKey: offered },
      'the key of the audit log is taken from the server; compare it with the published one',
    );
  }

  async #tell(look: Look, signer: SignerKey): Promise<void> {
    const { link, log } = this.#options;
    switch (look.outcome) {
      case 'nothingYet':
        return;
      case 'suspected':
        log.warn({ reason: look.reason }, 'the audit log looks wrong, looking again');
        return;
      case 'alarm':
        await this.#setAlarm(look.alarm);
        await this.#introduce(signer);
        return;
      case 'cosigned': {
        const { size, note } = look;
        const isNews = this.#told?.size !== size || Date.now() - this.#told.atMs >= cosignAgainMs;
        if (!isNews || !link.isConnected) return;
        await link.cosign(note);
        this.#told = { size, atMs: Date.now() };
        return;
      }
      default:
        look satisfies never;
    }
  }

  async #setAlarm(alarm: WitnessAlarm | null): Promise<void> {
    const { log } = this.#options;
    const isOther = alarm?.since !== this.#alarm?.since;
    if (isOther) this.#isIntroduced = false;
    if (isOther && alarm === null) log.info('the owner has ended the alarm about the audit log');
    this.#alarm = alarm;
    if (alarm === null) {
      this.#alarmLineAtMs = Number.NEGATIVE_INFINITY;
      return;
    }
    if (performance.now() - this.#alarmLineAtMs < alarmLineEveryMs) return;
    this.#alarmLineAtMs = performance.now();
    const { kind, since, keptSize, seenSize } = alarm;
    log.error({ kind, since, keptSize, seenSize, evidence: this.#alarms.path }, `ALARM. ${alarmWords[kind]}`);
  }

  /** A server that is away for a night is one line. */
  #logOnce(message: string, error: unknown): void {
    const problem = error instanceof Error ? error.message : String(error);
    this.#options.log[problem === this.#lastProblem ? 'debug' : 'warn']({ err: error }, message);
    this.#lastProblem = problem;
  }
}

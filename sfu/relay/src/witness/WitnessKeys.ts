import { mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import {
  formatSignerKey,
  formatVerifierKey,
  makeSignerKey,
  NoteError,
  parseSignerKey,
  parseVerifierKey,
  type SignerKey,
  type VerifierKey,
} from 'commonsight-verify/note';
import { readPrivateFile } from '../readPrivateFile.ts';
import { writePrivateFile } from '../writePrivateFile.ts';

/** What keeps everything about the log, beside `relay.json`. */
export function witnessFolderOf(relayFolder: string): string {
  return join(relayFolder, 'witness');
}

/** The keys that this witness signs with and trusts, in files of its owner. */
export class WitnessKeys {
  readonly #signerFile: string;
  readonly #logFile: string;
  readonly #folder: string;

  constructor(relayFolder: string) {
    this.#folder = witnessFolderOf(relayFolder);
    this.#signerFile = join(this.#folder, 'witness.key');
    this.#logFile = join(this.#folder, 'log.keys');
  }

  /**
   * The relay's own key, which is made the first time, and anew when the relay was enrolled anew: its name ends with the
   * relay's id, so that no two have one name.
   */
  async #readOrMakeSigner({ relayId, serverUrl }: { relayId: string; serverUrl: string }): Promise<SignerKey> {
    const text = await readPrivateFile(this.#signerFile);
    const found = text === undefined ? undefined : parse(this.#signerFile, () => parseSignerKey(text.trim()));
    if (found !== undefined && found.verifier.name.endsWith(`/relay/${relayId}`)) return found;
    const made = makeSignerKey(`${new URL(serverUrl).host}/relay/${relayId}`, 'cosignature');
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    await writePrivateFile(this.#signerFile, `${formatSignerKey(made)}\n`);
    return made;
  }

  /** Makes the own key when there is none, and trusts the log's key of the enrolment when none is trusted yet. */
  async prepare(identity: { relayId: string; serverUrl: string; logKey?: string | undefined }): Promise<SignerKey> {
    const signer = await this.#readOrMakeSigner(identity);
    const { logKey } = identity;
    if (logKey !== undefined && (await this.readLogKeys()).length === 0) {
      await this.trust(parse('relay.json', () => parseLogKey(logKey)));
    }
    return signer;
  }

  /** After an enrolment for another log: what was kept of the one before is put aside, and nothing of it is deleted. */
  async setAsideIfOther(logKey: string, at: Date): Promise<void> {
    const [known] = await this.readLogKeys();
    if (known === undefined || known.name === parseLogKey(logKey).name) return;
    await rename(this.#folder, `${this.#folder}-until-${at.toISOString().replaceAll(':', '')}`);
  }

  /** The log's keys that the owner trusts, all of one log; several after a change of keys, none before the first. */
  async readLogKeys(): Promise<VerifierKey[]> {
    const text = (await readPrivateFile(this.#logFile)) ?? '';
    const lines = text.split('\n').filter((line) => line.trim() !== '');
    return parse(this.#logFile, () => lines.map(parseLogKey));
  }

  /** Trusts one more key of the log. Throws a sentence when it is of another log than those before. */
  async trust(key: VerifierKey): Promise<void> {
    const keys = await this.readLogKeys();
    const other = keys.find(({ name }) => name !== key.name);
    if (other !== undefined) throw new Error(`This relay witnesses ${other.name}, and the key is of ${key.name}.`);
    if (keys.some((known) => formatVerifierKey(known) === formatVerifierKey(key))) return;
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    const lines = [...keys, key].map((known) => `${formatVerifierKey(known)}\n`);
    await writePrivateFile(this.#logFile, lines.join(''));
  }
}

/** A key that logs sign with, named like a log. Throws a NoteError. */
export function parseLogKey(line: string): VerifierKey {
  const key = parseVerifierKey(line.trim());
  if (key.kind !== 'ed25519') throw new NoteError('This is the key of a witness and not of a log.');
  return key;
}

/** The log's id, an agency's, which stands at the end of its name. */
export function logIdOf({ name }: VerifierKey): string {
  return name.slice(name.lastIndexOf('/') + 1);
}

function parse<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof NoteError)) throw error;
    // What it says holds nothing of the text.
    throw new Error(`${file} is damaged. ${error.message}`, { cause: error });
  }
}

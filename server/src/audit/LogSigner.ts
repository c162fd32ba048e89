import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { type Checkpoint, openCheckpoint, signCheckpoint } from 'commonsight-verify/checkpoint';
import {
  formatSignerKey,
  formatVerifierKey,
  makeSignerKey,
  NoteError,
  parseSignerKey,
  type SignerKey,
  signerKey,
  signNote,
  type VerifierKey,
} from 'commonsight-verify/note';
import { readOrMakeSecretFile } from '../keys.ts';
import { AuditLogError } from './AuditLogError.ts';

/**
 * Signs the heads of the logs, with one Ed25519 key that is kept in the data folder, apart from the database. Each log
 * has a name of its own, `<host>/log/<agency or server>`, and the key under that name; the host is the one of the first
 * start, so that a log keeps its name when the server's address changes.
 */
export class LogSigner {
  readonly #key: SignerKey;
  /** Whether the key was made by this very start. */
  readonly isNew: boolean;
  readonly path: string;

  private constructor(key: SignerKey, isNew: boolean, path: string) {
    this.#key = key;
    this.isNew = isNew;
    this.path = path;
  }

  /** Reads the key from the data folder, or makes it there. */
  static async create(parts: { dataDir: string; publicUrl: string }): Promise<LogSigner> {
    const path = join(parts.dataDir, 'keys', 'audit-log.key');
    const isNew = await access(path).then(
      () => false,
      () => true,
    );
    const text = await readOrMakeSecretFile(path, () =>
      formatSignerKey(makeSignerKey(`${new URL(parts.publicUrl).host}/log`, 'ed25519')),
    );
    try {
      return new LogSigner(parseSignerKey(text.trim()), isNew, path);
    } catch (error) {
      if (!(error instanceof NoteError)) throw error;
      throw new AuditLogError(`The key of the audit log in ${path} is damaged. Put back the right one.`);
    }
  }

  /** The log's name, which its checkpoints carry. */
  originOf(logId: string): string {
    return `${this.#key.verifier.name}/${logId}`;
  }

  /** What checkpoints of the log are verified with, as one line. */
  verifierKeyOf(logId: string): string {
    return formatVerifierKey(this.verifierOf(logId));
  }

  verifierOf(logId: string): VerifierKey {
    return this.#keyOf(logId).verifier;
  }

  /** Every key that has signed the log. */
  verifiersOf(logId: string): VerifierKey[] {
    return [this.verifierOf(logId)];
  }

  signCheckpoint(logId: string, head: Omit<Checkpoint, 'origin'>): string {
    return signCheckpoint({ origin: this.originOf(logId), ...head }, this.#keyOf(logId));
  }

  /** Signs the seal of an export. */
  signText(logId: string, text: string): string {
    return signNote(text, this.#keyOf(logId));
  }

  /** A checkpoint that this key has signed for the log, or null. */
  open(logId: string, note: string): Checkpoint | null {
    try {
      return openCheckpoint(note, { log: this.verifiersOf(logId) });
    } catch (error) {
      if (error instanceof NoteError) return null;
      throw error;
    }
  }

  #keyOf(logId: string): SignerKey {
    return signerKey(this.originOf(logId), 'ed25519', this.#key.secretKey);
  }
}

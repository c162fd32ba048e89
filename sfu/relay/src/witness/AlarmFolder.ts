import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type WitnessAlarm, witnessAlarmSchema } from '@commonsight/types/witness';
import { readPrivateFile } from '../readPrivateFile.ts';
import { syncFolder, writePrivateFile } from '../writePrivateFile.ts';
import { witnessFolderOf } from './WitnessKeys.ts';

const explanation = `The audit log of the agency that watches your cameras is not the one it was. kept.checkpoint is what this relay had
found good, seen.checkpoint what it was shown instead; both are signed by the log. Keep this folder and give copies away.

  commonsight-verify fork kept.checkpoint seen.checkpoint --key KEY --proof proof.txt

tells anybody whether they prove it. The log's keys are in ../log.keys.
`;

/** What this witness raises, with its evidence. It stands until the owner ends it. */
export class AlarmFolder {
  readonly path: string;
  readonly #parent: string;

  constructor(relayFolder: string) {
    this.#parent = witnessFolderOf(relayFolder);
    this.path = join(this.#parent, 'alarm');
  }

  async read(): Promise<WitnessAlarm | null> {
    const text = await readPrivateFile(join(this.path, 'alarm.json'));
    return text === undefined ? null : witnessAlarmSchema.parse(JSON.parse(text));
  }

  /** Writes the alarm with what proves it: `proof` in base64. The first one stays, whatever comes after it. */
  async raise(alarm: WitnessAlarm, proof: readonly string[]): Promise<void> {
    const part = join(this.#parent, `alarm.${randomUUID()}.part`);
    await mkdir(part, { recursive: true, mode: 0o700 });
    const files = {
      'kept.checkpoint': alarm.keptNote,
      'seen.checkpoint': alarm.seenNote,
      'proof.txt': proof.map((hash) => `${hash}\n`).join(''),
      'README.txt': explanation,
      'alarm.json': `${JSON.stringify(alarm, null, 2)}\n`,
    };
    for (const [name, text] of Object.entries(files)) await writePrivateFile(join(part, name), text);
    await rename(part, this.path).catch(async (error: unknown) => {
      await rm(part, { recursive: true, force: true });
      // It stands already.
      if (!(error instanceof Error && 'code' in error && (error.code === 'ENOTEMPTY' || error.code === 'EEXIST'))) {
        throw error;
      }
    });
    await syncFolder(this.#parent);
  }

  /** Ends it; the evidence stays under a name with the time. */
  async end(at: Date): Promise<void> {
    await rename(this.path, `${this.path}-ended-${at.toISOString().replaceAll(':', '')}`);
    await syncFolder(this.#parent);
  }
}

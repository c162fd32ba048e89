import { randomBytes } from 'node:crypto';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { momentSchema } from '@commonsight/types/ids';
import {
  pairingCodeMs,
  pairingCodeSchema,
  pairingGroups,
  pairingGroupSigns,
  pairingSigns,
} from '@commonsight/types/relay/pairing';
import { z } from 'zod';
import { readPrivateFile } from '../readPrivateFile.ts';
import { writePrivateFile } from '../writePrivateFile.ts';

const keptSchema = z.strictObject({ code: z.string(), expiresAt: momentSchema });

/** The one pairing code of a relay, on its disk from the console's showing it to the first try. */
export class PairingCode {
  readonly #path: string;

  /** `sharingFolder`: where the owner's keys are. */
  constructor(sharingFolder: string) {
    this.#path = join(sharingFolder, 'pairing.json');
  }

  /** Makes a new code in groups, as it is shown. The one before is worth nothing any more. */
  async make(nowMs: number): Promise<{ shown: string; expiresAt: string }> {
    // Each byte gives five bits: 32 divides 256, so that every sign is equally likely.
    const signs = Array.from(randomBytes(pairingGroups * pairingGroupSigns), (byte) => pairingSigns[byte % 32]).join(
      '',
    );
    const expiresAt = new Date(nowMs + pairingCodeMs).toISOString();
    await writePrivateFile(this.#path, `${JSON.stringify({ code: signs, expiresAt })}\n`);
    const groups = Array.from({ length: pairingGroups }, (_, at) =>
      signs.slice(at * pairingGroupSigns, (at + 1) * pairingGroupSigns),
    );
    return { shown: groups.join('-'), expiresAt };
  }

  /** The code, which is gone when this resolves: one try is all that it is good for. Undefined when there is none now. */
  async take(nowMs: number): Promise<string | undefined> {
    const taken = `${this.#path}.taken`;
    try {
      // By name first: of two tries at once one finds nothing.
      await rename(this.#path, taken);
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
      throw error;
    }
    const text = await readPrivateFile(taken);
    await rm(taken, { force: true });
    const kept = keptSchema.parse(JSON.parse(text ?? ''));
    if (Date.parse(kept.expiresAt) <= nowMs) return undefined;
    return pairingCodeSchema.parse(kept.code);
  }
}

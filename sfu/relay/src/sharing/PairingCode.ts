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

/** Where it is shown: at the console, there and on the page of the site's network, or on that page to who pressed there. */
const originSchema = z.enum(['console', 'consoleAndPage', 'page']);
type CodeOrigin = z.infer<typeof originSchema>;

const keptSchema = z.strictObject({
  code: z.string(),
  expiresAt: momentSchema,
  origin: originSchema.default('console'),
});

/** Long enough to type twenty signs with the page beside; others of the network could press meanwhile. */
export const pageCodeMs = 5 * 60_000;

/** The one pairing code of a relay, on its disk from its being shown to the first try. */
export class PairingCode {
  readonly #path: string;

  /** `sharingFolder`: where the owner's keys are. */
  constructor(sharingFolder: string) {
    this.#path = join(sharingFolder, 'pairing.json');
  }

  /** Makes a new code in groups, as it is shown. The one before is worth nothing any more. */
  async make(
    nowMs: number,
    { origin, lifeMs = pairingCodeMs }: { origin: CodeOrigin; lifeMs?: number },
  ): Promise<{ shown: string; expiresAt: string }> {
    // Each byte gives five bits: 32 divides 256, so that every sign is equally likely.
    const signs = Array.from(randomBytes(pairingGroups * pairingGroupSigns), (byte) => pairingSigns[byte % 32]).join(
      '',
    );
    const expiresAt = new Date(nowMs + lifeMs).toISOString();
    await writePrivateFile(this.#path, `${JSON.stringify({ code: signs, expiresAt, origin })}\n`);
    return { shown: inGroups(signs), expiresAt };
  }

  /** The code that could be used now, as it is shown. It stays good. Undefined when there is none. */
  async running(nowMs: number): Promise<{ shown: string; expiresAt: string; origin: CodeOrigin } | undefined> {
    const text = await readPrivateFile(this.#path);
    if (text === undefined) return undefined;
    const { code, expiresAt, origin } = keptSchema.parse(JSON.parse(text));
    return Date.parse(expiresAt) <= nowMs ? undefined : { shown: inGroups(code), expiresAt, origin };
  }

  /**
   * The code, which is gone when this resolves: one try is all that it is good for. Undefined when there is none now. One that the
   * page of the site's network has made is for the relay's first owner.
   */
  async take(nowMs: number): Promise<{ code: string; isForFirstOwner: boolean } | undefined> {
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
    return { code: pairingCodeSchema.parse(kept.code), isForFirstOwner: kept.origin === 'page' };
  }
}

function inGroups(signs: string): string {
  const groups = Array.from({ length: pairingGroups }, (_, at) =>
    signs.slice(at * pairingGroupSigns, (at + 1) * pairingGroupSigns),
  );
  return groups.join('-');
}

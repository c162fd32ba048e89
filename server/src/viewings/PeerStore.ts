import { idSchema } from '@commonsight/types/ids';
import { rtpCapabilitiesSchema } from '@commonsight/types/media';
import { z } from 'zod';
import type { LiveState } from '../signaling/LiveState.ts';
import { parseJson } from '../signaling/parseJson.ts';

/** Longer than any session: a server may be away for long while the SFU host goes on. */
const expirySeconds = 24 * 60 * 60;

const peerRecordSchema = z.object({
  peerId: idSchema,
  agencyId: idSchema,
  userId: idSchema,
  sessionId: idSchema,
  /** SHA-256 of the resume secret: what stands in Redis opens nothing. */
  secretHash: z.string(),
  rtpCapabilities: rtpCapabilitiesSchema.nullable(),
});

/** What a server needs to take up a peer that another one opened. */
export type PeerRecord = z.infer<typeof peerRecordSchema>;

/** Peers in Redis, so that they outlive this process. */
export class PeerStore {
  readonly #state: Pick<LiveState, 'read' | 'write' | 'remove'>;

  constructor(state: Pick<LiveState, 'read' | 'write' | 'remove'>) {
    this.#state = state;
  }

  async write(record: PeerRecord): Promise<void> {
    await this.#state.write(keyOf(record.peerId), JSON.stringify(peerRecordSchema.parse(record)), {
      seconds: expirySeconds,
    });
  }

  async read(peerId: string): Promise<PeerRecord | null> {
    const text = await this.#state.read(keyOf(peerId));
    if (text === null) return null;
    // Redis is an edge too: another version of this server may have written there.
    const parsed = peerRecordSchema.safeParse(parseJson(text));
    return parsed.success ? parsed.data : null;
  }

  async remove(peerId: string): Promise<void> {
    await this.#state.remove(keyOf(peerId));
  }
}

function keyOf(peerId: string): string {
  return `peer:${peerId}`;
}

import { idSchema } from '@commonsight/types/ids';
import { wallSchema } from '@commonsight/types/wall';
import type { LiveState } from '../signaling/LiveState.ts';
import { parseJson } from '../signaling/parseJson.ts';
import type { WallRecord } from './WallRepository.ts';

const expirySeconds = 24 * 60 * 60;
const recordSchema = wallSchema.extend({ agencyId: idSchema });

/**
 * The walls' live copies in Redis (WAL6). A copy is trusted only when this process has written it over the present
 * connection: what Redis held before may be of another server, or of a minute ago.
 */
export class LiveWalls {
  readonly #state: Pick<LiveState, 'read' | 'write' | 'generation'>;
  readonly #trusted = new Map<string, number>();

  constructor(state: Pick<LiveState, 'read' | 'write' | 'generation'>) {
    this.#state = state;
  }

  /** The live copy, or null when there is none to trust. */
  async read(wallId: string): Promise<WallRecord | null> {
    if (this.#trusted.get(wallId) !== this.#state.generation) return null;
    const text = await this.#state.read(keyOf(wallId));
    if (text === null) return null;
    const parsed = recordSchema.safeParse(parseJson(text));
    return parsed.success ? parsed.data : null;
  }

  async write(wall: WallRecord): Promise<void> {
    const { generation } = this.#state;
    this.#trusted.delete(wall.id);
    const isWritten = await this.#state.write(keyOf(wall.id), JSON.stringify(wall), { seconds: expirySeconds });
    if (isWritten) this.#trusted.set(wall.id, generation);
  }
}

function keyOf(wallId: string): string {
  return `wall:${wallId}`;
}

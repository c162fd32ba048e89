import { roleSchema } from '@commonsight/types/permission';
import { idSchema } from '@commonsight/types/ids';
import type { NotificationOf } from '@commonsight/types/signaling/notifications';
import type { User } from '@commonsight/types/user';
import { z } from 'zod';
import type { LiveState } from '../signaling/LiveState.ts';
import { parseJson } from '../signaling/parseJson.ts';

const expirySeconds = 45;
export const presenceRefreshMs = 15_000;

const entrySchema = z.object({
  user: z.object({ id: idSchema, name: z.string(), role: roleSchema }),
  screen: z.int().nullable(),
  expiresAtMs: z.number(),
});

type Present = NotificationOf<'wall:presenceChanged'>['present'];

/**
 * Who has which screen of a wall open. Each server keeps its own connections' entries in Redis alive; those of a server
 * that died run out. While Redis is away, everybody sees those of this server.
 */
export class WallPresence {
  readonly #state: Pick<LiveState, 'writeField' | 'removeField' | 'readFields'>;
  readonly #tell: (wallId: string, present: Present) => void;
  /** Wall, then connection. */
  readonly #own = new Map<string, Map<string, { user: User; screen: number | null }>>();

  constructor(options: {
    state: Pick<LiveState, 'writeField' | 'removeField' | 'readFields'>;
    tell: (wallId: string, present: Present) => void;
  }) {
    this.#state = options.state;
    this.#tell = options.tell;
  }

  async join(connectionId: string, wallId: string, user: User, screen: number | null): Promise<void> {
    const present = this.#own.get(wallId) ?? new Map<string, { user: User; screen: number | null }>();
    this.#own.set(wallId, present.set(connectionId, { user, screen }));
    await this.#write(wallId, connectionId);
    await this.#tellPresent(wallId);
  }

  async leave(connectionId: string, wallId: string): Promise<void> {
    const present = this.#own.get(wallId);
    if (present?.delete(connectionId) !== true) return;
    if (present.size === 0) this.#own.delete(wallId);
    await this.#state.removeField(keyOf(wallId), connectionId);
    await this.#tellPresent(wallId);
  }

  async connectionClosed(connectionId: string): Promise<void> {
    for (const wallId of this.#own.keys()) await this.leave(connectionId, wallId);
  }

  /** What this server's connection has open. */
  screensOf(connectionId: string): { wallId: string; screen: number | null }[] {
    return [...this.#own].flatMap(([wallId, present]) => {
      const entry = present.get(connectionId);
      return entry === undefined ? [] : [{ wallId, screen: entry.screen }];
    });
  }

  /** Keeps the own entries alive, and writes them again where Redis has lost them. */
  async refresh(): Promise<void> {
    for (const [wallId, present] of this.#own) {
      for (const connectionId of present.keys()) await this.#write(wallId, connectionId);
    }
  }

  async present(wallId: string): Promise<Present> {
    const nowMs = Date.now();
    const entries = new Map<string, { user: User; screen: number | null }>();
    for (const text of Object.values((await this.#state.readFields(keyOf(wallId))) ?? {})) {
      const entry = entrySchema.safeParse(parseJson(text));
      if (entry.success && entry.data.expiresAtMs > nowMs) {
        const { user, screen } = entry.data;
        entries.set(`${user.id} ${screen}`, { user, screen });
      }
    }
    for (const { user, screen } of this.#own.get(wallId)?.values() ?? []) {
      entries.set(`${user.id} ${screen}`, { user, screen });
    }
    return [...entries].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, entry]) => entry);
  }

  async #write(wallId: string, connectionId: string): Promise<void> {
    const entry = this.#own.get(wallId)?.get(connectionId);
    if (entry === undefined) return;
    const text = JSON.stringify({ ...entry, expiresAtMs: Date.now() + expirySeconds * 1000 });
    await this.#state.writeField(keyOf(wallId), connectionId, text, { seconds: expirySeconds });
  }

  async #tellPresent(wallId: string): Promise<void> {
    this.#tell(wallId, await this.present(wallId));
  }
}

function keyOf(wallId: string): string {
  return `wall-presence:${wallId}`;
}

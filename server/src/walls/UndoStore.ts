import { idSchema } from '@commonsight/types/ids';
import { layoutSchema } from '@commonsight/types/layout';
import { signalingNotifications } from '@commonsight/types/signaling/notifications';
import { screenNumberSchema, slotSchema } from '@commonsight/types/wall';
import { z } from 'zod';
import type { LiveState } from '../signaling/LiveState.ts';
import { parseJson } from '../signaling/parseJson.ts';
import type { WallPatch } from './WallPatch.ts';
import type { WallAct } from './Walls.ts';

const expirySeconds = 12 * 60 * 60;
const maximumEntries = 50;

/** A change that its author may take back. */
export interface UndoEntry {
  act: WallAct;
  patch: WallPatch;
}

const placeSchema = z
  .object({ screen: screenNumberSchema, slot: slotSchema, cameraId: idSchema, incidentId: idSchema.nullable() })
  .nullable();
const patchSchema: z.ZodType<WallPatch> = z.object({
  tiles: z.array(z.object({ tileId: idSchema, before: placeSchema, after: placeSchema })),
  layouts: z.array(
    z.object({ screen: screenNumberSchema, before: layoutSchema.nullable(), after: layoutSchema.nullable() }),
  ),
});
const entriesSchema = z.array(z.object({ act: signalingNotifications['wall:changed'].shape.act, patch: patchSchema }));

/**
 * What each user may take back on each wall, the newest first. It is kept in Redis alone: without it nothing can be
 * taken back, and nothing else is lost. Used within the wall's queue, so that reading and writing are one step.
 */
export class UndoStore {
  readonly #state: Pick<LiveState, 'read' | 'write'>;

  constructor(state: Pick<LiveState, 'read' | 'write'>) {
    this.#state = state;
  }

  async read(wallId: string, userId: string): Promise<UndoEntry[]> {
    const text = await this.#state.read(keyOf(wallId, userId));
    const parsed = entriesSchema.safeParse(text === null ? [] : parseJson(text));
    return parsed.success ? parsed.data : [];
  }

  async push(wallId: string, userId: string, entry: UndoEntry): Promise<void> {
    await this.write(wallId, userId, [entry, ...(await this.read(wallId, userId))]);
  }

  async write(wallId: string, userId: string, entries: readonly UndoEntry[]): Promise<void> {
    const text = JSON.stringify(entries.slice(0, maximumEntries));
    await this.#state.write(keyOf(wallId, userId), text, { seconds: expirySeconds });
  }
}

function keyOf(wallId: string, userId: string): string {
  return `undo:${wallId}:${userId}`;
}

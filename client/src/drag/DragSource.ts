import { idSchema } from '@commonsight/types/ids';
import { z } from 'zod';

/** What can be dragged: a camera (from a list, the map, an incident) or a tile of a wall. */
export const dragSourceSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('camera'), cameraId: idSchema, name: z.string() }),
  z.object({ kind: z.literal('tile'), wallId: idSchema, tileId: idSchema, cameraId: idSchema, name: z.string() }),
]);

export type DragSource = z.infer<typeof dragSourceSchema>;

/** The media type under which a drag crosses to another window. */
export const dragMediaType = 'application/x-commonsight-drag+json';

const key = Symbol('commonsight.drag');

/** A source as the drag library carries it inside one window. The symbol keeps foreign drags out. */
export function toDragRecord(source: DragSource): Record<string | symbol, unknown> {
  return { [key]: source };
}

export function fromDragRecord(record: Record<string | symbol, unknown>): DragSource | null {
  const source = record[key];
  return source === undefined ? null : (source as DragSource);
}

/** A source that came from another window; null when it is not one of ours. */
export function parseDragSource(text: string | null): DragSource | null {
  if (text === null) return null;
  try {
    const parsed = dragSourceSchema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

import { z } from 'zod';

const viewportSchema = z.object({
  latitude: z.number().min(-85).max(85),
  longitude: z.number().min(-180).max(180),
  zoom: z.number().min(0).max(24),
});

export type Viewport = z.infer<typeof viewportSchema>;

/** Where the console's map looked last; other maps begin there too. */
export const consoleViewportKey = 'commonsight.map.viewport';

type Memory = Pick<Storage, 'getItem' | 'setItem'>;

/** Where the map of this browser looked last; null when it never did, or when what was kept cannot be read. */
export function readViewport(memory: Memory, key: string): Viewport | null {
  try {
    const parsed = viewportSchema.safeParse(JSON.parse(memory.getItem(key) ?? 'null'));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

/** Keeps a viewport. A full or forbidden storage is no reason to disturb anybody. */
export function keepViewport(memory: Memory, key: string, viewport: Viewport): void {
  try {
    memory.setItem(key, JSON.stringify(viewport));
  } catch {
    // The map starts at the cameras next time.
  }
}

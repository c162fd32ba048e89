import { z } from 'zod';

/** `main` is the large encoding, `sub` the small one that fits a tile of a dense layout. */
export const streamKindSchema = z.enum(['main', 'sub']);

export type StreamKind = z.infer<typeof streamKindSchema>;

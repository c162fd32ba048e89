import { z } from 'zod';

/** Why an owner's preview ended. */
export const previewEndSchema = z.enum([
  'closedByOwner',
  /** The page said nothing any more. */
  'pageLeft',
  'time',
  /** Another preview of the same link began. */
  'replaced',
  'notShared',
  'mediaLost',
]);

export type PreviewEnd = z.infer<typeof previewEndSchema>;

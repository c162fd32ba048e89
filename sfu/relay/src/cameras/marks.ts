import { idSchema } from '@commonsight/types/ids';
import type { SharingDocument } from '@commonsight/types/relay/sharing';
import { type StreamKind, streamKindSchema } from '@commonsight/types/stream-kind';
import { z } from 'zod';

const untested = { main: null, sub: null };
const rateSchema = z.number().nonnegative().nullable();

/** What the relay's file says of a camera beside where it is. An entry that somebody wrote by hand has none of it. */
const marksSchema = z.object({
  /** It came over the link: nobody sees it before an owner has confirmed the entry with this id (SHR10). */
  awaitsOwner: z.union([z.boolean(), idSchema]).default(false),
  streams: z.object({ main: z.unknown(), sub: z.unknown() }).partial(),
  // A figure with a mistake is no reason to take a picture away.
  tested: z.object({ main: rateSchema, sub: rateSchema }).default(untested).catch(untested),
});

/** An entry that no owner has confirmed. Without an id, as by a hand that wrote `true`, only the console confirms it. */
export interface AwaitingEntry {
  readonly entryId: string | null;
}

export interface CameraMarks {
  /** Null: nobody has to confirm it. */
  readonly awaits: AwaitingEntry | null;
  /** False: there is a mistake in it, for which it awaits its owner. */
  readonly isReadable: boolean;
  readonly streams: StreamKind[];
  /** Kilobits a second. */
  readonly tested: { readonly main: number | null; readonly sub: number | null };
}

/** The marks of an entry; one with a mistake in them awaits its owner. */
export function marksOf(entry: unknown): CameraMarks {
  const read = marksSchema.safeParse(entry);
  if (!read.success) return { awaits: { entryId: null }, isReadable: false, streams: [], tested: untested };
  const { awaitsOwner, streams, tested } = read.data;
  return {
    awaits: awaitsOwner === false ? null : { entryId: awaitsOwner === true ? null : awaitsOwner },
    isReadable: true,
    streams: streamKindSchema.options.filter((kind) => streams[kind] !== undefined),
    tested,
  };
}

/** The cameras of the relay's file that await their owner, whatever a document says. */
export function awaitingOf(entries: Readonly<Record<string, unknown>>): Map<string, AwaitingEntry> {
  return new Map(
    Object.entries(entries).flatMap(([cameraId, entry]) => {
      const { awaits } = marksOf(entry);
      return awaits === null ? [] : [[cameraId, awaits] as const];
    }),
  );
}

/**
 * Whether an owner's document confirms the entry. That it names the camera is not enough: ids are made by others, and a
 * document may have named one before the relay had an entry for it.
 */
export function isConfirmedBy(document: SharingDocument | null, cameraId: string, { entryId }: AwaitingEntry): boolean {
  return entryId !== null && document?.confirmed?.[cameraId] === entryId;
}

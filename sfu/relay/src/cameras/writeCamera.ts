import { join } from 'node:path';
import { type StreamKind, streamKindSchema } from '@commonsight/types/camera';
import { z } from 'zod';
import { RelayError } from '../errors.ts';
import type { CameraTransportChoice } from '../rtsp/CameraAddress.ts';
import type { Secret } from '../Secret.ts';
import { writePrivateFile } from '../writePrivateFile.ts';
import { camerasFileName, listCameras } from './readCamera.ts';

/** A camera as the relay keeps it. */
export interface CameraEntry {
  readonly host: string;
  readonly port: number;
  readonly username: string | undefined;
  readonly password: Secret | undefined;
  readonly transport: CameraTransportChoice;
  readonly streams: { readonly main?: string; readonly sub?: string };
  /** Kilobits a second as the test measured them; null for a stream that was not. */
  readonly tested: { readonly main: number | null; readonly sub: number | null };
}

/** What the relay's file says of a camera beside where it is. An entry that somebody wrote by hand has none of it. */
const marksSchema = z.object({
  /** It came over the link: nobody sees it before an owner has confirmed it (SHR10). */
  awaitsOwner: z.boolean().default(false),
  streams: z.object({ main: z.unknown(), sub: z.unknown() }).partial(),
  tested: z.object({ main: z.number().nullable(), sub: z.number().nullable() }).default({ main: null, sub: null }),
});

export interface CameraMarks {
  readonly awaitsOwner: boolean;
  readonly streams: StreamKind[];
  readonly tested: { readonly main: number | null; readonly sub: number | null };
}

/** The marks of an entry; one with a mistake in them awaits its owner. */
export function marksOf(entry: unknown): CameraMarks {
  const read = marksSchema.safeParse(entry);
  if (!read.success) return { awaitsOwner: true, streams: [], tested: { main: null, sub: null } };
  const { awaitsOwner, streams, tested } = read.data;
  const kinds = streamKindSchema.options.filter((kind) => streams[kind] !== undefined);
  return { awaitsOwner, streams: kinds, tested };
}

/** Takes the mark away that these cameras await their owner; gives those that had it. */
export async function confirmEntries(folder: string, isMeant: (cameraId: string) => boolean): Promise<string[]> {
  const cameras = await listCameras(folder);
  const confirmed = Object.keys(cameras).filter((id) => isMeant(id) && marksOf(cameras[id]).awaitsOwner);
  if (confirmed.length === 0) return [];
  const content = Object.fromEntries(
    Object.entries(cameras).map(([id, entry]) =>
      confirmed.includes(id) ? [id, { ...(entry as object), awaitsOwner: undefined }] : [id, entry],
    ),
  );
  await writePrivateFile(join(folder, camerasFileName), `${JSON.stringify({ cameras: content }, null, 2)}\n`);
  return confirmed;
}

/**
 * Adds a camera to the relay's own file. Nothing that is there is replaced, and no stream gets a second camera: under
 * another id it would be shared by another rule than the one that its owner made for it. Throws `conflict`. Whoever calls
 * it lets one call end before the next.
 */
export async function writeCamera(
  folder: string,
  cameraId: string,
  entry: CameraEntry,
  { awaitsOwner }: { awaitsOwner: boolean },
): Promise<void> {
  const cameras = await listCameras(folder);
  if (Object.hasOwn(cameras, cameraId)) {
    throw new RelayError('conflict', 'The relay has an entry for this camera. Change it at the relay.');
  }
  if (Object.values(cameras).some((kept) => sharesStream(kept, entry))) {
    throw new RelayError('conflict', 'The relay has this stream as another camera.');
  }
  const { host, port, username, password, transport, streams, tested } = entry;
  const written = { host, port, username, password: password?.reveal(), transport, streams, tested };
  const content = { ...cameras, [cameraId]: awaitsOwner ? { ...written, awaitsOwner } : written };
  await writePrivateFile(join(folder, camerasFileName), `${JSON.stringify({ cameras: content }, null, 2)}\n`);
}

/** Whether an address of the file is this camera's, at any of its streams or at all. */
export function isSameCamera(kept: unknown, { host, port }: { host: string; port: number | undefined }): boolean {
  const { host: keptHost, port: keptPort = 554 } = kept as { host?: unknown; port?: unknown };
  if (typeof keptHost !== 'string' || keptHost.toLowerCase() !== host.toLowerCase()) return false;
  return port === undefined || keptPort === port;
}

function sharesStream(kept: unknown, { host, port, streams }: CameraEntry): boolean {
  if (!isSameCamera(kept, { host, port })) return false;
  const paths = Object.values((kept as { streams?: Record<string, unknown> }).streams ?? {});
  return Object.values(streams).some((path) => paths.includes(path));
}

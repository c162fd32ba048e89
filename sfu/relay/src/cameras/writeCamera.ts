import { join } from 'node:path';
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
}

/**
 * Adds a camera to the relay's own file. Nothing that is there is replaced, and no stream gets a second camera: under
 * another id it would be shared by another rule than the one that its owner made for it. Throws `conflict`. Whoever calls
 * it lets one call end before the next.
 */
export async function writeCamera(folder: string, cameraId: string, entry: CameraEntry): Promise<void> {
  const cameras = await listCameras(folder);
  if (Object.hasOwn(cameras, cameraId)) {
    throw new RelayError('conflict', 'The relay has an entry for this camera. Change it at the relay.');
  }
  if (Object.values(cameras).some((kept) => sharesStream(kept, entry))) {
    throw new RelayError('conflict', 'The relay has this stream as another camera.');
  }
  const { host, port, username, password, transport, streams } = entry;
  const content = {
    ...cameras,
    [cameraId]: { host, port, username, password: password?.reveal(), transport, streams },
  };
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

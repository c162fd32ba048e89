import { cameraHostSchema, cameraPathSchema, cameraPortSchema } from '@commonsight/types/relay/camera-entry';
import { z } from 'zod';
import type { OnvifOptions } from '../onvif/OnvifClient.ts';
import { CameraError } from '../rtsp/CameraError.ts';
import { credentialsSchema, passwordOf } from './credentials.ts';
import { readEntry } from './readCamera.ts';

const onvifSchema = z.object({
  host: cameraHostSchema,
  ...credentialsSchema.shape,
  /** Where its device service is. Entries of earlier versions do not say it, and nearly all cameras have it there. */
  onvif: z.object({ port: cameraPortSchema.default(80), path: cameraPathSchema.optional() }).default({ port: 80 }),
});

export type OnvifPlace = Pick<OnvifOptions, 'host' | 'port' | 'credentials'> & { readonly path?: string };

/**
 * Where a camera of the relay's folder speaks ONVIF, read anew each time, so that a corrected password counts at the next
 * try. Throws `notConfigured`, with the place of a mistake but not its value.
 */
export async function readOnvifCamera(folder: string, cameraId: string): Promise<OnvifPlace> {
  const entry = await readEntry(folder, cameraId, onvifSchema);
  if (entry === undefined) throw new CameraError('notConfigured', 'The relay has no entry for this camera.');
  const { host, username, onvif } = entry;
  const password = passwordOf(entry);
  const credentials = username === undefined || password === undefined ? undefined : { username, password };
  return { host, port: onvif.port, credentials, ...(onvif.path === undefined ? {} : { path: onvif.path }) };
}

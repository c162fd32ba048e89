import { cameraHostSchema, cameraPathSchema, cameraPortSchema } from '@commonsight/types/relay/camera-entry';
import { explainIssues } from '@commonsight/types/link';
import { z } from 'zod';
import { listCameras } from '../cameras/readCamera.ts';
import type { OnvifOptions } from '../onvif/OnvifClient.ts';
import { CameraError } from '../rtsp/CameraError.ts';
import { Secret } from '../Secret.ts';

const entrySchema = z.object({
  host: cameraHostSchema,
  username: z.string().max(200).optional(),
  password: z
    .string()
    .max(200)
    .transform((text) => new Secret(text))
    .optional(),
  /** Where its device service is. Entries of earlier versions do not say it, and nearly all cameras have it there. */
  onvif: z.object({ port: cameraPortSchema.default(80), path: cameraPathSchema.optional() }).default({ port: 80 }),
});

export type OnvifPlace = Pick<OnvifOptions, 'host' | 'port' | 'credentials'> & { readonly path?: string };

/**
 * Where a camera of the relay's folder speaks ONVIF, read anew each time, so that a corrected password counts at the next
 * try. Throws `notConfigured`, with the place of a mistake but not its value.
 */
export async function readOnvifCamera(folder: string, cameraId: string): Promise<OnvifPlace> {
  const entry = (await listCameras(folder))[cameraId];
  if (entry === undefined) throw new CameraError('notConfigured', 'The relay has no entry for this camera.');
  const read = entrySchema.safeParse(entry);
  if (!read.success) {
    const words = explainIssues(read.error);
    throw new CameraError('notConfigured', `The relay’s entry for this camera has a mistake. ${words}`);
  }
  const { host, username, password, onvif } = read.data;
  const credentials = username === undefined ? undefined : { username, password: password ?? new Secret('') };
  return { host, port: onvif.port, credentials, ...(onvif.path === undefined ? {} : { path: onvif.path }) };
}

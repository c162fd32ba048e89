import { join } from 'node:path';
import { idSchema } from '@commonsight/types/ids';
import { explainIssues } from '@commonsight/types/link';
import { cameraHostSchema, cameraPathSchema, cameraPortSchema } from '@commonsight/types/relay/camera-entry';
import type { StreamKind } from '@commonsight/types/stream-kind';
import { z } from 'zod';
import type { CameraAddress } from '../rtsp/CameraAddress.ts';
import { CameraError } from '../rtsp/CameraError.ts';
import { OpenFileError, readPrivateFile } from '../readPrivateFile.ts';
import { credentialsSchema, passwordOf } from './credentials.ts';

const cameraSchema = z.object({
  host: cameraHostSchema,
  port: cameraPortSchema.default(554),
  ...credentialsSchema.shape,
  transport: z.enum(['tcp', 'udp', 'auto']).default('auto'),
  auth: z.enum(['any', 'digest']).default('any'),
  streams: z.object({ main: cameraPathSchema.optional(), sub: cameraPathSchema.optional() }),
});

const camerasFileSchema = z.object({ cameras: z.record(idSchema, z.unknown()) });

export const camerasFileName = 'cameras.json';

/**
 * The address of one stream from the relay's folder, read anew each time, so that a corrected password counts at the
 * next try. Throws `notConfigured`, with the place of a mistake but not its value.
 */
export async function readCamera(folder: string, cameraId: string, kind: StreamKind): Promise<CameraAddress> {
  const camera = await readEntry(folder, cameraId, cameraSchema);
  const path = camera?.streams[kind];
  if (camera === undefined || path === undefined) throw new CameraError('notConfigured');
  const { host, port, username, transport, auth } = camera;
  return { host, port, path, username, password: passwordOf(camera), transport, isDigestOnly: auth === 'digest' };
}

/**
 * What one entry of the relay's folder says; undefined when there is none. Throws `notConfigured`, with the place of a mistake but
 * not its value.
 */
export async function readEntry<Entry>(
  folder: string,
  cameraId: string,
  schema: z.ZodType<Entry>,
): Promise<Entry | undefined> {
  const entry = (await listCameras(folder))[cameraId];
  if (entry === undefined) return undefined;
  const read = schema.safeParse(entry);
  if (!read.success) throw mistake(read.error);
  return read.data;
}

/** The entries of the relay's folder as they stand there, by camera id. Throws `notConfigured` when it has a mistake. */
export async function listCameras(folder: string): Promise<Record<string, unknown>> {
  const file = camerasFileSchema.safeParse(await readJson(join(folder, camerasFileName)));
  if (!file.success) throw mistake(file.error);
  return file.data.cameras;
}

async function readJson(file: string): Promise<unknown> {
  try {
    const text = await readPrivateFile(file);
    return text === undefined ? { cameras: {} } : (JSON.parse(text) as unknown);
  } catch (error) {
    if (error instanceof OpenFileError) {
      throw new CameraError(
        'notConfigured',
        `The relay does not use its cameras: other users of its machine can open the file. Run chmod 600 ${camerasFileName} there.`,
      );
    }
    // What the parser says quotes the file, which holds passwords.
    throw new CameraError('notConfigured', 'The relay cannot read its cameras: the file is not valid JSON.');
  }
}

function mistake(error: z.ZodError): CameraError {
  return new CameraError('notConfigured', `The relay’s entry for this camera has a mistake. ${explainIssues(error)}`);
}

import type { Logger } from 'pino';
import { CameraSource } from '../ingest/CameraSource.ts';
import { RtpClock } from '../ingest/RtpClock.ts';
import { TransportPreference } from '../ingest/TransportPreference.ts';
import type { CameraPicture } from '../masks/PictureAssembler.ts';
import { writerOfPictures } from '../masks/writerOfPictures.ts';
import type { CameraAddress } from '../rtsp/CameraAddress.ts';
import { CameraError, toCameraError } from '../rtsp/CameraError.ts';
import type { AddressRules } from '../rtsp/resolveAddress.ts';
import type { SignInRule } from '../rtsp/SignInRule.ts';
import { unlessAborted } from '../rtsp/unlessAborted.ts';
import { makeJpeg } from './makeJpeg.ts';

export interface StillOptions {
  readonly camera: CameraAddress;
  readonly rules: AddressRules;
  readonly signInRule: SignInRule;
  readonly answerTimeoutMs: number;
  /** Ends it, at the latest when nobody waits for it any more. */
  readonly signal: AbortSignal;
  readonly log: Pick<Logger, 'debug'>;
}

/** Pulls a camera up to its first whole key frame and makes a JPEG of that. Throws `CameraError`, and what `makeJpeg` throws. */
export async function takeStill(options: StillOptions): Promise<Buffer> {
  return makeJpeg(await nextKeyFrame(options), options.signal);
}

async function nextKeyFrame(options: StillOptions): Promise<CameraPicture> {
  const { promise, resolve, reject } = Promise.withResolvers<CameraPicture>();
  const writer = writerOfPictures((picture) => {
    const { isKeyFrame, isWhole, parameterSets } = picture;
    if (isKeyFrame && isWhole && parameterSets.length > 0) resolve(picture);
  });
  let source: CameraSource | undefined;
  try {
    source = await CameraSource.open({
      ...options,
      preference: new TransportPreference(),
      writer,
      clock: new RtpClock(),
      masks: null,
      onTrack: () => undefined,
      onPicture: () => undefined,
      onLost: reject,
    });
    return await unlessAborted(promise, options.signal);
  } catch (error) {
    throw options.signal.aborted ? new CameraError('noKeyFrame', undefined, { cause: error }) : toCameraError(error);
  } finally {
    await source?.close();
  }
}

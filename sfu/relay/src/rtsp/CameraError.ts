import type { CameraFault } from '@commonsight/types/health';

/** What each fault says to the people who look at the camera: what is wrong and, where known, what to do. */
const messages: Record<CameraFault, string> = {
  notConfigured: 'The relay has no address for this stream. Add it to the relay’s cameras.',
  unreachable: 'Camera cannot be reached. Check its address, its power and its network.',
  timedOut: 'Camera is not answering.',
  notRtsp: 'What answers at the camera’s address does not speak RTSP. Check the port.',
  wrongPassword: 'Camera does not accept the user name and password.',
  notFound: 'Camera has no stream at this path. Check the path.',
  refused: 'Camera refuses the stream. It may serve as many viewers as it can.',
  h265Only: 'Camera sends H265 only. Set this stream to H264 in the camera.',
  noH264: 'Camera offers no H264 video. Set this stream to H264 in the camera.',
  bFrames: 'Camera sends B-frames, which browsers do not show smoothly. Turn them off in the camera.',
  noPackets: 'Camera sends no video.',
  noKeyFrame: 'Camera sends no key frame that can be shown. Set a key-frame interval of 2 s in the camera.',
  connectionLost: 'Connection to the camera was lost.',
  maskFailed: 'The owner’s privacy masks could not be applied, so nothing of this camera is shown.',
  maskingFull: 'The relay already masks as many cameras as it can. This one is shown when another is closed.',
};

/** Why a camera gives no picture. The message is safe to show: it holds no address and no password. */
export class CameraError extends Error {
  readonly fault: CameraFault;

  constructor(fault: CameraFault, message?: string, options?: ErrorOptions) {
    // As much as the relay link takes.
    super((message ?? messages[fault]).slice(0, 300), options);
    this.name = 'CameraError';
    this.fault = fault;
  }
}

export function cameraFaultMessage(fault: CameraFault): string {
  return messages[fault];
}

/** Translates whatever went wrong between us and a camera; what is not known counts as a lost connection. */
export function toCameraError(error: unknown): CameraError {
  if (error instanceof CameraError) return error;
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  switch (code) {
    case 'ECONNREFUSED':
    case 'EHOSTUNREACH':
    case 'EHOSTDOWN':
    case 'ENETUNREACH':
    case 'ENETDOWN':
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'EAI_NODATA':
      return new CameraError('unreachable', undefined, { cause: error });
    case 'ETIMEDOUT':
      return new CameraError('timedOut', undefined, { cause: error });
    default:
      return new CameraError('connectionLost', undefined, { cause: error });
  }
}

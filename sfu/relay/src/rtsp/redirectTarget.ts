import { CameraError } from './CameraError.ts';

/** Only ever another path of the same camera: where else it points to was never entered by anybody. */
export function redirectTarget(origin: string, location: string | undefined): string {
  // With `s` the rest is whatever comes, so that nothing is tried twice.
  const [, host, path] = /^rtsp:\/\/(?:[^/?#@]*@)?([^/?#]*)(.*)$/is.exec(location?.trim() ?? '') ?? [];
  const isSame = host !== undefined && `rtsp://${host.replace(/:554$/, '')}`.toLowerCase() === origin.toLowerCase();
  if (!isSame || path === undefined || /[^\x21-\x7e]/.test(path)) {
    throw new CameraError('refused', 'Camera redirects to another address. Enter that address if it is right.');
  }
  return origin + path;
}

import type { Secret } from '../Secret.ts';

export type CameraTransportChoice = 'tcp' | 'udp' | 'auto';

/** Where one stream of a camera is. Fields, never one URL: a URL with a password in it ends up in logs. */
export interface CameraAddress {
  readonly host: string;
  readonly port: number;
  /** Begins with a slash; may hold a query. */
  readonly path: string;
  readonly username: string | undefined;
  readonly password: Secret | undefined;
  readonly transport: CameraTransportChoice;
  /** The camera's password is never sent in clear text. */
  readonly isDigestOnly: boolean;
}

/** `rtsp://host:port` as it stands in request lines: without user and password. */
export function originOf({ host, port }: { host: string; port: number }): string {
  // The zone of a link-local address is a matter of this machine alone.
  const name = host.includes(':') ? `[${host.replace(/%.*$/, '')}]` : host;
  return port === 554 ? `rtsp://${name}` : `rtsp://${name}:${port}`;
}

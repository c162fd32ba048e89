import { isLocalServer } from './isLocalServer.ts';

/** Whether what is sent to a server can be read and changed on the way. */
export function isUnprotected(serverUrl: string): boolean {
  return new URL(serverUrl).protocol === 'http:' && !isLocalServer(serverUrl);
}

/** Throws a sentence when the server would be reached without TLS over a network and nobody took that risk. */
export function assertProtected(serverUrl: string, isInsecureAllowed: boolean): void {
  if (isInsecureAllowed || !isUnprotected(serverUrl)) return;
  throw new Error(
    `Without TLS whoever controls the network could stand in for ${new URL(serverUrl).origin}. Use its https address, ` +
      'or enrol with --insecure to take that risk.',
  );
}

import { registryRoutes } from '@commonsight/types/http/registry-routes';

/** HTTP dates have whole seconds, rounded down: on the average half of one is missing. */
const meanRoundingMs = 500;

/**
 * The server's time minus this device's in milliseconds, by the date of an answer, and so to about a second: a phone's
 * clock may be as wrong as a camera's. Null when the server does not answer.
 */
export async function readServerOffsetMs(signal: AbortSignal): Promise<number | null> {
  const sentAtMs = Date.now();
  try {
    const { headers } = await fetch(registryRoutes.readRegistry.path, { cache: 'no-store', signal });
    return serverOffsetMs(headers.get('date'), sentAtMs, Date.now());
  } catch {
    return null;
  }
}

/** Null for a date that is none. */
export function serverOffsetMs(dateHeader: string | null, sentAtMs: number, receivedAtMs: number): number | null {
  const serverMs = Date.parse(dateHeader ?? '');
  return Number.isNaN(serverMs) ? null : serverMs + meanRoundingMs - (sentAtMs + receivedAtMs) / 2;
}

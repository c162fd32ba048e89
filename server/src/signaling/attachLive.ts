import { type Live, type LiveContext, noLiveReadings } from '../live.ts';

/** Builds the live side on the records' side: routes and sockets are registered before the app listens. */
export async function attachLive(_context: LiveContext): Promise<Live> {
  return { readings: noLiveReadings, close: async () => undefined };
}

import type { StreamHealth } from '@commonsight/types/health';

/** Everything that is known about one stream's way from the camera to the SFU. Moments are ISO 8601. */
export interface HealthSigns {
  /** What its relay said last; `idle` before it has said anything. */
  reported: StreamHealth;
  /** Whether packets arrive at the SFU host; null when there is no uplink or the host has not said. */
  flow: { isFlowing: boolean; since: string } | null;
  /** Whether the relay's link is up. */
  link: { isOnline: boolean; since: string };
  /** Since when a start is under way, or null. */
  startingSince: string | null;
}

/** The one health that everybody sees. */
export function mergeHealth({ reported, flow, link, startingSince }: HealthSigns): StreamHealth {
  const isSending = reported.state === 'live' || reported.state === 'degraded';
  if (!link.isOnline) {
    // The picture does not travel over the relay's link: while packets arrive, it is live whatever became of the link.
    return flow?.isFlowing === true && isSending ? reported : { state: 'relayOffline', since: link.since };
  }
  if (reported.state === 'idle' && startingSince !== null) return { state: 'connecting', since: startingSince };
  if (isSending && flow?.isFlowing === false) return { state: 'stale', since: flow.since };
  return reported;
}

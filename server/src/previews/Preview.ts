import type { PreviewEnd } from '@commonsight/types/preview';
import type { AnonymousActor } from '../access/Actor.ts';

/** An owner's preview that this server carries. Its id is its peer's, viewing's and stream's at the SFU host. */
export interface Preview {
  readonly id: string;
  readonly linkId: string;
  readonly agencyId: string;
  readonly relayId: string;
  readonly cameraId: string;
  readonly uplinkId: string;
  /** Whose page it is, for the line of its end. */
  readonly actor: AnonymousActor;
  /** By `performance.now()`. */
  readonly startedAtMs: number;
  /** ISO 8601: when the SFU host ends it by its own clock. */
  readonly expiresAt: string;
  /** `open`: the browser's side can be made; `flowing`: the page has said that it is there. */
  stage: 'starting' | 'started' | 'opening' | 'open' | 'flowing';
  end: PreviewEnd | null;
  /** Its time is over; the page has been silent; an ended one is forgotten. */
  readonly timers: Set<NodeJS.Timeout>;
  silence: NodeJS.Timeout | null;
}

/** How much longer it lasts. */
export function leftMsOf({ startedAtMs, end }: Preview, lastsMs: number): number {
  return end === null ? Math.max(0, Math.round(startedAtMs + lastsMs - performance.now())) : 0;
}

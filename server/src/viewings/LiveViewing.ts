import type { Purpose } from '@commonsight/types/purpose';
import type { StreamKind } from '@commonsight/types/stream-kind';
import type { User } from '@commonsight/types/user';
import type { SupervisedViewing, Viewing, ViewingEndReason, ViewingTraffic } from '@commonsight/types/viewing';

/** One viewing that has not ended: its record, and what has flowed. */
export interface LiveViewing {
  readonly id: string;
  readonly agencyId: string;
  readonly user: User;
  readonly sessionId: string;
  readonly peerId: string;
  readonly cameraId: string;
  readonly cameraName: string;
  readonly streamId: string;
  readonly stream: StreamKind;
  readonly incident: { id: string; number: number; title: string };
  readonly purpose: Purpose;
  readonly grantId: string;
  readonly grantStartsAt: string;
  /** Moves when the grant is extended. */
  grantEndsAt: string;
  /** The policy pack that the grant holds under; moves with its end. */
  policyHash: string;
  readonly startedAt: string;
  /** Null until the SFU host's first report. */
  traffic: ViewingTraffic | null;
  /**
   * `starting`: its line is written and its consumer is being made. `ending`: taken by whoever ends it, so that it
   * ends once.
   */
  state: 'starting' | 'running' | 'ending';
  /** The browser has not asked for its packets, or no more: a tile that is hidden. */
  isHidden?: boolean;
  /** SES2: its session was locked. Nothing flows until its peer is resumed by who has unlocked it. */
  isLocked?: boolean;
}

/** How a viewing ended. */
export interface ViewingEnd {
  endedAt: string;
  reason: ViewingEndReason;
  by: User | null;
  note: string | null;
  traffic: ViewingTraffic | null;
}

export function toWireViewing(viewing: LiveViewing, end: ViewingEnd | null = null): Viewing {
  return {
    id: viewing.id,
    user: viewing.user,
    cameraId: viewing.cameraId,
    cameraName: viewing.cameraName,
    stream: viewing.stream,
    incidentId: viewing.incident.id,
    incidentNumber: viewing.incident.number,
    incidentTitle: viewing.incident.title,
    purpose: viewing.purpose,
    grantId: viewing.grantId,
    startedAt: viewing.startedAt,
    endedAt: end?.endedAt ?? null,
    endReason: end?.reason ?? null,
    endedBy: end?.by ?? null,
    endNote: end?.note ?? null,
  };
}

export function toSupervised(viewing: LiveViewing): SupervisedViewing {
  return { ...toWireViewing(viewing), traffic: viewing.traffic };
}

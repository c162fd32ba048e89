import type { CameraFault, StreamHealth } from '@commonsight/types/health';
import type { Role } from '@commonsight/types/permission';
import type { User } from '@commonsight/types/user';
import type { ViewingEndReason } from '@commonsight/types/viewing';

/** A picture that is older than this is not shown as live, whatever anybody reports. */
const staleAfterMs = 2_000;

/** While pictures came this lately, a reported fault has not reached the tile yet. */
const stillFlowingMs = 700;

/** Why a viewing ended for good, as the tile says it. */
export interface TileEnd {
  reason: ViewingEndReason;
  by: User | null;
  note: string | null;
}

/** How far the tile's viewing has come. */
export type TileViewing =
  | { state: 'none' }
  | { state: 'opening' }
  | { state: 'open' }
  | { state: 'grantNeeded' }
  | { state: 'restricted'; message: string }
  | { state: 'retrying'; message: string; retryAtMs: number };

/** What became of the user's newest request for approval that is about the tile's camera. */
export type TileApproval =
  | {
      state: 'waitingForApproval';
      /** The roles that may approve it. */
      approvedBy: readonly Role[];
      /** Without an answer by then it is refused. */
      expiresAt: string;
    }
  | { state: 'approvalDenied'; by: string | null; note: string | null }
  | { state: 'approvalTimedOut'; approvedBy: readonly Role[] };

/** Everything that a tile's state follows from. Times are local epoch milliseconds. */
export interface TileFacts {
  hasCamera: boolean;
  mayView: boolean;
  viewing: TileViewing;
  end: TileEnd | null;
  /** How access to the camera has ended, as the grants say it; null while it runs and where there was none. */
  accessEnd: TileEnd | null;
  /** Null: nothing was asked, or nothing is left to say about it. */
  approval: TileApproval | null;
  health: StreamHealth;
  /** Since when the camera's site has no relay that is online. */
  relayOfflineSince: string | null;
  /** When the picture on the tile was presented; null when there is none. */
  frameAtMs: number | null;
  delayMs: number | null;
  isConnected: boolean;
}

/** What a tile shows. Each state has only its own fields, and each has its own picture and sentence. */
export type TileState =
  | { state: 'empty' }
  | { state: 'connecting'; message: string | null; retryAtMs: number | null }
  | { state: 'waitingForKeyFrame' }
  | { state: 'live'; delayMs: number | null }
  | { state: 'degraded'; message: string; delayMs: number | null }
  | { state: 'reconnecting'; delayMs: number | null }
  | { state: 'stale'; ageSeconds: number }
  | {
      state: 'cameraOffline';
      fault: CameraFault;
      message: string;
      since: string;
      retryAt: string | null;
      ageSeconds: number | null;
    }
  | { state: 'relayOffline'; since: string; ageSeconds: number | null }
  | { state: 'grantNeeded' }
  | TileApproval
  | { state: 'restricted'; message: string }
  | { state: 'ended'; end: TileEnd };

/** The states in which the tile's picture is from now. */
export function isShowingLive(state: TileState | undefined): boolean {
  return state?.state === 'live' || state?.state === 'degraded' || state?.state === 'reconnecting';
}

/** From when until when the page did not come to look at its frames, in local epoch milliseconds. */
export interface Standstill {
  fromMs: number;
  untilMs: number;
}

/**
 * When a frame counts as looked at. Those that came while the page stood still it could not see: a picture that was live
 * before has its time once more. One that was stale already, and one standstill on the next, has not.
 */
export function afterStandstill(frameAtMs: number | null, standstill: Standstill | null): number | null {
  if (frameAtMs === null || standstill === null) return frameAtMs;
  const wasLive = standstill.fromMs - frameAtMs < staleAfterMs;
  return wasLive ? Math.max(frameAtMs, standstill.untilMs) : frameAtMs;
}

/**
 * When the picture on a tile counts as presented. A tile out of sight gets no frames on purpose: while its camera is
 * reported to send, its last picture is not old but waiting to be looked at.
 */
export function presentedAtMs(frameAtMs: number | null, isOnScreen: boolean, health: StreamHealth, nowMs: number) {
  const isSending = health.state === 'live' || health.state === 'degraded';
  return frameAtMs !== null && !isOnScreen && isSending ? nowMs : frameAtMs;
}

/**
 * A tile's state from its facts alone: it has no memory, so it can neither get stuck nor disagree with what is there.
 * What a person or the policy has decided comes first, then the picture itself, then what is known about its absence.
 */
export function tileState(facts: TileFacts, nowMs: number): TileState {
  if (!facts.hasCamera) return { state: 'empty' };
  if (facts.end !== null) return askedAgain(facts) ?? { state: 'ended', end: facts.end };
  if (!facts.mayView) return { state: 'restricted', message: 'Your role does not open cameras.' };
  if (facts.viewing.state === 'restricted') return { state: 'restricted', message: facts.viewing.message };

  const ageMs = facts.frameAtMs === null ? null : Math.max(0, nowMs - facts.frameAtMs);
  if (ageMs !== null && isFlowing(facts, ageMs)) return flowing(facts);
  if (facts.viewing.state === 'grantNeeded') return facts.approval ?? withoutGrant(facts);
  return withoutFlow(facts, ageMs);
}

/** The page may have been opened anew since the grant ran out: then no viewing has told of its end, and the grant does. */
function withoutGrant({ accessEnd }: TileFacts): TileState {
  return accessEnd === null ? { state: 'grantNeeded' } : { state: 'ended', end: accessEnd };
}

/** A grant ran out, and it was asked for again: the tile says how that stands. */
function askedAgain({ end, approval }: TileFacts): TileApproval | null {
  const isGrantOver = end?.reason === 'grantExpired' || end?.reason === 'grantEnded';
  return isGrantOver && approval?.state === 'waitingForApproval' ? approval : null;
}

function isFlowing(facts: TileFacts, ageMs: number): boolean {
  const isReportedGone = facts.relayOfflineSince !== null || isOffline(facts.health);
  return ageMs < (isReportedGone ? stillFlowingMs : staleAfterMs);
}

function flowing(facts: TileFacts): TileState {
  if (!facts.isConnected) return { state: 'reconnecting', delayMs: facts.delayMs };
  if (facts.health.state === 'degraded') {
    return { state: 'degraded', message: facts.health.message, delayMs: facts.delayMs };
  }
  return { state: 'live', delayMs: facts.delayMs };
}

/** No picture comes: the nearest cause that is known, and the age of the picture that still stands there. */
function withoutFlow(facts: TileFacts, ageMs: number | null): TileState {
  const ageSeconds = ageMs === null ? null : Math.floor(ageMs / 1_000);
  if (facts.relayOfflineSince !== null) return { state: 'relayOffline', since: facts.relayOfflineSince, ageSeconds };
  const { health } = facts;
  if (health.state === 'relayOffline') return { state: 'relayOffline', since: health.since, ageSeconds };
  if (health.state === 'cameraOffline') {
    const { fault, message, since, retryAt } = health;
    return { state: 'cameraOffline', fault, message, since, retryAt, ageSeconds };
  }
  if (ageSeconds !== null) return { state: 'stale', ageSeconds };
  if (!facts.isConnected) {
    return { state: 'connecting', message: 'Waiting for the connection to the server.', retryAtMs: null };
  }
  if (facts.viewing.state === 'retrying') {
    return { state: 'connecting', message: facts.viewing.message, retryAtMs: facts.viewing.retryAtMs };
  }
  if (facts.viewing.state === 'open' && health.state !== 'connecting') return { state: 'waitingForKeyFrame' };
  return { state: 'connecting', message: null, retryAtMs: null };
}

function isOffline(health: StreamHealth): boolean {
  return health.state === 'cameraOffline' || health.state === 'relayOffline';
}

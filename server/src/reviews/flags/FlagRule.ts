import type { FlagKind, Shift } from '@commonsight/types/review';
import type { Position } from '@commonsight/types/position';
import type { Purpose } from '@commonsight/types/purpose';
import type { DeviceClass } from '@commonsight/types/session';

/** One viewing as the rules see it. */
export interface PastViewing {
  id: string;
  userId: string;
  sessionId: string;
  cameraId: string;
  cameraName: string;
  cameraPosition: Position;
  incidentId: string;
  purpose: Purpose;
  startedAtMs: number;
  /** Null while it runs. */
  endedAtMs: number | null;
}

export interface PastIncident {
  id: string;
  number: number;
  title: string;
  position: Position;
  openedAtMs: number;
  /** Its timeline, oldest first. */
  entries: readonly { atMs: number; authorId: string | null; kind: 'note' | 'system'; text: string }[];
}

/** One login. `lastActiveAtMs`: until when somebody was seen to use it. */
export interface PastSession {
  id: string;
  sourceAddress: string | null;
  deviceClass: DeviceClass;
  startedAtMs: number;
  lastActiveAtMs: number;
}

/** A viewing and what is known around it. */
export interface Circumstances {
  viewing: PastViewing;
  incident: PastIncident;
  /** The user's viewings of the last `lookBackDays`, this one among them, by their start. */
  history: readonly PastViewing[];
  /** Those of the user that still stand. */
  sessions: readonly PastSession[];
  /** Null when nobody has set the user's working hours. */
  shift: Shift | null;
  nowMs: number;
}

/** So far back a rule may look. */
export const lookBackDays = 15;

/** Looks for one kind of misuse. Pure: the same circumstances have the same answer. */
export interface FlagRule {
  kind: FlagKind;
  /** The sentence for the reviewer when the viewing stands out, or null. */
  find(circumstances: Circumstances): string | null;
}

export const minuteMs = 60_000;
export const hourMs = 60 * minuteMs;
export const dayMs = 24 * hourMs;

export function endOf(viewing: PastViewing, nowMs: number): number {
  return viewing.endedAtMs ?? nowMs;
}

import type { Id } from '@commonsight/types/ids';
import type { StreamKind } from '@commonsight/types/stream-kind';

/** Hidden pictures are paused at the server after this, and their viewings end after the other. */
export const pauseHiddenAfterMs = 10_000;
export const closeHiddenAfterMs = 300_000;

/** A viewing is of one stream of one camera for one incident; tiles that want the same share it. */
export interface ViewingTarget {
  cameraId: Id;
  stream: StreamKind;
  incidentId: Id;
}

export type ViewingKey = string;

export function viewingKey({ cameraId, stream, incidentId }: ViewingTarget): ViewingKey {
  return `${cameraId}/${stream}/${incidentId}`;
}

/** What a tile wants to show now. */
export interface WantedViewing {
  target: ViewingTarget;
  isShown: boolean;
}

/** A viewing as the plan needs to know it. */
export interface PlannedViewing {
  state: 'opening' | 'open' | 'blocked';
  isPaused: boolean;
  /** Since when no tile that is seen wants it. */
  hiddenSinceMs: number | null;
  /** A blocked one is opened again from then on; null: not by itself. */
  retryAtMs: number | null;
}

export interface ViewingsPlan {
  open: ViewingTarget[];
  pause: ViewingKey[];
  resume: ViewingKey[];
  /** Open or blocked ones that nobody wants; those that are just opening are left to finish first. */
  close: ViewingKey[];
}

/**
 * What has to be done so that what runs is what is wanted. `held` are viewings whose picture still stands on a tile
 * that waits for another one (main instead of sub): they go on until the other has its first frame.
 */
export function planViewings(
  wanted: readonly WantedViewing[],
  held: ReadonlySet<ViewingKey>,
  viewings: ReadonlyMap<ViewingKey, PlannedViewing>,
  nowMs: number,
): ViewingsPlan {
  const shown = new Map<ViewingKey, { target: ViewingTarget; isShown: boolean }>();
  for (const { target, isShown } of wanted) {
    const key = viewingKey(target);
    shown.set(key, { target, isShown: isShown || shown.get(key)?.isShown === true });
  }
  const plan: ViewingsPlan = { open: [], pause: [], resume: [], close: [] };
  for (const [key, { target, isShown }] of shown) {
    const viewing = viewings.get(key);
    const isDue = viewing?.state === 'blocked' && viewing.retryAtMs !== null && viewing.retryAtMs <= nowMs;
    if (isShown && (viewing === undefined || isDue)) plan.open.push(target);
  }
  for (const [key, viewing] of viewings) {
    const want = shown.get(key);
    const isHeld = held.has(key);
    if (viewing.state === 'opening') continue;
    if (want === undefined && !isHeld) plan.close.push(key);
    else if (viewing.state === 'open') planOpen(plan, key, viewing, isHeld || want?.isShown === true, nowMs);
  }
  return plan;
}

function planOpen(plan: ViewingsPlan, key: ViewingKey, viewing: PlannedViewing, isShown: boolean, nowMs: number): void {
  if (isShown) {
    if (viewing.isPaused) plan.resume.push(key);
    return;
  }
  const hiddenForMs = viewing.hiddenSinceMs === null ? 0 : nowMs - viewing.hiddenSinceMs;
  if (hiddenForMs >= closeHiddenAfterMs) plan.close.push(key);
  else if (hiddenForMs >= pauseHiddenAfterMs && !viewing.isPaused) plan.pause.push(key);
}

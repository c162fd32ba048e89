import type { StreamHealth } from '@commonsight/types/health';
import type { Id } from '@commonsight/types/ids';
import type { NotificationOf, SignalingNotifications } from '@commonsight/types/signaling/notifications';
import type { StreamKind } from '@commonsight/types/stream-kind';
import { createStore } from 'zustand/vanilla';
import { DelayMeter, percentile } from './DelayMeter.ts';
import type { MediaSignaling } from './PeerSession.ts';
import { PeerSupervisor } from './PeerSupervisor.ts';
import { viewingKey, type ViewingTarget, type WantedViewing } from './planViewings.ts';
import { RtpClock } from './RtpClock.ts';
import { sameTileState } from './sameTileState.ts';
import { TilePlayer } from './TilePlayer.ts';
import {
  afterStandstill,
  presentedAtMs,
  type Standstill,
  type TileApproval,
  type TileEnd,
  type TileState,
  tileState,
} from './TileState.ts';
import { VideoPool } from './VideoPool.ts';
import { Viewings } from './Viewings.ts';

/** What a tile of this screen should show. */
export interface WantedTile {
  tileId: Id;
  cameraId: Id;
  stream: StreamKind;
  /** Null: no incident is known under which the camera may be opened; somebody has to choose one. */
  incidentId: Id | null;
  /** False for a tile that its layout hides. */
  isShown: boolean;
}

/** What media needs to know of the world around it. */
export interface MediaSurroundings {
  signaling: MediaSignaling & {
    on<K extends keyof SignalingNotifications>(name: K, listener: (payload: NotificationOf<K>) => void): () => void;
  };
  /** Local epoch milliseconds on the monotonic clock, and what to add to get the server's. */
  nowMs: () => number;
  serverOffsetMs: () => number;
  mayView: boolean;
  isKnownCamera: (cameraId: Id) => boolean;
  health: (cameraId: Id, stream: StreamKind) => StreamHealth;
  relayOfflineSince: (cameraId: Id) => string | null;
  /** How access to the camera for the incident has ended; null while it runs, and where there was none. */
  accessEnd: (cameraId: Id, incidentId: Id) => TileEnd | null;
  /** How the user's request for approval about the camera stands, under an incident or with null under any. */
  approval: (cameraId: Id, incidentId: Id | null) => TileApproval | null;
  onGrantNeeded: (targets: readonly ViewingTarget[]) => void;
}

interface TileRecord {
  wanted: WantedTile;
  isOnScreen: boolean;
  player: TilePlayer;
  meter: DelayMeter;
  end: TileEnd | null;
}

const evaluateEveryMs = 250;
/** After the window was hidden frames need a moment to be presented again. */
const graceAfterHiddenMs = 1_200;
/** A page that does not come to look at the states for this long stood still, and has looked at no frame meanwhile. */
const standstillMs = 1_000;

/**
 * All pictures of this window: which viewings run, which picture is on which tile, and what each tile truthfully shows.
 * Views put players into their elements and read `tiles`.
 */
export class WallMedia {
  /** What each tile shows. It changes when something that can be read on a tile changes, not with every frame. */
  readonly tiles = createStore<ReadonlyMap<Id, TileState>>()(() => new Map());
  readonly #around: MediaSurroundings;
  readonly #pool = new VideoPool();
  readonly #supervisor: PeerSupervisor;
  readonly #viewings: Viewings;
  readonly #records = new Map<Id, TileRecord>();
  /** Elements may be there before their tile is wanted, and after. */
  readonly #containers = new Map<Id, HTMLElement>();
  readonly #clocks = new Map<Id, RtpClock>();
  readonly #stops: (() => void)[] = [];
  #isReconcileDue = false;
  #evaluateAfterMs = 0;
  #lastTurnMs: number;
  #standstill: Standstill | null = null;
  #isLocked = false;
  #isClosed = false;

  private constructor(around: MediaSurroundings) {
    this.#around = around;
    this.#lastTurnMs = around.nowMs();
    this.#supervisor = new PeerSupervisor(around.signaling, {
      onOpened: () => this.#usePeer(),
      onResumed: (viewingIds) => {
        this.#viewings.resumePeer(viewingIds);
        this.#reconcileSoon();
      },
    });
    this.#viewings = new Viewings(
      around.signaling,
      {
        onChanged: () => this.#reconcileSoon(),
        onGrantNeeded: around.onGrantNeeded,
        onEnded: (target, end) => this.#endTiles(target, end),
      },
      around.nowMs,
    );
  }

  static create(around: MediaSurroundings): WallMedia {
    const media = new WallMedia(around);
    media.#handleNotifications();
    const timer = setInterval(() => media.#reconcileSoon(), evaluateEveryMs);
    const handleVisibility = (): void => media.#handleVisibility();
    document.addEventListener('visibilitychange', handleVisibility);
    media.#stops.push(
      () => clearInterval(timer),
      () => document.removeEventListener('visibilitychange', handleVisibility),
    );
    return media;
  }

  /** Opens the peer ahead of the tiles: a wall is being read, and its pictures will be wanted in a moment. */
  prepare(): void {
    if (this.#around.mayView) this.#supervisor.want();
  }

  /** The tiles of this window's screen, all of them; what is not named is closed. */
  setWanted(wanted: readonly WantedTile[]): void {
    const ids = new Set(wanted.map((tile) => tile.tileId));
    for (const [tileId, record] of this.#records) {
      if (ids.has(tileId)) continue;
      record.player.close();
      this.#records.delete(tileId);
    }
    for (const tile of wanted) this.#want(tile);
    this.#reconcileSoon();
  }

  /** Puts a tile's picture into an element; null takes it out. */
  mount(tileId: Id, container: HTMLElement | null): void {
    if (container === null) this.#containers.delete(tileId);
    else this.#containers.set(tileId, container);
    this.#records.get(tileId)?.player.mount(container);
  }

  /** A tile that is scrolled out of sight counts as hidden. */
  setOnScreen(tileId: Id, isOnScreen: boolean): void {
    const record = this.#records.get(tileId);
    if (record === undefined || record.isOnScreen === isOnScreen) return;
    record.isOnScreen = isOnScreen;
    this.#reconcileSoon();
  }

  /** Opens a tile again whose viewing was ended or refused. */
  reopen(tileId: Id): void {
    const record = this.#records.get(tileId);
    if (record === undefined) return;
    record.end = null;
    this.#viewings.unblock((target) => target.cameraId === record.wanted.cameraId);
    this.#reconcileSoon();
  }

  /** A grant runs now: what waited for it opens, all at once. */
  grantGiven(incidentId: Id, cameraIds: readonly Id[]): void {
    const cameras = new Set(cameraIds);
    this.#viewings.unblock((target) => target.incidentId === incidentId && cameras.has(target.cameraId));
    for (const record of this.#records.values()) {
      const isExpired = record.end?.reason === 'grantExpired' || record.end?.reason === 'grantEnded';
      if (isExpired && cameras.has(record.wanted.cameraId)) record.end = null;
    }
    this.#reconcileSoon();
  }

  /** A camera sends again, or its relay is back. */
  cameraReturned(isMeant: (cameraId: Id) => boolean): void {
    this.#viewings.hurry((target) => isMeant(target.cameraId));
    this.#reconcileSoon();
  }

  /** Owners share cameras again: their tiles come back by themselves, under the grant that they had. */
  camerasShared(isShared: (cameraId: Id) => boolean): void {
    for (const record of this.#records.values()) {
      if (record.end?.reason === 'notShared' && isShared(record.wanted.cameraId)) record.end = null;
    }
    this.#reconcileSoon();
  }

  /**
   * A locked session has no picture anywhere: not even the last one stays on a tile. What ran goes on when it is
   * unlocked; the server has paused it meanwhile.
   */
  setLocked(isLocked: boolean): void {
    this.#isLocked = isLocked;
    if (isLocked) for (const record of this.#records.values()) clearPicture(record);
    else this.#reconcileSoon();
  }

  handleConnected(): void {
    this.#supervisor.handleConnected();
    this.#reconcileSoon();
  }

  /** The delay that 95 of 100 measurements of this window's last seconds stay below. */
  delayP95Ms(): number | null {
    const nowMs = this.#around.nowMs();
    const delays = [...this.#records.values()].flatMap((record) => record.meter.recent(nowMs));
    const p95 = percentile(
      delays.toSorted((a, b) => a - b),
      0.95,
    );
    return p95 === null ? null : Math.round(p95);
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    for (const stop of this.#stops) stop();
    for (const record of this.#records.values()) record.player.close();
    this.#records.clear();
    this.#viewings.close();
    this.#supervisor.close();
  }

  #handleNotifications(): void {
    const { signaling } = this.#around;
    this.#stops.push(
      signaling.on('peer:closed', ({ peerId }) => this.#supervisor.handlePeerClosed(peerId)),
      signaling.on('consumer:closed', (closed) => this.#viewings.handleConsumerClosed(closed)),
      signaling.on('stream:clock', ({ streamId, rtpTimestamp, receivedAtMs }) => {
        const clock = this.#clocks.get(streamId) ?? new RtpClock();
        this.#clocks.set(streamId, clock);
        clock.anchor(rtpTimestamp, receivedAtMs);
      }),
    );
  }

  #handleVisibility(): void {
    if (!document.hidden) this.#evaluateAfterMs = this.#around.nowMs() + graceAfterHiddenMs;
    this.#reconcileSoon();
  }

  #want(wanted: WantedTile): void {
    const record = this.#records.get(wanted.tileId);
    if (record === undefined) {
      this.#records.set(wanted.tileId, this.#createRecord(wanted));
      return;
    }
    const before = record.wanted;
    record.wanted = wanted;
    if (before.cameraId !== wanted.cameraId) {
      clearPicture(record);
      record.end = null;
    } else if (before.incidentId !== wanted.incidentId) {
      record.end = null;
    }
  }

  #createRecord(wanted: WantedTile): TileRecord {
    const meter = new DelayMeter();
    const player = new TilePlayer(this.#pool, {
      onFrame: (key, displayTimeMs, rtpTimestamp) => this.#measure(meter, key, displayTimeMs, rtpTimestamp),
      onSwapped: () => {
        meter.reset();
        this.#reconcileSoon();
      },
    });
    player.mount(this.#containers.get(wanted.tileId) ?? null);
    return { wanted, isOnScreen: true, player, meter, end: null };
  }

  #measure(meter: DelayMeter, key: string, displayTimeMs: number, rtpTimestamp: number | null): void {
    const streamId = this.#viewings.streamIdOf(key);
    if (rtpTimestamp === null || streamId === null) return;
    const receivedAtMs = this.#clocks.get(streamId)?.receivedAtMs(rtpTimestamp) ?? null;
    if (receivedAtMs === null) return;
    const shownAtMs = performance.timeOrigin + displayTimeMs + this.#around.serverOffsetMs();
    meter.add(shownAtMs - receivedAtMs, this.#around.nowMs());
  }

  /** Wishes of one tick are one plan, so that a whole wall opens with one request. */
  #reconcileSoon(): void {
    if (this.#isReconcileDue || this.#isClosed || this.#isLocked) return;
    this.#isReconcileDue = true;
    queueMicrotask(() => {
      this.#isReconcileDue = false;
      if (!this.#isClosed && !this.#isLocked) this.#reconcile();
    });
  }

  #reconcile(): void {
    const wanted: WantedViewing[] = [];
    const held = new Set<string>();
    for (const record of this.#records.values()) {
      const target = this.#targetOf(record);
      if (target === null) continue;
      const isShown = record.wanted.isShown && record.isOnScreen && !document.hidden;
      wanted.push({ target, isShown });
      // The picture on the tile goes on until the one that is wanted has come.
      const { activeKey } = record.player;
      if (activeKey !== null && activeKey !== viewingKey(target) && isShown) held.add(activeKey);
    }
    const isPeerNeeded = this.#viewings.reconcile(wanted, held);
    if (isPeerNeeded && this.#supervisor.session === null) this.#supervisor.want();
    this.#showTracks();
    this.#evaluate();
  }

  #showTracks(): void {
    for (const record of this.#records.values()) {
      const target = this.#targetOf(record);
      const key = target === null ? null : viewingKey(target);
      const track = key === null ? null : this.#viewings.trackOf(key);
      if (key !== null && track !== null) record.player.show({ key, track });
    }
  }

  #targetOf({ wanted, end }: TileRecord): ViewingTarget | null {
    if (end !== null || wanted.incidentId === null || !this.#around.mayView) return null;
    const { cameraId, stream, incidentId } = wanted;
    return this.#viewings.fitting({ cameraId, stream, incidentId });
  }

  #usePeer(): void {
    const { session } = this.#supervisor;
    if (session === null) return;
    this.#viewings.usePeer(session);
    this.#reconcileSoon();
  }

  /** What somebody ended goes from the screen at once, whichever stream of it the tile had. */
  #endTiles(target: ViewingTarget, end: TileEnd): void {
    for (const record of this.#records.values()) {
      const { cameraId, incidentId } = record.wanted;
      const isMeant = cameraId === target.cameraId && incidentId === target.incidentId;
      if (isMeant) record.end = end;
      if (isMeant || record.player.activeKey === viewingKey(target)) clearPicture(record);
    }
    this.#reconcileSoon();
  }

  #evaluate(): void {
    const nowMs = this.#around.nowMs();
    if (nowMs - this.#lastTurnMs > standstillMs) this.#standstill = { fromMs: this.#lastTurnMs, untilMs: nowMs };
    this.#lastTurnMs = nowMs;
    // A hidden window presents no frames; nobody sees it, and its states wait.
    if (document.hidden || nowMs < this.#evaluateAfterMs) return;
    const before = this.tiles.getState();
    const after = new Map<Id, TileState>();
    let isChanged = before.size !== this.#records.size;
    for (const [tileId, record] of this.#records) {
      const state = this.#stateOf(record, nowMs);
      if (mayNotShow(state)) clearPicture(record);
      const known = before.get(tileId);
      const isSame = known !== undefined && sameTileState(known, state);
      after.set(tileId, isSame ? known : state);
      isChanged ||= !isSame;
    }
    if (isChanged) this.tiles.setState(after, true);
  }

  #stateOf(record: TileRecord, nowMs: number): TileState {
    const { wanted, player, meter, end } = record;
    const target = this.#targetOf(record);
    const around = this.#around;
    const health = around.health(wanted.cameraId, target?.stream ?? wanted.stream);
    const frameAtMs = player.frameAtMs === null ? null : performance.timeOrigin + player.frameAtMs;
    const seenAtMs = afterStandstill(frameAtMs, this.#standstill);
    return tileState(
      {
        hasCamera: around.isKnownCamera(wanted.cameraId),
        mayView: around.mayView,
        viewing: target === null ? { state: 'grantNeeded' } : this.#viewings.stateOf(viewingKey(target)),
        end,
        accessEnd: wanted.incidentId === null ? null : around.accessEnd(wanted.cameraId, wanted.incidentId),
        approval: around.approval(wanted.cameraId, wanted.incidentId),
        health,
        relayOfflineSince: around.relayOfflineSince(wanted.cameraId),
        frameAtMs: presentedAtMs(seenAtMs, record.isOnScreen, health, nowMs),
        delayMs: meter.delayMs,
        isConnected: around.signaling.isConnected,
      },
      nowMs,
    );
  }
}

function clearPicture(record: TileRecord): void {
  record.player.clear();
  record.meter.reset();
}

/** The states in which not even the last picture may stand on the tile. */
function mayNotShow({ state }: TileState): boolean {
  return withoutPicture.has(state);
}

const withoutPicture: ReadonlySet<TileState['state']> = new Set<TileState['state']>([
  'grantNeeded',
  'waitingForApproval',
  'approvalDenied',
  'approvalTimedOut',
  'restricted',
  'ended',
  'empty',
]);

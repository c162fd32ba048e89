import type { WireError } from '@commonsight/types/errors';
import type { Id } from '@commonsight/types/ids';
import type { NotificationOf } from '@commonsight/types/signaling/notifications';
import type { ResponseOf } from '@commonsight/types/signaling/requests';
import type { ViewingEndReason } from '@commonsight/types/viewing';
import type { Consumer } from 'mediasoup-client/types';
import { backOffMs } from './backOff.ts';
import type { MediaSignaling, PeerSession } from './PeerSession.ts';
import {
  type PlannedViewing,
  planViewings,
  type ViewingKey,
  viewingKey,
  type ViewingTarget,
  type WantedViewing,
} from './planViewings.ts';
import type { TileEnd, TileViewing } from './TileState.ts';

/** What viewings need of a peer; a fake of it is one method long. */
export type ConsumingPeer = Pick<PeerSession, 'consume'>;

export interface ViewingsListener {
  /** A viewing opened, closed or was refused. */
  onChanged: () => void;
  onGrantNeeded: (targets: readonly ViewingTarget[]) => void;
  /** A person or the policy ended it: it is not opened again by itself. */
  onEnded: (target: ViewingTarget, end: TileEnd) => void;
}

interface OpenViewing extends PlannedViewing {
  state: 'open';
  target: ViewingTarget;
  viewingId: Id;
  streamId: Id;
  consumer: Consumer;
}

type Viewing =
  | (PlannedViewing & { state: 'opening'; target: ViewingTarget })
  | OpenViewing
  | (PlannedViewing & { state: 'blocked'; target: ViewingTarget; why: TileViewing });

type CreateResult = ResponseOf<'consumer:create'>['results'][number];
type Created = Extract<CreateResult, { ok: true }>;

/** The answer to a batch may wait for streams to start at several sites. */
const createTimeoutMs = 20_000;
/** For so long a large picture that did not fit into the owner's limit is not asked for again: each try is a line. */
const fullForMs = 120_000;
const firstRetryMs = 500;
const longestRetryMs = 15_000;

/** Ends that somebody decided; all others are accidents, after which the viewing is opened again. */
const accidents: ReadonlySet<ViewingEndReason> = new Set<ViewingEndReason>(['mediaLost', 'connectionLost']);

/** This window's viewings: brings what runs to what is wanted, in as few messages as possible. */
export class Viewings {
  readonly #signaling: MediaSignaling;
  readonly #listener: ViewingsListener;
  readonly #nowMs: () => number;
  readonly #viewings = new Map<ViewingKey, Viewing>();
  readonly #tries = new Map<ViewingKey, number>();
  /** Until when a large picture did not fit into what its owner lets leave the site. */
  readonly #fullUntilMs = new Map<ViewingKey, number>();
  /** Ends that came before the answer that told of their viewing. */
  readonly #earlyEnds = new Map<Id, NotificationOf<'consumer:closed'>>();
  #peer: ConsumingPeer | null = null;

  constructor(signaling: MediaSignaling, listener: ViewingsListener, nowMs: () => number = Date.now) {
    this.#signaling = signaling;
    this.#listener = listener;
    this.#nowMs = nowMs;
  }

  /** How far a viewing has come, as its tile says it. */
  stateOf(key: ViewingKey): TileViewing {
    const viewing = this.#viewings.get(key);
    if (viewing === undefined) return { state: 'none' };
    return viewing.state === 'blocked' ? viewing.why : { state: viewing.state };
  }

  trackOf(key: ViewingKey): MediaStreamTrack | null {
    const viewing = this.#viewings.get(key);
    return viewing?.state === 'open' ? viewing.consumer.track : null;
  }

  streamIdOf(key: ViewingKey): Id | null {
    const viewing = this.#viewings.get(key);
    return viewing?.state === 'open' ? viewing.streamId : null;
  }

  /** What can be had of what is wished: the small picture while the large one does not fit into the owner's limit. */
  fitting(wished: ViewingTarget): ViewingTarget {
    const untilMs = this.#fullUntilMs.get(viewingKey(wished)) ?? 0;
    return untilMs > this.#nowMs() ? { ...wished, stream: 'sub' } : wished;
  }

  /** A new peer: nothing of the one before runs on it. Its consumers end with it, when its pictures are replaced. */
  usePeer(peer: ConsumingPeer): void {
    this.#peer = peer;
    this.#viewings.clear();
    this.#earlyEnds.clear();
  }

  /** The peer was taken up again after a broken connection: what the server ended meanwhile is gone here too. */
  resumePeer(viewingIds: readonly Id[]): void {
    const running = new Set(viewingIds);
    this.hurry(() => true);
    for (const [key, viewing] of this.#viewings) {
      if (viewing.state !== 'open') continue;
      if (!running.delete(viewing.viewingId)) this.#remove(key, viewing);
    }
    // What is left was opened by an answer that never arrived.
    if (running.size > 0) void this.#signaling.request('consumer:close', { viewingIds: [...running] });
  }

  /** Refused ones are tried again now: a grant was given, or somebody asked. */
  unblock(isMeant: (target: ViewingTarget) => boolean): void {
    for (const [key, viewing] of this.#viewings) {
      if (viewing.state === 'blocked' && isMeant(viewing.target)) this.#viewings.delete(key);
    }
  }

  /** What only failed is tried again now and not when its turn comes: something has changed on the way. */
  hurry(isMeant: (target: ViewingTarget) => boolean): void {
    for (const viewing of this.#viewings.values()) {
      if (viewing.state === 'blocked' && viewing.retryAtMs !== null && isMeant(viewing.target)) {
        viewing.retryAtMs = this.#nowMs();
      }
    }
  }

  /** Does what the plan says. Returns whether something is wanted that needs a peer. */
  reconcile(wanted: readonly WantedViewing[], held: ReadonlySet<ViewingKey>): boolean {
    const nowMs = this.#nowMs();
    this.#noteHidden(wanted, held, nowMs);
    const plan = planViewings(wanted, held, this.#viewings, nowMs);
    this.#closeAll(plan.close);
    void this.#setPaused(plan.pause, true);
    void this.#setPaused(plan.resume, false);
    if (this.#peer !== null && plan.open.length > 0 && this.#signaling.isConnected) {
      void this.#openAll(this.#peer, plan.open);
    }
    return plan.open.length > 0;
  }

  handleConsumerClosed(closed: NotificationOf<'consumer:closed'>): void {
    for (const [key, viewing] of this.#viewings) {
      if (viewing.state === 'open' && viewing.viewingId === closed.viewingId) {
        this.#end(key, viewing.target, viewing.consumer, closed);
        return;
      }
    }
    if ([...this.#viewings.values()].some((viewing) => viewing.state === 'opening')) {
      this.#earlyEnds.set(closed.viewingId, closed);
    }
  }

  close(): void {
    this.#closeAll([...this.#viewings.keys()]);
    this.#viewings.clear();
    this.#peer = null;
  }

  async #openAll(peer: ConsumingPeer, targets: ViewingTarget[]): Promise<void> {
    for (const target of targets) {
      this.#viewings.set(viewingKey(target), { ...fresh, state: 'opening', target });
    }
    const answer = await this.#signaling.request('consumer:create', { items: targets }, createTimeoutMs);
    if (peer !== this.#peer) return;
    const created: { target: ViewingTarget; result: Created }[] = [];
    const refused: { target: ViewingTarget; error: WireError }[] = [];
    targets.forEach((target, i) => {
      const result = answer.ok ? answer.value.results[i] : undefined;
      if (result?.ok === true) created.push({ target, result });
      else refused.push({ target, error: result?.error ?? (answer.ok ? noResult : answer.error) });
    });
    this.#refuse(refused);
    const consumers = await peer.consume(created.map(({ result }) => result.consumer));
    if (peer !== this.#peer) return;
    created.forEach(({ target, result }, i) => this.#takeIn(target, result, consumers[i] ?? null));
    this.#earlyEnds.clear();
    this.#listener.onChanged();
    await this.#setPaused(
      created.map(({ target }) => viewingKey(target)),
      false,
    );
  }

  #takeIn(target: ViewingTarget, result: Created, consumer: Consumer | null): void {
    const key = viewingKey(target);
    const { viewingId, streamId } = result;
    if (consumer === null) {
      void this.#signaling.request('consumer:close', { viewingIds: [viewingId] });
      this.#block(key, target, 'The picture could not be set up.');
      return;
    }
    // Consumers begin paused (CON3).
    this.#viewings.set(key, { ...fresh, state: 'open', isPaused: true, target, viewingId, streamId, consumer });
    this.#tries.delete(key);
    const earlyEnd = this.#earlyEnds.get(viewingId);
    if (earlyEnd !== undefined) this.#end(key, target, consumer, earlyEnd);
  }

  #refuse(refused: readonly { target: ViewingTarget; error: WireError }[]): void {
    const needed: ViewingTarget[] = [];
    for (const { target, error } of refused) {
      const key = viewingKey(target);
      if (error.code === 'grantNeeded') {
        needed.push(target);
        this.#viewings.set(key, { ...fresh, state: 'blocked', target, why: { state: 'grantNeeded' } });
      } else if (error.code === 'incidentClosed') {
        this.#viewings.delete(key);
        this.#listener.onEnded(target, { reason: 'incidentClosed', by: null, note: null });
      } else if (error.code === 'notShared') {
        // Asking again and again would not change the owner's mind; the tile offers it to the operator.
        this.#viewings.delete(key);
        this.#listener.onEnded(target, { reason: 'notShared', by: null, note: error.message });
      } else if (error.code === 'uploadFull' && target.stream === 'main') {
        this.#viewings.delete(key);
        this.#fullUntilMs.set(key, this.#nowMs() + fullForMs);
      } else if (error.code === 'notPermitted' || error.code === 'notFound') {
        const why = { state: 'restricted', message: error.message } as const;
        this.#viewings.set(key, { ...fresh, state: 'blocked', target, why });
      } else {
        this.#block(key, target, error.message);
      }
    }
    if (refused.length > 0) this.#listener.onChanged();
    if (needed.length > 0) this.#listener.onGrantNeeded(needed);
  }

  #block(key: ViewingKey, target: ViewingTarget, message: string): void {
    const tries = (this.#tries.get(key) ?? 0) + 1;
    this.#tries.set(key, tries);
    const retryAtMs = this.#nowMs() + backOffMs(tries, firstRetryMs, longestRetryMs);
    const why = { state: 'retrying', message, retryAtMs } as const;
    this.#viewings.set(key, { ...fresh, state: 'blocked', target, why, retryAtMs });
  }

  #end(key: ViewingKey, target: ViewingTarget, consumer: Consumer, closed: NotificationOf<'consumer:closed'>): void {
    consumer.close();
    if (accidents.has(closed.reason)) {
      this.#block(key, target, 'The picture was lost on its way.');
    } else {
      this.#viewings.delete(key);
      this.#listener.onEnded(target, { reason: closed.reason, by: closed.by, note: closed.note });
    }
    this.#listener.onChanged();
  }

  #closeAll(keys: readonly ViewingKey[]): void {
    const viewingIds: Id[] = [];
    for (const key of keys) {
      const viewing = this.#viewings.get(key);
      if (viewing?.state === 'open') viewingIds.push(viewing.viewingId);
      if (viewing !== undefined) this.#remove(key, viewing);
    }
    if (viewingIds.length > 0) void this.#signaling.request('consumer:close', { viewingIds });
  }

  #remove(key: ViewingKey, viewing: Viewing): void {
    this.#viewings.delete(key);
    this.#tries.delete(key);
    if (viewing.state === 'open') viewing.consumer.close();
  }

  /** On the server alone: pausing the browser's consumer would negotiate the whole transport anew. */
  async #setPaused(keys: readonly ViewingKey[], isPaused: boolean): Promise<void> {
    const meant: OpenViewing[] = [];
    for (const key of keys) {
      const viewing = this.#viewings.get(key);
      if (viewing?.state === 'open') meant.push(viewing);
    }
    if (meant.length === 0) return;
    for (const viewing of meant) viewing.isPaused = isPaused;
    const viewingIds = meant.map((viewing) => viewing.viewingId);
    const answer = await this.#signaling.request(isPaused ? 'consumer:pause' : 'consumer:resume', { viewingIds });
    // The next plan asks again.
    if (!answer.ok) for (const viewing of meant) viewing.isPaused = !isPaused;
  }

  #noteHidden(wanted: readonly WantedViewing[], held: ReadonlySet<ViewingKey>, nowMs: number): void {
    const seen = new Set(held);
    for (const { target, isShown } of wanted) if (isShown) seen.add(viewingKey(target));
    for (const [key, viewing] of this.#viewings) {
      viewing.hiddenSinceMs = seen.has(key) ? null : (viewing.hiddenSinceMs ?? nowMs);
    }
  }
}

const fresh = { isPaused: false, hiddenSinceMs: null, retryAtMs: null } as const;

const noResult: WireError = { code: 'internal', message: 'The server gave an answer that is not understood.' };

import type { KeyObject } from 'node:crypto';
import type { LinkHandlers } from '@commonsight/types/answer';
import type { StreamHealth } from '@commonsight/types/health';
import type { RelayNotifications, RelayRequests } from '@commonsight/types/relay/relay-link';
import type { z } from 'zod';
import { RelayError } from '../errors.ts';
import type { Sharing } from '../sharing/Sharing.ts';
import { StreamGrants } from '../sharing/StreamGrants.ts';
import type { UploadPlan } from '../upload/UploadPlan.ts';
import { MediaWorker } from '../uplink/MediaWorker.ts';
import type { UplinkDescription } from '../uplink/StreamOutput.ts';
import { type ReceivedFrame, RelayStream, type StreamIdentity, type StreamSettings } from './RelayStream.ts';

type StartRequest = z.output<RelayRequests['stream:start']['request']>;
type StopReason = z.output<RelayNotifications['stream:stopped']>['reason'];

/** Whom the streams tell what becomes of them. */
export interface StreamsListener {
  healthChanged(stream: StreamIdentity, health: StreamHealth): void;
  /** The stream ended without the server's asking. */
  stopped(stream: { streamId: string; uplinkId: string }, reason: StopReason): void;
  /** An owner's preview ended without anybody's asking. */
  previewStopped(previewId: string, reason: 'notShared' | 'stopped'): void;
}

/** One more uplink for a stream, on its owner's word. */
export interface PreviewRequest extends StreamIdentity {
  readonly previewId: string;
  readonly uplink: StartRequest['uplink'];
  /** It goes on while the camera is not shared. */
  readonly isBeyondSharing: boolean;
}

export interface StreamsOptions extends Omit<StreamSettings, 'masksOf'> {
  readonly relayId: string;
  readonly serverKey: KeyObject;
  readonly listener: StreamsListener;
  /** False while the owner wants no stream to begin; those that run go on. */
  readonly mayStart: () => boolean;
  /** What the owner shares at this moment. */
  readonly sharing: Pick<Sharing, 'judge' | 'mayBeSeen' | 'masksOf'>;
  /** How much the owner lets leave the site. */
  readonly upload: Pick<UploadPlan, 'reserve' | 'note' | 'chooseEnd'>;
}

/** All streams of this relay, and the answers to what the server asks about them. */
export class Streams {
  readonly #options: StreamsOptions;
  readonly #worker: MediaWorker;
  readonly #streams = new Map<string, RelayStream>();
  /** What is being done for a stream: the next act for it waits, so that a start and a stop never cross. */
  readonly #turns = new Map<string, Promise<void>>();
  #isClosed = false;

  static async create(options: StreamsOptions): Promise<Streams> {
    let streams: Streams | undefined;
    const worker = await MediaWorker.open({ log: options.log, onDied: () => streams?.workerDied() });
    streams = new Streams(options, worker);
    return streams;
  }

  private constructor(options: StreamsOptions, worker: MediaWorker) {
    this.#options = options;
    this.#worker = worker;
  }

  readonly handlers: Pick<
    LinkHandlers<RelayRequests>,
    'relay:snapshot' | 'stream:start' | 'stream:replaceGrants' | 'stream:stop'
  > = {
    'relay:snapshot': async () => ({
      streams: this.running.map((stream) => ({
        ...stream.identity,
        uplinkId: stream.uplinkId,
        health: stream.health,
      })),
    }),
    'stream:start': (request) => this.#inTurn(request.streamId, () => this.#start(request)),
    'stream:replaceGrants': ({ streamId, grants }) =>
      this.#inTurn(streamId, async () => {
        const stream = this.#streams.get(streamId);
        if (stream === undefined) throw new RelayError('notFound', 'The stream does not run.');
        if (!stream.grants.replace(grants)) await this.#end(stream, 'grantsEnded');
        return {};
      }),
    'stream:stop': ({ streamId }) =>
      this.#inTurn(streamId, async () => {
        const stream = this.#streams.get(streamId);
        if (stream !== undefined) await this.#endViewing(stream);
        return {};
      }),
  };

  /** PRV1: sends a camera's packets to one more uplink. Who calls it has checked the owner's word. */
  startPreview(request: PreviewRequest): Promise<UplinkDescription> {
    return this.#inTurn(request.streamId, () => this.#startPreview(request));
  }

  /** Ends a preview; an unknown one is no error. */
  async stopPreview(previewId: string): Promise<void> {
    for (const stream of this.#streams.values()) {
      await this.#inTurn(stream.identity.streamId, async () => {
        if (stream.endPreviews((id) => id === previewId).length > 0) await this.#closeUnused(stream);
      });
    }
  }

  /** Those that the server has asked for under grants. */
  get running(): RelayStream[] {
    return [...this.#streams.values()].filter(({ uplinkId }) => uplinkId !== '');
  }

  /** Those whose packets leave, also for their owner alone. */
  get sending(): RelayStream[] {
    return [...this.#streams.values()].filter(({ isUsed }) => isUsed);
  }

  /** Of the media worker, for who looks after the relay. */
  workerUsage(): ReturnType<MediaWorker['usage']> {
    return this.#worker.usage();
  }

  /** The frames that were received whole since the last call, at most one of each stream. */
  takeLastFrames(): (ReceivedFrame & { streamId: string })[] {
    return this.running.flatMap((stream) => {
      const frame = stream.takeLastFrame();
      return frame === undefined ? [] : [{ ...frame, streamId: stream.identity.streamId }];
    });
  }

  /** Idempotent. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.all([...this.#streams.values()].map((stream) => stream.close()));
    await this.#worker.close();
  }

  /**
   * With the worker every uplink is gone, and its far end listens to nobody else (STR5). So all streams end here and
   * are told as stopped; the server starts those anew that somebody views.
   */
  workerDied(): void {
    for (const stream of this.#streams.values()) void this.#endInTurn(stream, 'stopped');
  }

  /** SHR3, SHR12: ends what the owner does not share any more, and goes by the masks of now. To be called again and again. */
  obeyOwner(): void {
    for (const stream of this.#streams.values()) {
      const { cameraId } = stream.identity;
      if (!stream.isUnderSharing || this.#options.sharing.mayBeSeen(cameraId)) {
        stream.takeMasks();
        continue;
      }
      // Before its turn: what is being done for it may take as long as the server wants.
      stream.mute();
      void this.#endInTurn(stream, 'notShared');
    }
  }

  /** UPL2: more leaves than the owner allows. */
  endForUpload(): void {
    const { upload } = this.#options;
    const chosen = upload.chooseEnd(this.sending);
    if (chosen === undefined) return;
    upload.note(chosen.stream.identity, chosen.message);
    void this.#endInTurn(chosen.stream, 'uploadFull');
  }

  async #start(request: StartRequest) {
    const { streamId, cameraId, kind, uplink, grants } = request;
    const running = this.#findRunning({ streamId, cameraId, kind });
    this.#assertShared(streamId, cameraId);
    const held = running?.grants ?? this.#createGrants(streamId, cameraId);
    if (!held.replace(grants)) throw new RelayError('notPermitted', 'No grant for this camera holds now.');
    // A new uplink in place of one that runs costs nothing more.
    const release = running === undefined || running.uplinkId === '' ? this.#reserve(held, { cameraId, kind }) : null;
    let stream = running;
    try {
      stream ??= await this.#create({ streamId, cameraId, kind }, held);
      const wasViewed = stream.uplinkId !== '';
      const description = await stream.replaceUplink(uplink);
      // While it ran for its owner alone nobody was told how it is.
      if (!wasViewed && running !== undefined) this.#options.listener.healthChanged(stream.identity, stream.health);
      this.#options.log.info({ streamId, cameraId, kind, uplinkId: uplink.uplinkId }, 'stream started');
      return description;
    } catch (error) {
      // A running stream goes on with the uplink that it has; one that never ran is gone again.
      if (running === undefined) {
        held.close();
        if (stream !== undefined) await this.#close(stream);
      }
      this.#assertShared(streamId, cameraId);
      this.#options.log.warn({ err: error, streamId }, 'uplink could not be opened');
      throw new RelayError('mediaUnavailable', 'The relay could not open the uplink.', { cause: error });
    } finally {
      release?.();
    }
  }

  /** UPL1: takes room in the owner's limit. Grants of a stream that does not begin are let go. */
  #reserve(held: StreamGrants | null, asked: Pick<StreamIdentity, 'cameraId' | 'kind'>): () => void {
    try {
      return this.#options.upload.reserve(asked);
    } catch (error) {
      held?.close();
      throw error;
    }
  }

  async #startPreview({ previewId, uplink, isBeyondSharing, ...asked }: PreviewRequest): Promise<UplinkDescription> {
    const { streamId, cameraId, kind } = asked;
    let stream = this.#findRunning(asked);
    if (!isBeyondSharing) this.#assertShared(streamId, cameraId);
    const release = this.#reserve(null, { cameraId, kind });
    try {
      stream ??= await this.#create({ streamId, cameraId, kind }, this.#createGrants(streamId, cameraId));
      const description = await stream.addPreview(previewId, uplink, { isBeyondSharing });
      this.#options.log.info({ streamId, cameraId, kind, previewId }, 'the owner previews');
      return description;
    } catch (error) {
      if (stream !== undefined) await this.#closeUnused(stream);
      if (!isBeyondSharing) this.#assertShared(streamId, cameraId);
      this.#options.log.warn({ err: error, streamId, previewId }, 'a preview could not be opened');
      throw new RelayError('mediaUnavailable', 'The relay could not open the preview.', { cause: error });
    } finally {
      release();
    }
  }

  /** The stream that runs already, if any. Throws when none may begin, or when its id is another camera's. */
  #findRunning({ streamId, cameraId, kind }: StreamIdentity): RelayStream | undefined {
    if (this.#isClosed) throw new RelayError('mediaUnavailable', 'The relay is closing.');
    const running = this.#streams.get(streamId);
    if (running === undefined && !this.#options.mayStart()) {
      throw new RelayError('notPermitted', 'The relay has raised an alarm about the audit log and starts no stream.');
    }
    if (running !== undefined && (running.identity.cameraId !== cameraId || running.identity.kind !== kind)) {
      throw new RelayError('conflict', 'The stream belongs to another camera.');
    }
    return running;
  }

  /** SHR3: a grant is no permission for what the owner does not share. */
  #assertShared(streamId: string, cameraId: string): void {
    const { mayBeSeen, sentence } = this.#options.sharing.judge(cameraId);
    if (mayBeSeen) return;
    this.#options.log.warn({ streamId, cameraId, reason: sentence }, 'start refused: the owner does not share it');
    throw new RelayError('notShared', sentence);
  }

  #createGrants(streamId: string, cameraId: string): StreamGrants {
    const { relayId, serverKey } = this.#options;
    return new StreamGrants({ serverKey, relayId, cameraId }, () => {
      void this.#endInTurn(this.#streams.get(streamId), 'grantsEnded');
    });
  }

  async #create(identity: StreamIdentity, grants: StreamGrants): Promise<RelayStream> {
    const { listener, log } = this.#options;
    const stream = await RelayStream.create(identity, {
      worker: this.#worker,
      grants,
      settings: {
        ...this.#options,
        masksOf: (cameraId) => this.#options.sharing.masksOf(cameraId),
        log: log.child(identity),
      },
      onHealth: (health) => {
        const made = this.#streams.get(identity.streamId);
        // What runs for its owner alone is nobody else's business.
        if (made === undefined || made.uplinkId !== '') listener.healthChanged(identity, health);
      },
    });
    this.#streams.set(identity.streamId, stream);
    return stream;
  }

  #endInTurn(stream: RelayStream | undefined, reason: StopReason): Promise<void> {
    if (stream === undefined) return Promise.resolve();
    return this.#inTurn(stream.identity.streamId, async () => {
      if (this.#streams.get(stream.identity.streamId) === stream) await this.#end(stream, reason);
    });
  }

  /** Ends what runs by grants, and the previews that the reason is about. */
  async #end(stream: RelayStream, reason: StopReason): Promise<void> {
    const { listener } = this.#options;
    const { uplinkId, identity } = stream;
    if (reason !== 'grantsEnded') {
      const ended = stream.endPreviews((_id, { isBeyondSharing }) => reason !== 'notShared' || !isBeyondSharing);
      for (const previewId of ended) listener.previewStopped(previewId, reason === 'notShared' ? reason : 'stopped');
    }
    await this.#endViewing(stream);
    if (uplinkId !== '') listener.stopped({ streamId: identity.streamId, uplinkId }, reason);
  }

  async #endViewing(stream: RelayStream): Promise<void> {
    stream.endViewing();
    await this.#closeUnused(stream);
  }

  async #closeUnused(stream: RelayStream): Promise<void> {
    if (!stream.isUsed) await this.#close(stream);
  }

  async #close(stream: RelayStream): Promise<void> {
    const { streamId } = stream.identity;
    this.#streams.delete(streamId);
    await stream.close();
    this.#options.log.info({ streamId }, 'stream stopped');
  }

  async #inTurn<T>(streamId: string, act: () => Promise<T>): Promise<T> {
    const before = this.#turns.get(streamId);
    const { promise: turn, resolve: end } = Promise.withResolvers<void>();
    this.#turns.set(streamId, turn);
    try {
      await before;
      return await act();
    } finally {
      end();
      if (this.#turns.get(streamId) === turn) this.#turns.delete(streamId);
    }
  }
}

import type { SignedGrant } from '@commonsight/types/relay/signed-grant';
import { CodedError } from '../errors.ts';
import { newId } from '../ids.ts';
import type { Logger } from '../logger.ts';
import type { AskRelay } from '../relay-link/RelayLinks.ts';
import type { AskHost } from '../sfu-link/SfuLink.ts';
import { GrantSync } from './GrantSync.ts';
import type { StreamRecord } from './StreamRecord.ts';

/**
 * What this server has made of one stream. `orphaned`: the relay still sends, and its uplink's far end is gone; the
 * next asker gets a new uplink, and without one the relay is told to stop.
 */
type State =
  | { is: 'idle' }
  | { is: 'starting'; uplinkId: string; isLost: boolean; isRevoked: boolean; ready: Promise<string> }
  | { is: 'running'; uplinkId: string }
  | { is: 'grace'; uplinkId: string; timer: NodeJS.Timeout }
  | { is: 'orphaned'; timer: NodeJS.Timeout }
  | { is: 'stopping'; done: Promise<void> };

/** Why what was viewed through an uplink is viewed no more. */
export type UplinkEnd = 'mediaLost' | 'notShared';

/** What a run needs of the rest of the live side. */
export interface StreamRunParts {
  askHost: AskHost;
  askRelay: AskRelay;
  /** The relay that is online for a site, or null. */
  relayOfSite(siteId: string): string | null;
  /** The grants of everybody who views the stream or is about to, signed for a relay. */
  signGrants(streamId: string, relayId: string): SignedGrant[];
  countViewers(streamId: string): number;
  health: {
    starting(streamId: string, at: string): void;
    uplinkGone(streamId: string): void;
    stopped(streamId: string): void;
  };
  /** The stream's uplink is gone: whoever viewed through it views no more. */
  onUplinkLost(streamId: string, reason: UplinkEnd): void;
  graceMs: number;
  logger: Logger;
}

const startTimeoutMs = 5_000;

/** Runs one stream from the relay to the SFU host while somebody views it. */
export class StreamRun {
  readonly record: StreamRecord;
  readonly #parts: StreamRunParts;
  #state: State = { is: 'idle' };
  /** What the relay is known to send, and for whom: its side of the truth, kept apart from what is wanted. */
  #relaySide: { relayId: string; uplinkId: string } | null = null;
  /**
   * Which relay sends to the own uplink, also while its link is down; null while that is not known, because a server
   * before this one opened it.
   */
  #sender: string | null = null;
  /** Uplinks of revoked relays, which are never adopted again when the host could not close them. */
  readonly #revokedUplinks = new Set<string>();
  readonly #grantSync: GrantSync;

  constructor(record: StreamRecord, parts: StreamRunParts) {
    this.record = record;
    this.#parts = parts;
    this.#grantSync = new GrantSync({
      current: () => this.#signCurrentGrants(),
      send: (grants) => this.#replaceGrants(grants),
    });
  }

  /** The uplink through which the stream can be viewed now, or null. */
  get uplinkId(): string | null {
    return this.#state.is === 'running' || this.#state.is === 'grace' ? this.#state.uplinkId : null;
  }

  /** The uplink of any state: also the one that is being opened. */
  get ownUplinkId(): string | null {
    return this.#state.is === 'starting' ? this.#state.uplinkId : this.uplinkId;
  }

  /** Throws `relayOffline` when the stream does not run and nobody could start it. */
  assertCanRun(): void {
    if (this.ownUplinkId === null) this.#requireRelay();
  }

  /** Answers with the uplink, starting the stream when it does not run. */
  async ensure(nearPeerId: string): Promise<string> {
    switch (this.#state.is) {
      case 'running':
        this.syncGrants();
        return this.#state.uplinkId;
      case 'grace':
        clearTimeout(this.#state.timer);
        this.#state = { is: 'running', uplinkId: this.#state.uplinkId };
        this.syncGrants();
        return this.#state.uplinkId;
      case 'starting':
        // STR2: whoever comes while the stream starts waits for that start.
        return this.#state.ready;
      case 'stopping':
        await this.#state.done;
        return this.ensure(nearPeerId);
      case 'orphaned':
        clearTimeout(this.#state.timer);
        break;
      case 'idle':
        break;
    }
    return this.#start(nearPeerId);
  }

  /** Somebody has come or gone. `isRevoked`: the last one's grant has ended, so that nothing may flow any longer. */
  viewersChanged(isRevoked: boolean): void {
    const count = this.#parts.countViewers(this.record.streamId);
    if (count > 0) return this.syncGrants();
    if (this.#state.is === 'starting') {
      this.#state.isRevoked = isRevoked;
    } else if (this.#state.is === 'running') {
      const { uplinkId } = this.#state;
      if (isRevoked) this.#stop();
      else this.#state = { is: 'grace', uplinkId, timer: setTimeout(() => this.#stop(), this.#parts.graceMs) };
    } else if (isRevoked && (this.#state.is === 'grace' || this.#state.is === 'orphaned')) {
      clearTimeout(this.#state.timer);
      this.#stop();
    }
  }

  /** The far end of an uplink is gone. */
  uplinkClosed(uplinkId: string): void {
    if (this.ownUplinkId !== uplinkId) return;
    if (this.#state.is === 'starting') this.#state.isLost = true;
    else this.#loseUplink();
  }

  /**
   * The relay has ended the stream by itself, and sends nothing more through this uplink: the stream's last grant has
   * ended, to its knowledge, its worker has died, or its owner shares the camera no more (`notShared`). The uplink is named as it may have got another one meanwhile.
   */
  stoppedByRelay(uplinkId: string, reason: UplinkEnd = 'mediaLost'): void {
    if (this.#relaySide?.uplinkId === uplinkId) this.#relaySide = null;
    if (this.ownUplinkId !== uplinkId) return;
    this.#closeAtHost(uplinkId);
    if (this.#state.is === 'starting') this.#state.isLost = true;
    else this.#loseUplink(reason);
  }

  /**
   * The host runs this uplink for the stream and nothing here knows of it: a server before this one opened it.
   * `hasRelay`: the site has a relay that is not revoked.
   */
  adoptUplink(uplinkId: string, { hasRelay }: { hasRelay: boolean }): void {
    if (this.#state.is !== 'idle') return this.#closeAtHost(uplinkId);
    const relayId = this.#parts.relayOfSite(this.record.siteId);
    // While the relay is away, its side is unknown: the picture goes on, and the relay's snapshot will tell.
    const isSentTo = relayId === null ? hasRelay : this.#relaySide?.uplinkId === uplinkId;
    if (!isSentTo || this.#revokedUplinks.has(uplinkId)) {
      this.#closeAtHost(uplinkId);
      this.#parts.onUplinkLost(this.record.streamId, 'mediaLost');
      return;
    }
    this.#sender = this.#relaySide?.relayId ?? null;
    this.#state = { is: 'running', uplinkId };
    this.viewersChanged(false);
  }

  /** The host's snapshot does not have the run's uplink. */
  uplinkMissingAtHost(): void {
    const { uplinkId } = this;
    if (uplinkId !== null) this.uplinkClosed(uplinkId);
  }

  /**
   * What the relay that has just connected says it sends for this stream, null for nothing. `isHostKnown`: the host's
   * snapshot has been adopted, so that what nobody wants can be stopped.
   */
  relayConnected(relayId: string, sentUplinkId: string | null, isHostKnown: boolean): void {
    // Another relay of the same site sends it already.
    if (this.#relaySide !== null && this.#relaySide.relayId !== relayId) return;
    this.#relaySide = sentUplinkId === null ? null : { relayId, uplinkId: sentUplinkId };
    const { uplinkId } = this;
    if (uplinkId !== null && uplinkId !== sentUplinkId) {
      // STR5: a relay that starts again sends from elsewhere with other keys; only a new uplink can take it.
      this.#closeAtHost(uplinkId);
      this.#loseUplink();
    }
    if (uplinkId !== null && uplinkId === sentUplinkId) {
      this.#sender = relayId;
      this.#grantSync.forget();
      this.viewersChanged(false);
    } else if (isHostKnown) this.stopUnwanted();
  }

  relayLost(relayId: string): void {
    if (this.#relaySide?.relayId === relayId) this.#relaySide = null;
  }

  /**
   * The relay may send nothing any more, and would not be asked: its uplink ends at the host, whether its link is up or
   * not. An uplink of unknown sender is the relay's when it may be.
   */
  relayRevoked(relayId: string): void {
    if (this.#relaySide?.relayId === relayId) this.#relaySide = null;
    const { ownUplinkId } = this;
    if (ownUplinkId !== null && this.#sender !== null && this.#sender !== relayId) return;
    if (ownUplinkId !== null) this.#revokedUplinks.add(ownUplinkId);
    if (this.#state.is === 'starting') {
      this.#state.isLost = true;
      this.#closeAtHost(this.#state.uplinkId);
    } else if (this.uplinkId !== null) {
      this.#closeAtHost(this.uplinkId);
      this.#loseUplink();
    } else if (this.#state.is === 'orphaned' && this.#relaySide === null) {
      clearTimeout(this.#state.timer);
      this.#state = { is: 'idle' };
      this.#parts.health.stopped(this.record.streamId);
    }
  }

  /** Tells the relay to stop what it sends for an uplink that nobody wants. */
  stopUnwanted(): void {
    const side = this.#relaySide;
    if (side === null || this.ownUplinkId !== null || this.#state.is !== 'idle') return;
    this.#stopAtRelay(side.relayId).catch(() => undefined);
  }

  /** Gives the relay the grants that the stream lives by now, when they have changed. */
  syncGrants(): void {
    this.#grantSync.sync();
  }

  /** Ends timers; the stream itself goes on for the next server to adopt. */
  close(): void {
    if (this.#state.is === 'grace' || this.#state.is === 'orphaned') clearTimeout(this.#state.timer);
    this.#state = { is: 'idle' };
  }

  #start(nearPeerId: string): Promise<string> {
    const uplinkId = newId();
    this.#parts.health.starting(this.record.streamId, new Date().toISOString());
    const ready = this.#open(uplinkId, nearPeerId).then(
      () => this.#started(uplinkId),
      (error: unknown) => this.#startFailed(uplinkId, error),
    );
    // Whoever asked hears of a failure; without this, a start that nobody waits for any more would end the process.
    ready.catch(() => undefined);
    this.#state = { is: 'starting', uplinkId, isLost: false, isRevoked: false, ready };
    return ready;
  }

  async #open(uplinkId: string, nearPeerId: string): Promise<void> {
    const { streamId, cameraId, kind } = this.record;
    const relayId = this.#requireRelay();
    this.#sender = relayId;
    const target = await this.#parts.askHost('uplink:open', { uplinkId, streamId, nearPeerId });
    const grants = this.#parts.signGrants(streamId, relayId);
    if (grants.length === 0) throw new CodedError('grantNeeded');
    this.#grantSync.held(grants);
    const start = { streamId, cameraId, kind, uplink: { uplinkId, ...target }, grants };
    const sending = await this.#parts.askRelay(relayId, 'stream:start', start, { timeoutMs: startTimeoutMs });
    this.#assertNotLost();
    this.#relaySide = { relayId, uplinkId };
    await this.#parts.askHost('uplink:connect', { uplinkId, ...sending });
    this.#assertNotLost();
  }

  #assertNotLost(): void {
    if (this.#state.is === 'starting' && this.#state.isLost) throw new CodedError('mediaUnavailable');
  }

  #started(uplinkId: string): string {
    const isRevoked = this.#state.is === 'starting' && this.#state.isRevoked;
    this.#state = { is: 'running', uplinkId };
    this.#parts.logger.info({ streamId: this.record.streamId, uplinkId }, 'A stream runs.');
    // Also sends the grants of those who came while the stream was being started.
    this.viewersChanged(isRevoked);
    return uplinkId;
  }

  #startFailed(uplinkId: string, error: unknown): never {
    this.#state = { is: 'idle' };
    this.#parts.logger.warn({ err: error, streamId: this.record.streamId }, 'A stream could not be started.');
    this.#closeAtHost(uplinkId);
    const relayId = this.#relaySide?.relayId ?? this.#parts.relayOfSite(this.record.siteId);
    if (relayId !== null) this.#stopAtRelay(relayId).catch(() => undefined);
    this.#parts.health.stopped(this.record.streamId);
    throw error;
  }

  #stop(): void {
    const { uplinkId } = this;
    const relayId = this.#relaySide?.relayId ?? null;
    const atRelay = relayId === null ? Promise.resolve() : this.#stopAtRelay(relayId);
    const atHost = uplinkId === null ? Promise.resolve() : this.#parts.askHost('uplink:close', { uplinkId });
    // What cannot be stopped now is stopped when its end connects again and its snapshot shows it.
    this.#state = { is: 'stopping', done: this.#stopped([atRelay, atHost]) };
  }

  async #stopped(ends: Promise<unknown>[]): Promise<void> {
    await Promise.allSettled(ends);
    this.#state = { is: 'idle' };
    this.#parts.health.stopped(this.record.streamId);
    this.#parts.logger.info({ streamId: this.record.streamId }, 'A stream has stopped.');
  }

  #loseUplink(reason: UplinkEnd = 'mediaLost'): void {
    if (this.#state.is === 'grace') clearTimeout(this.#state.timer);
    this.#state =
      this.#relaySide === null
        ? { is: 'idle' }
        : { is: 'orphaned', timer: setTimeout(() => this.#stop(), this.#parts.graceMs) };
    if (this.#state.is === 'idle') this.#parts.health.stopped(this.record.streamId);
    else this.#parts.health.uplinkGone(this.record.streamId);
    this.#parts.onUplinkLost(this.record.streamId, reason);
  }

  async #stopAtRelay(relayId: string): Promise<void> {
    await this.#parts.askRelay(relayId, 'stream:stop', { streamId: this.record.streamId });
    this.#relaySide = null;
  }

  #closeAtHost(uplinkId: string): void {
    this.#parts.askHost('uplink:close', { uplinkId }).catch(() => undefined);
  }

  #requireRelay(): string {
    const relayId = this.#parts.relayOfSite(this.record.siteId);
    if (relayId === null) throw new CodedError('relayOffline', 'The relay of this site is offline.');
    return relayId;
  }

  #signCurrentGrants(): SignedGrant[] | null {
    if (this.#relaySide === null || this.#state.is !== 'running') return null;
    return this.#parts.signGrants(this.record.streamId, this.#relaySide.relayId);
  }

  async #replaceGrants(grants: SignedGrant[]): Promise<void> {
    const { streamId } = this.record;
    try {
      const relayId = this.#relaySide?.relayId ?? this.#requireRelay();
      await this.#parts.askRelay(relayId, 'stream:replaceGrants', { streamId, grants });
    } catch (error) {
      this.#parts.logger.warn({ err: error, streamId }, 'A relay did not take the grants of a stream.');
      throw error;
    }
  }
}

import type { HostSnapshot } from '@commonsight/types/control/control';
import type { StreamHealth } from '@commonsight/types/health';
import type { StreamKind } from '@commonsight/types/stream-kind';
import type { Logger } from '../logger.ts';
import type { ProvenRelay, RelaySnapshot } from '../relay-link/RelayLinks.ts';
import type { HealthStore } from './HealthStore.ts';
import type { StreamRecord } from './StreamRecord.ts';
import type { StreamRepository } from './StreamRepository.ts';
import { StreamRun, type StreamRunParts, type UplinkEnd } from './StreamRun.ts';

/** All streams: which run, what their relays and the SFU host say of them, and how that fits together. */
export class Streams {
  readonly #repository: Pick<StreamRepository, 'all' | 'ofCameras' | 'ofSite' | 'sitesWithRelay'>;
  readonly #health: HealthStore;
  readonly #parts: StreamRunParts;
  readonly #logger: Logger;
  readonly #runs = new Map<string, StreamRun>();
  #isHostKnown = false;
  #loading: Promise<void> | null = null;

  constructor(options: {
    repository: Pick<StreamRepository, 'all' | 'ofCameras' | 'ofSite' | 'sitesWithRelay'>;
    health: HealthStore;
    parts: Omit<StreamRunParts, 'health'>;
    logger: Logger;
  }) {
    this.#repository = options.repository;
    this.#health = options.health;
    this.#parts = { ...options.parts, health: options.health };
    this.#logger = options.logger;
  }

  /** Reads every stream's record. */
  async load(): Promise<void> {
    this.#health.keep(await this.#repository.all());
  }

  async camerasChanged(cameraIds: readonly string[]): Promise<void> {
    this.#health.keep(await this.#repository.ofCameras(cameraIds));
  }

  /** The agency's stream, or null. */
  async find(agencyId: string, cameraId: string, kind: StreamKind): Promise<StreamRecord | null> {
    const known = this.#health.find(agencyId, cameraId, kind);
    if (known !== null) return known;
    await this.camerasChanged([cameraId]);
    return this.#health.find(agencyId, cameraId, kind);
  }

  /** The health of a stream; one whose record has not been read yet is taken up and told of a moment later. */
  healthOf(streamId: string): StreamHealth {
    if (this.#health.record(streamId) === null) this.#loadSoon();
    return this.#health.health(streamId);
  }

  /** Throws `relayOffline` when the stream neither runs nor could be started. */
  assertCanRun(record: StreamRecord): void {
    this.#run(record).assertCanRun();
  }

  ensure(record: StreamRecord, nearPeerId: string): Promise<string> {
    return this.#run(record).ensure(nearPeerId);
  }

  viewersChanged(streamId: string, change: { isRevoked: boolean }): void {
    this.#runs.get(streamId)?.viewersChanged(change.isRevoked);
  }

  grantsChanged(streamId: string): void {
    this.#runs.get(streamId)?.syncGrants();
  }

  /** A grant for these cameras is over: what flows for its sake alone, in the grace time after a viewing, ends now. */
  grantEnded(cameraIds: readonly string[]): void {
    const ended = new Set(cameraIds);
    for (const run of this.#runs.values()) if (ended.has(run.record.cameraId)) run.viewersChanged(true);
  }

  /** STR7: keeps the uplinks that fit what the records and the relays say, and closes the others. */
  async hostConnected(snapshot: HostSnapshot): Promise<void> {
    await this.load();
    const sites = await this.#repository.sitesWithRelay();
    const present = new Set(snapshot.uplinks.filter((uplink) => uplink.isConnected).map((uplink) => uplink.uplinkId));
    for (const run of this.#runs.values()) {
      if (run.uplinkId !== null && !present.has(run.uplinkId)) run.uplinkMissingAtHost();
    }
    for (const { uplinkId, streamId, isConnected } of snapshot.uplinks) {
      const record = this.#health.record(streamId);
      const run = record === null ? undefined : this.#run(record);
      if (run?.ownUplinkId === uplinkId) continue;
      if (run !== undefined && isConnected) run.adoptUplink(uplinkId, { hasRelay: sites.has(run.record.siteId) });
      else this.#closeUplink(uplinkId);
    }
    this.#isHostKnown = true;
    for (const run of this.#runs.values()) run.stopUnwanted();
  }

  hostLost(): void {
    this.#isHostKnown = false;
    this.#health.forgetFlows();
  }

  async siteArrived(siteId: string): Promise<void> {
    this.#health.keep(await this.#repository.ofSite(siteId));
  }

  relayConnected(relay: ProvenRelay, snapshot: RelaySnapshot, at: string): void {
    const records = this.#health.recordsOfSite(relay.siteId);
    const sent = new Map(snapshot.streams.map((stream) => [stream.streamId, stream]));
    for (const record of records) {
      const stream = sent.get(record.streamId);
      this.#health.reported(record.streamId, stream?.health ?? { state: 'idle' });
      const run = this.#runs.get(record.streamId) ?? (stream === undefined ? undefined : this.#run(record));
      run?.relayConnected(relay.relayId, stream?.uplinkId ?? null, this.#isHostKnown);
      sent.delete(record.streamId);
    }
    // What is left belongs to no camera of the relay's site.
    for (const streamId of sent.keys()) {
      this.#parts.askRelay(relay.relayId, 'stream:stop', { streamId }).catch(() => undefined);
    }
    this.#health.linkChanged(relay.siteId, true, at);
  }

  relayLost(relay: ProvenRelay, at: string): void {
    for (const run of this.#runs.values()) run.relayLost(relay.relayId);
    this.#health.linkChanged(relay.siteId, this.#parts.relayOfSite(relay.siteId) !== null, at);
  }

  /** Nothing of the relay is taken any more: what it sends ends at the host, before its link does. */
  relayRevoked(relay: { relayId: string; siteId: string }): void {
    for (const run of this.#runs.values()) {
      if (run.record.siteId === relay.siteId) run.relayRevoked(relay.relayId);
    }
  }

  /** A relay speaks for the streams of its own site alone; anything else is nobody's. */
  recordOf(relay: ProvenRelay, streamId: string): StreamRecord | null {
    const record = this.#health.record(streamId);
    return record?.siteId === relay.siteId ? record : null;
  }

  healthReported(relay: ProvenRelay, streamId: string, health: StreamHealth): void {
    if (this.recordOf(relay, streamId) !== null) this.#health.reported(streamId, health);
  }

  stoppedByRelay(relay: ProvenRelay, streamId: string, uplinkId: string, reason: UplinkEnd): void {
    if (this.recordOf(relay, streamId) !== null) this.#runs.get(streamId)?.stoppedByRelay(uplinkId, reason);
  }

  uplinkClosed(uplinkId: string, streamId: string): void {
    this.#runs.get(streamId)?.uplinkClosed(uplinkId);
  }

  flowChanged(uplinkId: string, flow: { isFlowing: boolean; since: string }): void {
    for (const run of this.#runs.values()) {
      if (run.ownUplinkId === uplinkId) this.#health.flowChanged(run.record.streamId, flow);
    }
  }

  /** Idempotent. */
  close(): void {
    for (const run of this.#runs.values()) run.close();
    this.#runs.clear();
    this.#health.close();
  }

  #run(record: StreamRecord): StreamRun {
    const known = this.#runs.get(record.streamId);
    if (known !== undefined) return known;
    const run = new StreamRun(record, this.#parts);
    this.#runs.set(record.streamId, run);
    return run;
  }

  #closeUplink(uplinkId: string): void {
    this.#parts.askHost('uplink:close', { uplinkId }).catch(() => undefined);
  }

  #loadSoon(): void {
    if (this.#loading !== null) return;
    this.#loading = this.load()
      .catch((error: unknown) => this.#logger.warn({ err: error }, 'The streams could not be read.'))
      .finally(() => {
        this.#loading = null;
      });
  }
}

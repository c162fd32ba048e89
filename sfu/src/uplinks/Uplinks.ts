import type { HostSnapshot } from '@commonsight/types/control/control';
import type { Id } from '@commonsight/types/ids';
import type { types } from 'mediasoup';
import type { Logger } from 'pino';
import { HostError } from '../errors.ts';
import type { MediaWorker } from '../workers/MediaWorker.ts';
import { Uplink, type UplinkSettings, type UplinkTarget } from './Uplink.ts';

/** All uplinks of this host, by id. */
export class Uplinks {
  readonly #settings: UplinkSettings;
  readonly #log: Logger;
  readonly #uplinks = new Map<Id, Uplink>();
  /** An id is taken from the first moment on; whoever closes it while it opens takes its token away. */
  readonly #opening = new Map<Id, symbol>();

  constructor(settings: UplinkSettings, log: Logger) {
    this.#settings = settings;
    this.#log = log;
  }

  /** Throws `conflict` when the id is taken, or is closed while it opens. */
  async open(id: Id, streamId: Id, place: () => Promise<MediaWorker>): Promise<UplinkTarget> {
    if (this.#uplinks.has(id) || this.#opening.has(id)) throw new HostError('conflict', 'The uplink exists already.');
    const token = Symbol('opening');
    this.#opening.set(id, token);
    try {
      const uplink = await Uplink.open(id, streamId, await place(), this.#settings);
      if (this.#opening.get(id) !== token) {
        uplink.close();
        throw new HostError('conflict', 'The uplink was closed while it opened.');
      }
      if (uplink.isClosed) throw new HostError('mediaUnavailable', 'The worker of the uplink died.');
      this.#uplinks.set(id, uplink);
      this.#log.info({ uplinkId: id, streamId, workerPid: uplink.worker.pid }, 'uplink opened');
      return uplink.target;
    } finally {
      if (this.#opening.get(id) === token) this.#opening.delete(id);
    }
  }

  async connect(id: Id, srtpParameters: types.SrtpParameters, rtpParameters: types.RtpParameters): Promise<void> {
    await this.require(id).connect(srtpParameters, rtpParameters);
    this.#log.info({ uplinkId: id }, 'uplink connected');
  }

  /** Throws `notFound`. */
  require(id: Id): Uplink {
    const uplink = this.#uplinks.get(id);
    if (uplink === undefined) throw new HostError('notFound', 'There is no such uplink.');
    return uplink;
  }

  get connected(): Uplink[] {
    return [...this.#uplinks.values()].filter((uplink) => uplink.isConnected);
  }

  /** An unknown id is no error. */
  close(id: Id): void {
    this.#opening.delete(id);
    const uplink = this.#uplinks.get(id);
    if (uplink === undefined) return;
    this.#uplinks.delete(id);
    uplink.close();
    this.#log.info({ uplinkId: id }, 'uplink closed');
  }

  /** Forgets the uplinks of a worker that died and returns them. */
  takeFrom(worker: MediaWorker): Uplink[] {
    const lost = [...this.#uplinks.values()].filter((uplink) => uplink.worker === worker);
    for (const uplink of lost) this.#uplinks.delete(uplink.id);
    return lost;
  }

  toWire(): HostSnapshot['uplinks'] {
    return [...this.#uplinks.values()].map((uplink) => ({
      uplinkId: uplink.id,
      streamId: uplink.streamId,
      isConnected: uplink.isConnected,
    }));
  }
}

import { openWatchedWorker, type WatchedWorker } from '@commonsight/worker/watched-worker';
import type { types } from 'mediasoup';
import type { Logger } from 'pino';
import { countLoad } from './countLoad.ts';
import { routerCodecs } from './routerCodecs.ts';

export interface MediaWorkerSettings {
  listenAddress: string;
  announcedAddress: string | undefined;
  webRtcPort: number;
}

/** A worker with its one router and the one port, UDP and TCP, that all its browsers share. */
export class MediaWorker {
  readonly webRtcPort: number;
  readonly webRtcServer: types.WebRtcServer;
  readonly router: types.Router;
  readonly #watched: WatchedWorker;
  readonly #countLoad: () => number;

  /** Throws when the port is taken or the worker's binary does not start. */
  static async open(settings: MediaWorkerSettings, log: Logger): Promise<MediaWorker> {
    const watched = await openWatchedWorker({
      settings: { logLevel: 'error' },
      onHang: (workerPid) => log.error({ workerPid }, 'worker hangs and is killed'),
    });
    try {
      const { listenAddress: ip, announcedAddress, webRtcPort: port } = settings;
      const announced = announcedAddress === undefined ? {} : { announcedAddress };
      const webRtcServer = await watched.worker.createWebRtcServer({
        listenInfos: [
          { protocol: 'udp', ip, ...announced, port },
          { protocol: 'tcp', ip, ...announced, port },
        ],
      });
      const router = await watched.worker.createRouter({ mediaCodecs: routerCodecs });
      return new MediaWorker(watched, webRtcServer, router, port);
    } catch (error) {
      await watched.close();
      throw new Error(explainFailure(settings, error), { cause: error });
    }
  }

  private constructor(
    watched: WatchedWorker,
    webRtcServer: types.WebRtcServer,
    router: types.Router,
    webRtcPort: number,
  ) {
    this.#watched = watched;
    this.webRtcServer = webRtcServer;
    this.router = router;
    this.webRtcPort = webRtcPort;
    this.#countLoad = countLoad(router);
  }

  get pid(): number {
    return this.#watched.pid;
  }

  get isClosed(): boolean {
    return this.#watched.worker.closed;
  }

  /** Rises with what the worker has to do; only good for comparing workers. */
  get load(): number {
    return this.#countLoad();
  }

  /** Called once, when everything that stood on the worker is already gone; never after `close()`. */
  onDied(listener: () => void): void {
    if (this.#watched.worker.died) queueMicrotask(listener);
    else this.#watched.worker.once('died', listener);
  }

  async close(): Promise<void> {
    await this.#watched.close();
  }
}

function explainFailure({ listenAddress, webRtcPort }: MediaWorkerSettings, error: unknown): string {
  const isTaken = error instanceof Error && error.message.includes('address already in use');
  return isTaken
    ? `Port ${webRtcPort} of ${listenAddress} is taken. It is needed for UDP and TCP; SFU_WEBRTC_PORT chooses another.`
    : `The mediasoup worker for port ${webRtcPort} cannot be set up.`;
}

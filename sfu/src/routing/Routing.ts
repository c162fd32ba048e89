import type { types } from 'mediasoup';
import { fromMediasoup } from '../errors.ts';
import type { MediaWorker } from '../workers/MediaWorker.ts';

/** A producer where it really is. */
export interface RouteSource {
  producerId: string;
  worker: MediaWorker;
}

/** A producer as it can be consumed on a worker, until released. */
export interface Route {
  producerId: string;
  /** Idempotent. */
  release(): void;
}

interface Pipe {
  opened: Promise<types.PipeToRouterResult>;
  users: number;
}

/**
 * Brings producers to the workers of those who look. On the producer's own worker there is nothing to do; elsewhere one
 * pipe serves all, and is closed with its last user.
 *
 * A pipe that loses packets would cost more than RTX does: cameras do not listen to picture-loss indications, and the
 * picture would stand still until their next key frame. The loopback does lose packets when a socket's buffer is full.
 */
export class Routing {
  /** By producer and target. Two that ask for the same pipe at once must get the same one, so the map holds promises. */
  readonly #pipes = new Map<string, Pipe>();
  readonly #ports: { min: number; max: number };

  constructor(ports: { min: number; max: number }) {
    this.#ports = ports;
  }

  get pipeCount(): number {
    return this.#pipes.size;
  }

  /** Throws `mediaUnavailable` when the producer or one of the workers goes meanwhile. */
  async reach(source: RouteSource, target: MediaWorker): Promise<Route> {
    const { producerId } = source;
    if (source.worker === target) return { producerId, release: () => {} };
    const key = `${producerId}>${target.router.id}`;
    const pipe = this.#pipes.get(key) ?? this.#openPipe(key, source, target);
    pipe.users += 1;
    const release = this.#releaseOnce(key, pipe);
    try {
      await fromMediasoup(pipe.opened);
    } catch (error) {
      release();
      throw error;
    }
    return { producerId, release };
  }

  #openPipe(key: string, source: RouteSource, target: MediaWorker): Pipe {
    const opened = source.worker.router.pipeToRouter({
      producerId: source.producerId,
      router: target.router,
      listenInfo: { protocol: 'udp', ip: '127.0.0.1', portRange: this.#ports },
      enableRtx: true,
      enableSctp: false,
    });
    const pipe: Pipe = { opened, users: 0 };
    this.#pipes.set(key, pipe);
    const forget = () => {
      if (this.#pipes.get(key) === pipe) this.#pipes.delete(key);
    };
    // mediasoup closes both ends when the producer, a pipe transport or a worker goes.
    opened.then(({ pipeConsumer }) => pipeConsumer?.observer.once('close', forget), forget);
    return pipe;
  }

  #releaseOnce(key: string, pipe: Pipe): () => void {
    let isReleased = false;
    return () => {
      if (isReleased) return;
      isReleased = true;
      pipe.users -= 1;
      if (pipe.users > 0) return;
      if (this.#pipes.get(key) === pipe) this.#pipes.delete(key);
      // Closing one end closes the other.
      pipe.opened.then(
        ({ pipeConsumer }) => pipeConsumer?.close(),
        () => {},
      );
    };
  }
}

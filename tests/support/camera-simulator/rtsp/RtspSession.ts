import { randomInt } from 'node:crypto';
import type { PacketSink } from '../rtp/PacketSink.ts';
import type { SimulatedCamera } from '../SimulatedCamera.ts';
import type { SimulatedStream } from '../SimulatedStream.ts';

/** One RTSP session: a stream that was set up, and whether it plays. */
export class RtspSession {
  readonly id = String(randomInt(10_000_000, 99_999_999));
  readonly camera: SimulatedCamera;
  readonly stream: SimulatedStream;
  readonly #sink: PacketSink;
  #isClosed = false;

  constructor(camera: SimulatedCamera, stream: SimulatedStream, sink: PacketSink) {
    this.camera = camera;
    this.stream = stream;
    this.#sink = sink;
    camera.counts.sessions += 1;
  }

  play(): void {
    this.stream.addPull(this.#sink);
    this.camera.counts[this.stream.name] += 1;
  }

  pause(): void {
    this.stream.removePull(this.#sink);
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.stream.removePull(this.#sink);
    this.camera.counts.sessions -= 1;
  }
}

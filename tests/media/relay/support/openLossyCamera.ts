import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export interface LossyCamera {
  readonly port: number;
  /** How many packets of video it has lost. */
  readonly lost: number;
  close(): void;
}

const dollar = 0x24;

/** A hop between a camera and a relay, over RTSP's own connection, that loses one of so many packets of video. */
export async function openLossyCamera(cameraPort: number, loseOneOf: number): Promise<LossyCamera> {
  let seen = 0;
  let lost = 0;
  const sockets = new Set<Socket>();
  const isLost = (channel: number) => {
    if (channel !== 0) return false;
    seen += 1;
    if (seen % loseOneOf !== 0) return false;
    lost += 1;
    return true;
  };
  const server = createServer((near) => {
    const far = connect(cameraPort, '127.0.0.1');
    const filter = new InterleavedFilter(isLost);
    for (const socket of [near, far]) sockets.add(socket.on('error', () => undefined));
    near.pipe(far);
    far.on('data', (chunk: Buffer) => near.write(filter.take(chunk)));
    far.on('close', () => near.destroy());
    near.on('close', () => far.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    get lost() {
      return lost;
    },
    close: () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

/** Goes through answers and interleaved frames (RFC 2326, 10.12). The simulator's answers hold no dollar sign. */
class InterleavedFilter {
  readonly #isLost: (channel: number) => boolean;
  #rest = Buffer.alloc(0);

  constructor(isLost: (channel: number) => boolean) {
    this.#isLost = isLost;
  }

  take(chunk: Buffer): Buffer {
    let bytes = Buffer.concat([this.#rest, chunk]);
    const kept: Buffer[] = [];
    while (bytes.length > 0) {
      const frameAt = bytes.indexOf(dollar);
      if (frameAt !== 0) {
        const end = frameAt === -1 ? bytes.length : frameAt;
        kept.push(bytes.subarray(0, end));
        bytes = bytes.subarray(end);
        continue;
      }
      const frameBytes = bytes.length < 4 ? Infinity : 4 + bytes.readUInt16BE(2);
      if (bytes.length < frameBytes) break;
      if (!this.#isLost(bytes.readUInt8(1))) kept.push(bytes.subarray(0, frameBytes));
      bytes = bytes.subarray(frameBytes);
    }
    this.#rest = bytes;
    return Buffer.concat(kept);
  }
}

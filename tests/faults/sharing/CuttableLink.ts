import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** A way to a server that can be cut as a network is: connections stay, more are taken, and nothing gets through. */
export class CuttableLink {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #isCut = false;
  #isGone = false;

  static async open(port: number): Promise<CuttableLink> {
    const link = new CuttableLink(port);
    link.#server.listen(0, '127.0.0.1');
    await once(link.#server, 'listening');
    return link;
  }

  private constructor(port: number) {
    this.#server = createServer((near) => {
      if (this.#isGone) {
        near.destroy();
        return;
      }
      const far = connect(port, '127.0.0.1');
      this.#join(near, far);
      this.#join(far, near);
    });
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  cut(): void {
    this.#isCut = true;
  }

  /** As when the server's process is killed: nobody says goodbye, and nobody is there any more. */
  kill(): void {
    this.#isGone = true;
    for (const socket of this.#sockets) socket.resetAndDestroy();
  }

  /** What was lost stays lost: connections that lived through the cut are broken, and new ones get through. */
  mend(): void {
    this.#isCut = false;
    this.#isGone = false;
    for (const socket of this.#sockets) socket.destroy();
  }

  close(): void {
    this.mend();
    this.#server.close();
  }

  #join(from: Socket, to: Socket): void {
    this.#sockets.add(from);
    from.on('data', (bytes) => {
      if (!this.#isCut) to.write(bytes);
    });
    from.on('error', () => undefined);
    from.on('close', () => {
      this.#sockets.delete(from);
      if (!this.#isCut) to.destroy();
    });
  }
}

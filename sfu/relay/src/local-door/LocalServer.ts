import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

export interface LocalServerOptions {
  readonly address: string;
  /** 0 takes any free one. */
  readonly port: number;
  readonly answer: (request: IncomingMessage, response: ServerResponse) => void;
}

const requestTimeoutMs = 5_000;
/** When all places are taken the oldest connection gives way to the newest: no stranger may shut others out by waiting. */
const mostConnections = 64;
const mostOfOneAddress = 8;

/** Hears HTTP at one address of the site's network, where anybody may connect, stay silent and send anything. */
export class LocalServer {
  readonly #server: Server;
  /** The oldest first. */
  readonly #sockets = new Set<Socket>();

  /** Resolves when it is heard; rejects when the address cannot be taken. */
  static async open(options: LocalServerOptions): Promise<LocalServer> {
    const local = new LocalServer(options.answer);
    await new Promise<void>((resolve, reject) => {
      local.#server.once('error', reject);
      local.#server.listen(options.port, options.address, resolve);
    });
    return local;
  }

  private constructor(answer: LocalServerOptions['answer']) {
    const timeouts = {
      requestTimeout: requestTimeoutMs,
      headersTimeout: requestTimeoutMs,
      connectionsCheckingInterval: 1_000,
    };
    this.#server = createServer(timeouts, answer);
    this.#server.on('connection', (socket) => this.#connected(socket));
  }

  get port(): number {
    const address = this.#server.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  #connected(socket: Socket): void {
    this.#sockets.add(socket);
    socket.once('close', () => this.#sockets.delete(socket));
    const ofAddress = [...this.#sockets].filter(({ remoteAddress }) => remoteAddress === socket.remoteAddress);
    if (ofAddress.length > mostOfOneAddress) this.#drop(ofAddress[0]);
    else if (this.#sockets.size > mostConnections) this.#drop([...this.#sockets][0]);
  }

  #drop(socket: Socket | undefined): void {
    if (socket === undefined) return;
    this.#sockets.delete(socket);
    socket.destroy();
  }
}

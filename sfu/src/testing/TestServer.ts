import { createServer, type Server as HttpServer } from 'node:http';
import type { Answer } from '@commonsight/types/answer';
import {
  type ControlNotifications,
  type ControlRequests,
  controlNamespace,
  controlNotifications,
  controlRequests,
} from '@commonsight/types/control/control';
import { Server, type Socket } from 'socket.io';
import type { z } from 'zod';
import { waitUntil } from './waitUntil.ts';

export const linkSecret = 'the secret of the tests';

type Told<K extends keyof ControlNotifications> = z.output<ControlNotifications[K]>;

/** The server's side of the control link, real down to the socket. */
export class TestServer {
  readonly #http: HttpServer;
  readonly #io: Server;
  readonly #told: { name: string; payload: unknown }[] = [];
  #socket: Socket | undefined;
  #refusals = 0;

  /** Listens on the given port, or on a free one. Refuses hosts that do not know `secret`. */
  static async open(port = 0, secret = linkSecret): Promise<TestServer> {
    const http = createServer();
    await new Promise<void>((resolve, reject) => {
      http.once('error', reject);
      http.listen(port, '127.0.0.1', resolve);
    });
    return new TestServer(http, secret);
  }

  private constructor(http: HttpServer, secret: string) {
    this.#http = http;
    this.#io = new Server(http, { transports: ['websocket'], serveClient: false });
    const namespace = this.#io.of(controlNamespace);
    namespace.use((socket, next) => {
      const isKnown = socket.handshake.auth['secret'] === secret;
      if (!isKnown) this.#refusals += 1;
      next(isKnown ? undefined : new Error('notPermitted'));
    });
    namespace.on('connection', (socket) => {
      this.#socket = socket;
      socket.onAny((name: string, payload: unknown) => this.#told.push({ name, payload }));
      socket.on('disconnect', () => {
        if (this.#socket === socket) this.#socket = undefined;
      });
    });
  }

  get port(): number {
    const address = this.#http.address();
    if (address === null || typeof address === 'string') throw new Error('The server does not listen.');
    return address.port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** How many hosts were refused. */
  get refusals(): number {
    return this.#refusals;
  }

  async waitForHost(): Promise<Socket> {
    return waitUntil('the host to dial', () => this.#socket);
  }

  /** Asks and checks the answer's value against the contract. */
  async tryAsk<K extends keyof ControlRequests>(
    name: K,
    payload: z.input<ControlRequests[K]['request']>,
  ): Promise<Answer<z.output<ControlRequests[K]['response']>>> {
    const answer = (await this.askAnything(name, payload)) as Answer<z.output<ControlRequests[K]['response']>>;
    if (answer.ok) controlRequests[name].response.parse(answer.value);
    return answer;
  }

  /** Asks and expects success. */
  async ask<K extends keyof ControlRequests>(
    name: K,
    payload: z.input<ControlRequests[K]['request']>,
  ): Promise<z.output<ControlRequests[K]['response']>> {
    const answer = await this.tryAsk(name, payload);
    if (!answer.ok) throw new Error(`${name} is answered with ${answer.error.code}: ${answer.error.message}`);
    return answer.value;
  }

  async askAnything(name: string, payload: unknown): Promise<unknown> {
    const socket = await this.waitForHost();
    return socket.timeout(20_000).emitWithAck(name, payload);
  }

  /** What was told so far under this name, checked against the contract. */
  told<K extends keyof ControlNotifications>(name: K): Told<K>[] {
    const schema: z.ZodType = controlNotifications[name];
    return this.#told.filter((message) => message.name === name).map(({ payload }) => schema.parse(payload) as Told<K>);
  }

  /** The names of everything told so far, in order, without the periodic ones. */
  get toldNames(): string[] {
    return this.#told.map(({ name }) => name).filter((name) => name !== 'consumer:traffic');
  }

  async waitForTold<K extends keyof ControlNotifications>(
    name: K,
    isWanted: (payload: Told<K>) => boolean = () => true,
  ): Promise<Told<K>> {
    return waitUntil(name, () => this.told(name).find(isWanted)) as Promise<Told<K>>;
  }

  async close(): Promise<void> {
    await this.#io.close();
  }
}

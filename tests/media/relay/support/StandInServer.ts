import { createPublicKey, generateKeyPairSync, randomBytes, randomUUID, sign, verify } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerSchema } from '@commonsight/types/answer';
import { enrolRequestSchema, relayHelloSchema, relayHelloText } from '@commonsight/types/relay/enrolment';
import {
  relayNamespace,
  relayNotifications,
  type RelayNotifications,
  type RelayRequests,
  relayRequests,
} from '@commonsight/types/relay/relay-link';
import { grantSignatureContext, type GrantClaims, type SignedGrant } from '@commonsight/types/relay/signed-grant';
import { type Socket, Server as SocketServer } from 'socket.io';
import type { z } from 'zod';
import { waitFor } from './waitFor.ts';

type Told = {
  [K in keyof RelayNotifications]: { name: K; notification: z.output<RelayNotifications[K]>; atMs: number };
}[keyof RelayNotifications];

export const enrolmentCode = 'ABCDE-12345';

/** What the relay knows of a server: two HTTP routes and the relay link. Accepts one enrolment, and asks what it is told. */
export class StandInServer {
  readonly relayId = randomUUID();
  readonly told: Told[] = [];
  readonly refusedHellos: unknown[] = [];
  readonly #signingKeys = generateKeyPairSync('ed25519');
  readonly #nonces = new Set<string>();
  #http!: Server;
  #sockets!: SocketServer;
  #relayKey = '';
  #relay: Socket | undefined;
  connections = 0;
  /** Added to the clock that the relay reads. */
  clockOffsetMs = 0;

  static async open(): Promise<StandInServer> {
    const server = new StandInServer();
    await server.listen(0);
    return server;
  }

  get port(): number {
    return (this.#http.address() as AddressInfo).port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get isConnected(): boolean {
    return this.#relay?.connected === true;
  }

  async listen(port: number): Promise<void> {
    this.#http = createServer((request, response) => void this.#answer(request, response));
    this.#sockets = new SocketServer(this.#http, { serveClient: false });
    const namespace = this.#sockets.of(relayNamespace);
    namespace.use((socket, next) => {
      if (this.#isProven(socket.handshake.auth)) return next();
      this.refusedHellos.push(socket.handshake.auth);
      next(new Error('wrongCredentials'));
    });
    namespace.on('connection', (socket) => this.#adopt(socket));
    this.#http.listen(port, '127.0.0.1');
    await once(this.#http, 'listening');
  }

  /** Breaks the link as a dying server does. */
  async close(): Promise<void> {
    await this.#sockets.close();
  }

  /** The relay's key is not accepted any more. */
  revoke(): void {
    this.#relayKey = '';
    this.#relay?.disconnect(true);
  }

  async untilConnected(): Promise<void> {
    await waitFor('the relay connects', () => this.isConnected);
  }

  /** Asks, and gives the value of the answer or throws its code. */
  async ask<K extends keyof RelayRequests>(
    name: K,
    request: z.input<RelayRequests[K]['request']>,
  ): Promise<z.output<RelayRequests[K]['response']>> {
    const parsed = answerSchema(relayRequests[name].response).parse(await this.askRaw(name, request));
    if (!parsed.ok) throw new Error(parsed.error.code);
    return parsed.value as z.output<RelayRequests[K]['response']>;
  }

  async askRaw(name: string, ...values: unknown[]): Promise<unknown> {
    if (this.#relay === undefined) throw new Error('The relay is not connected.');
    return this.#relay.timeout(50_000).emitWithAck(name, ...values) as Promise<unknown>;
  }

  tellRaw(name: string, ...values: unknown[]): void {
    this.#relay?.emit(name, ...values);
  }

  signGrant(cameraId: string, changed: Partial<GrantClaims> = {}): SignedGrant {
    const nowMs = Date.now();
    const claims: GrantClaims = {
      grantId: randomUUID(),
      relayId: this.relayId,
      cameraId,
      purpose: 'training',
      startsAt: new Date(nowMs - 1_000).toISOString(),
      endsAt: new Date(nowMs + 3_600_000).toISOString(),
      policyHash: '0'.repeat(64),
      ...changed,
    };
    const text = JSON.stringify(claims);
    const signature = sign(null, Buffer.from(grantSignatureContext + text), this.#signingKeys.privateKey);
    return { claims: Buffer.from(text).toString('base64url'), signature: signature.toString('base64url') };
  }

  get #publicKey(): string {
    return this.#signingKeys.publicKey.export({ type: 'spki', format: 'der' }).toString('base64url');
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let text = '';
    for await (const chunk of request.setEncoding('utf8')) text += String(chunk);
    const send = (status: number, body: unknown) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    if (request.url === '/api/relays/challenge') {
      const nonce = randomBytes(24).toString('base64url');
      this.#nonces.add(nonce);
      send(200, { nonce });
      return;
    }
    if (request.url !== '/api/relays/enrol') {
      send(404, { error: { code: 'notFound', message: 'There is nothing.' } });
      return;
    }
    const enrolment = enrolRequestSchema.parse(JSON.parse(text));
    if (enrolment.code !== enrolmentCode || this.#relayKey !== '') {
      send(410, { error: { code: 'codeNotAccepted', message: 'No.' } });
      return;
    }
    this.#relayKey = enrolment.publicKey;
    send(200, { relayId: this.relayId, siteId: randomUUID(), siteName: 'Test site', serverPublicKey: this.#publicKey });
  }

  #isProven(auth: unknown): boolean {
    const hello = relayHelloSchema.safeParse(auth);
    if (!hello.success || this.#relayKey === '') return false;
    const isFresh = this.#nonces.delete(hello.data.nonce);
    const text = relayHelloText({ ...hello.data, serverPublicKey: this.#publicKey });
    const key = createPublicKey({ key: Buffer.from(this.#relayKey, 'base64url'), format: 'der', type: 'spki' });
    return isFresh && verify(null, Buffer.from(text), key, Buffer.from(hello.data.signature, 'base64url'));
  }

  #adopt(socket: Socket): void {
    this.#relay = socket;
    this.connections += 1;
    socket.onAny((name: string, payload: unknown, acknowledge: unknown) => {
      if (name === 'clock:read' && typeof acknowledge === 'function') {
        acknowledge({ ok: true, value: { serverTimeMs: Date.now() + this.clockOffsetMs } });
        return;
      }
      if ((name === 'sharing:tell' || name === 'alert:tell') && typeof acknowledge === 'function') {
        acknowledge({ ok: true, value: {} });
        return;
      }
      if (typeof acknowledge === 'function') {
        // It keeps no log that could be witnessed.
        acknowledge({ ok: false, error: { code: 'notFound', message: 'Not found.' } });
        return;
      }
      const schema = relayNotifications[name as keyof RelayNotifications];
      const notification = schema.parse(payload);
      this.told.push({ name, notification, atMs: performance.now() } as Told);
    });
  }
}

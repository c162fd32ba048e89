import { generateKeyPairSync, verify } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { relayHelloSchema, relayHelloText } from '@commonsight/types/relay/enrolment';
import { relayNamespace } from '@commonsight/types/relay/relay-link';
import { pino } from 'pino';
import { Server as SocketServer, type Socket } from 'socket.io';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { RelayLink } from './RelayLink.ts';

const relayId = '019b8d3c-0000-7000-8000-000000000001';
const serverPublicKey = 'the key that was pinned at enrolment, in base64url';
const keys = generateKeyPairSync('ed25519');
const patience = { timeout: 15_000, interval: 10 };

/** The server's end: challenges, and a namespace that lets in whom the test lets in. */
class Far {
  readonly hellos: unknown[] = [];
  readonly sockets: Socket[] = [];
  isOpen = true;
  challenges = 0;
  #http!: Server;
  #server!: SocketServer;

  get port(): number {
    return (this.#http.address() as AddressInfo).port;
  }

  async listen(port: number): Promise<void> {
    this.#http = createServer((request, response) => {
      if (request.url !== '/api/relays/challenge') throw new Error(`Nobody should ask for ${request.url}.`);
      this.challenges += 1;
      response.end(JSON.stringify({ nonce: `nonce-number-${String(this.challenges).padStart(10, '0')}` }));
    });
    this.#server = new SocketServer(this.#http, { serveClient: false });
    this.#server
      .of(relayNamespace)
      .use((socket, next) => {
        this.hellos.push(socket.handshake.auth);
        next(this.isOpen ? undefined : new Error('wrongCredentials'));
      })
      .on('connection', (socket) => this.sockets.push(socket));
    this.#http.listen(port, '127.0.0.1');
    await once(this.#http, 'listening');
  }

  get newest(): Socket {
    const socket = this.sockets.at(-1);
    if (socket === undefined) throw new Error('Nobody is connected.');
    return socket;
  }

  close(): Promise<void> {
    return this.#server.close();
  }
}

let far: Far;
let link: RelayLink;
let connections: number;
beforeEach(async () => {
  far = new Far();
  await far.listen(0);
  connections = 0;
  link = new RelayLink({
    log: pino({ level: 'silent' }),
    proof: { serverUrl: `http://127.0.0.1:${far.port}`, relayId, deviceKey: keys.privateKey, serverPublicKey },
    answerRequest: async (name, payload) => ({ ok: true, value: { name, payload } }),
    onConnected: () => (connections += 1),
  });
});
afterEach(async () => {
  await link.close();
  await far.close();
});

const untilConnected = (count: number) => expect.poll(() => connections, patience).toBe(count);

describe('RelayLink', () => {
  test('ENR3 proves its key with a fresh nonce at every connection', async () => {
    link.start();
    await untilConnected(1);
    far.newest.conn.close();
    await untilConnected(2);
    const hellos = far.hellos.map((hello) => relayHelloSchema.parse(hello));
    for (const hello of hellos) {
      const text = relayHelloText({ ...hello, serverPublicKey });
      expect(verify(null, Buffer.from(text), keys.publicKey, Buffer.from(hello.signature, 'base64url'))).toBe(true);
    }
    expect(new Set(hellos.map(({ nonce }) => nonce)).size).toBe(2);
  });

  test('dials until the server is there, and again when it went', async () => {
    const { port } = far;
    await far.close();
    link.start();
    await expect(link.ask('clock:read', {})).rejects.toThrow('down');
    await far.listen(port);
    await untilConnected(1);
    await far.close();
    await expect.poll(() => link.isConnected, patience).toBe(false);
    await far.listen(port);
    await untilConnected(2);
  });

  test('dials on when it is refused', async () => {
    far.isOpen = false;
    link.start();
    await expect.poll(() => far.hellos.length, patience).toBe(2);
    far.isOpen = true;
    await untilConnected(1);
  });

  test('answers requests, and drops and counts what asks for no answer', async () => {
    link.start();
    await untilConnected(1);
    const ask = (name: string, ...values: unknown[]) => far.newest.timeout(5_000).emitWithAck(name, ...values);
    expect(await ask('stream:stop', { a: 1 })).toEqual({ ok: true, value: { name: 'stream:stop', payload: { a: 1 } } });
    expect(await ask('stream:stop')).toEqual({ ok: true, value: { name: 'stream:stop' } });
    far.newest.emit('stream:stop', { a: 1 });
    far.newest.emit('whatever');
    await expect.poll(() => link.droppedMessages, patience).toBe(2);
  });

  test('reads the clock, and says when there is none', async () => {
    link.start();
    await untilConnected(1);
    const answers = [
      { ok: true, value: { serverTimeMs: 5 } },
      { ok: false, error: { code: 'internal', message: '' } },
      'nonsense',
    ];
    far.newest.on('clock:read', (_, acknowledge: (answer: unknown) => void) => acknowledge(answers.shift()));
    expect(await link.ask('clock:read', {})).toEqual({ serverTimeMs: 5 });
    await expect(link.ask('clock:read', {})).rejects.toThrow('internal');
    await expect(link.ask('clock:read', {})).rejects.toThrow('Invalid input');
  });

  test('tells while there is a link', async () => {
    const stopped = {
      streamId: relayId,
      uplinkId: relayId,
      reason: 'stopped' as const,
      at: '2026-01-05T10:00:00.000Z',
    };
    link.tell('stream:stopped', stopped);
    link.start();
    await untilConnected(1);
    const told: unknown[] = [];
    far.newest.onAny((name, payload) => told.push([name, payload]));
    link.tell('stream:stopped', stopped);
    await expect.poll(() => told, patience).toEqual([['stream:stopped', stopped]]);
  });

  test('closes while it dials, and twice', async () => {
    await far.close();
    link.start();
    await link.close();
    await link.close();
    await far.listen(0);
    expect(link.isConnected).toBe(false);
  });
});

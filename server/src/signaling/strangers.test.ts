import { createServer, type Server as HttpServer } from 'node:http';
import { type AddressInfo, connect as dial } from 'node:net';
import { controlNamespace } from '@commonsight/types/control/control';
import { relayNamespace } from '@commonsight/types/relay/relay-link';
import { io as connect } from 'socket.io-client';
import type { Server } from 'socket.io';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createSocketServer } from './createSocketServer.ts';
import { refuseSocket } from './refuseSocket.ts';

describe('somebody of whom nothing is known', () => {
  const guard = vi.fn<() => void>();
  let http: HttpServer;
  let io: Server;
  let url: string;

  beforeEach(async () => {
    guard.mockClear();
    http = createServer();
    io = createSocketServer(http, {
      origins: [],
      isProxy: () => false,
      connectionLimit: { burst: 5, perSecond: 0.001 },
    });
    for (const name of ['/', controlNamespace, relayNamespace]) {
      io.of(name).use((socket, next) => {
        guard();
        if (socket.handshake.auth['word'] === 'open') next();
        else refuseSocket(socket, next, 'wrongCredentials');
      });
    }
    await new Promise<void>((resolve) => void http.listen(0, '127.0.0.1', resolve));
    url = `127.0.0.1:${(http.address() as AddressInfo).port}`;
  });
  afterEach(async () => {
    await io.close();
  });

  /** Sends frames as they are, and answers with what came back until the connection ended. */
  const send = (...frames: string[]) =>
    new Promise<string[]>((resolve) => {
      const socket = new WebSocket(`ws://${url}/socket.io/?EIO=4&transport=websocket`);
      const heard: string[] = [];
      socket.addEventListener('open', () => {
        for (const frame of frames) socket.send(frame);
      });
      socket.addEventListener('message', ({ data: frame }) => heard.push(String(frame)));
      socket.addEventListener('close', () => resolve(heard));
    });

  it('ENR4 is refused once and then disconnected, on every namespace', async () => {
    for (const name of [controlNamespace, relayNamespace]) {
      expect((await send(`40${name},{}`)).at(-1)).toBe(`44${name},{"message":"wrongCredentials"}`);
    }
    expect(guard).toHaveBeenCalledTimes(2);
    const socket = connect(`http://${url}${relayNamespace}`, { transports: ['websocket'], reconnection: false });
    const why = await new Promise<Error>((resolve) => void socket.once('connect_error', resolve));
    expect(why.message).toBe('wrongCredentials');
    socket.disconnect();
  });

  it('is asked for one proof, however often it knocks', async () => {
    await send(...Array<string>(1_000).fill(`40${relayNamespace},{}`));
    expect(guard.mock.calls.length).toBeLessThanOrEqual(1);
  });

  it('may send little until it has joined, and then more', async () => {
    await send(`40${relayNamespace},${JSON.stringify({ word: 'open', filler: 'x'.repeat(20_000) })}`);
    expect(guard).not.toHaveBeenCalled();
    const socket = connect(`http://${url}${relayNamespace}`, { transports: ['websocket'], auth: { word: 'open' } });
    const arrived = new Promise<number>((resolve) => {
      io.of(relayNamespace).on(
        'connection',
        (joined) => void joined.on('large', (text: string) => resolve(text.length)),
      );
    });
    socket.emit('large', 'x'.repeat(200_000));
    expect(await arrived).toBe(200_000);
    socket.disconnect();
  });

  it('F17 may not fill the memory with half of a message', async () => {
    const { port } = http.address() as AddressInfo;
    const socket = dial(port, '127.0.0.1');
    const ended = new Promise((resolve) => void socket.once('close', resolve));
    socket.on('error', () => undefined);
    const heard: Buffer[] = [];
    socket.on('data', (bytes: Buffer) => heard.push(bytes));
    const head = [
      'GET /socket.io/?EIO=4&transport=websocket HTTP/1.1',
      'Host: localhost',
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    ];
    socket.write(`${head.join('\r\n')}\r\n\r\n`);
    await new Promise((resolve) => void socket.once('data', resolve));
    // The head of a masked text frame of 900,000 bytes, and some of them.
    socket.write(Buffer.from([0x81, 0xff, 0, 0, 0, 0, 0, 0x0d, 0xbb, 0xa0, 0, 0, 0, 0]));
    socket.write(Buffer.alloc(100_000, 'x'));
    await ended;
    expect(guard).not.toHaveBeenCalled();
    // Without the farewell that it gets, ten seconds later, whoever says nothing at all.
    expect(Buffer.concat(heard).includes(0x88)).toBe(false);
  });

  it('is disconnected when it leaves its namespace', async () => {
    const left = new Promise<string>((resolve) => {
      io.on('connection', (socket) => void socket.once('disconnect', resolve));
    });
    const socket = new WebSocket(`ws://${url}/socket.io/?EIO=4&transport=websocket`);
    const closed = new Promise((resolve) => {
      socket.addEventListener('close', resolve);
    });
    socket.addEventListener('open', () => socket.send('40{"word":"open"}'));
    socket.addEventListener('message', ({ data: frame }) => {
      if (String(frame).startsWith('40')) socket.send('41');
    });
    expect(await left).toBe('client namespace disconnect');
    await closed;
  });

  it('may connect so often from one address', async () => {
    const tries = Array.from({ length: 8 }, () => send(`40${relayNamespace},{}`));
    const answers = await Promise.all(tries);
    expect(answers.filter((heard) => heard.length > 0)).toHaveLength(5);
  });
});

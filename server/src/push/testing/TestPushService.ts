import { createDecipheriv, createECDH, createPublicKey, type ECDH, hkdfSync, randomBytes, verify } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type PushMessage, pushMessageSchema, type PushTarget } from '@commonsight/types/push';

/** What a push service was sent and its browser could read. */
export interface ReceivedPush {
  endpoint: string;
  message: PushMessage;
  ttlSeconds: number;
  urgency: string | undefined;
  topic: string | undefined;
  /** The key that signed for the sender, base64url. */
  vapidKey: string;
  subject: string;
}

interface Browser {
  pair: ECDH;
  auth: Buffer;
}

/**
 * A push service (RFC 8030) on loopback with its browsers: it checks who sends (RFC 8292), and decrypts with the keys of the
 * subscription (RFC 8291), none of it by the library that the server encrypts with.
 */
export class TestPushService {
  readonly received: ReceivedPush[] = [];
  /** What was asked, whatever the answer. */
  readonly asked: string[] = [];
  /** What is answered in place of 201, once each, the first first. */
  readonly answers: { status: number; headers?: Record<string, string> }[] = [];
  readonly #browsers = new Map<string, Browser>();
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
  }

  static async start(): Promise<TestPushService> {
    const server = createServer();
    const service = new TestPushService(server);
    server.on('request', (request, response) => void service.#handle(request, response));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return service;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** As a browser that was allowed to. */
  subscribe(): PushTarget {
    const pair = createECDH('prime256v1');
    const p256dh = pair.generateKeys('base64url');
    const auth = randomBytes(16);
    const path = `/send/${randomBytes(8).toString('hex')}`;
    this.#browsers.set(path, { pair, auth });
    return { endpoint: this.origin + path, p256dh, auth: auth.toString('base64url') };
  }

  async close(): Promise<void> {
    this.#server.close();
    this.#server.closeAllConnections();
    await once(this.#server, 'close');
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? '';
    this.asked.push(`${request.method} ${path}`);
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { status, headers } = this.answers.shift() ?? { status: 201 };
    const browser = this.#browsers.get(path);
    try {
      if (browser === undefined) {
        response.writeHead(404).end();
        return;
      }
      const read = this.#read(request, browser, Buffer.concat(chunks));
      if (status === 201) this.received.push({ endpoint: this.origin + path, ...read });
      response.writeHead(status, headers).end();
    } catch (error) {
      response.writeHead(400).end(String(error));
    }
  }

  #read({ headers }: IncomingMessage, browser: Browser, body: Buffer): Omit<ReceivedPush, 'endpoint'> {
    if (headers['content-encoding'] !== 'aes128gcm') throw new Error('The content is not encrypted as RFC 8291 says.');
    const text = decrypt(browser, body);
    return {
      message: pushMessageSchema.parse(JSON.parse(text)),
      ttlSeconds: Number(headers['ttl']),
      urgency: oneOf(headers['urgency']),
      topic: oneOf(headers['topic']),
      ...this.#readVapid(headers.authorization ?? ''),
    };
  }

  #readVapid(authorization: string): { vapidKey: string; subject: string } {
    const [, token = '', key = ''] = /^vapid t=([^,]+), k=(\S+)$/.exec(authorization) ?? [];
    const [head = '', claims = '', signature = ''] = token.split('.');
    const point = Buffer.from(key, 'base64url');
    const publicKey = createPublicKey({
      key: {
        kty: 'EC',
        crv: 'P-256',
        x: point.subarray(1, 33).toString('base64url'),
        y: point.subarray(33).toString('base64url'),
      },
      format: 'jwk',
    });
    const isSigned = verify(
      'sha256',
      Buffer.from(`${head}.${claims}`),
      { key: publicKey, dsaEncoding: 'ieee-p1363' },
      Buffer.from(signature, 'base64url'),
    );
    const { aud, exp, sub } = JSON.parse(Buffer.from(claims, 'base64url').toString()) as Record<string, unknown>;
    const isNow = typeof exp === 'number' && exp * 1_000 > Date.now();
    if (!isSigned || aud !== this.origin || !isNow) throw new Error('The sender has not shown who it is.');
    return { vapidKey: key, subject: String(sub) };
  }
}

function decrypt({ pair, auth }: Browser, body: Buffer): string {
  const salt = body.subarray(0, 16);
  const keyLength = body.readUInt8(20);
  const sender = body.subarray(21, 21 + keyLength);
  const sealed = body.subarray(21 + keyLength);
  const context = Buffer.concat([Buffer.from('WebPush: info\0'), pair.getPublicKey(), sender]);
  const input = Buffer.from(hkdfSync('sha256', pair.computeSecret(sender), auth, context, 32));
  const derive = (use: string, length: number) =>
    Buffer.from(hkdfSync('sha256', input, salt, `Content-Encoding: ${use}\0`, length));
  const decipher = createDecipheriv('aes-128-gcm', derive('aes128gcm', 16), derive('nonce', 12));
  decipher.setAuthTag(sealed.subarray(-16));
  const plain = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]);
  // What follows the mark of the last record is padding.
  return plain.subarray(0, plain.lastIndexOf(2)).toString();
}

function oneOf(header: string | string[] | undefined): string | undefined {
  return typeof header === 'string' ? header : header?.[0];
}

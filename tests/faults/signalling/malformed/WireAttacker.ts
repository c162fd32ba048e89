import { gzipSync } from 'node:zlib';
import type { Random } from '../Random.ts';
import { anyLocalAddress, type Attacker, type Target } from './Attacker.ts';
import { frame, opcode, RawWebSocket, upgradeRequest } from './RawWebSocket.ts';

const answerTimeoutMs = 15_000;
const closeTimeoutMs = 1_000;
/** Of those that say half of something and then nothing. */
const mostSilent = 40;

const bomb = gzipSync(Buffer.alloc(2_000_000, 'x'));

/** Bytes that are no websocket, no engine.io and no HTTP, and halves of them that never get their other half. */
export class WireAttacker implements Attacker {
  readonly #target: Target;
  readonly #silent: RawWebSocket[] = [];

  constructor(target: Target) {
    this.#target = target;
  }

  async attack(random: Random): Promise<string> {
    const raw = await RawWebSocket.open(this.#target, anyLocalAddress(random));
    if (random.happens(0.4)) return this.#watch(raw, random, strangeRequest(random, this.#target));
    raw.write(upgradeRequest(this.#target, random.pick([...this.#target.cookies, '']), undefined, offers(random)));
    if ((await raw.until('"sid"', answerTimeoutMs)) !== 'heard') {
      raw.close();
      return 'refused at the door';
    }
    return this.#watch(raw, random, strangeBytes(random));
  }

  close(): void {
    for (const raw of this.#silent) raw.close();
  }

  async #watch(raw: RawWebSocket, random: Random, bytes: Buffer | string): Promise<string> {
    raw.heard = '';
    raw.write(bytes);
    if (random.happens(0.2)) {
      this.#silent.push(raw);
      if (this.#silent.length > mostSilent) this.#silent.shift()?.close();
      return 'left open, silent';
    }
    const outcome = await raw.until('HTTP/1.1', closeTimeoutMs);
    const status = /^HTTP\/1\.1 (\d{3})/.exec(raw.heard)?.[1];
    raw.close();
    if (status !== undefined) return `HTTP ${status}`;
    return outcome === 'closed' ? 'disconnected' : 'ignored';
  }
}

/** A compression that this server does not speak, and whose bombs must not be taken. */
function offers(random: Random): string {
  return random.happens(0.5) ? 'Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n' : '';
}

function strangeBytes(random: Random): Buffer {
  return random.pick<() => Buffer>([
    () => frame('40', { isMasked: false }),
    () => frame(bomb, { reserved: 4 }),
    () => frame('40', { reserved: random.int(1, 7) }),
    () => frame('40', { code: random.pick([3, 4, 7, 11, 15]) }),
    () => frame('40', { length: 2 ** 40 }),
    () => frame('4', { length: 900_000 }),
    () => frame('x'.repeat(1_200_000)),
    () => frame('x'.repeat(200), { code: opcode.ping }),
    () => frame(random.bytes(1), { code: opcode.close }),
    () => frame(Buffer.from([0, 5]), { code: opcode.close }),
    () => frame('a', { code: opcode.continuation }),
    () => frame('4', { isLast: false }),
    () => Buffer.concat([frame('40', { isLast: false }), frame('2["clock:read"]')]),
    () => Buffer.concat(Array.from({ length: 2_000 }, () => frame('', { isLast: false }))),
    () => Buffer.concat(Array.from({ length: 500 }, () => frame('x', { code: opcode.ping }))),
    () => frame('40').subarray(0, random.int(1, 5)),
    () => random.bytes(random.int(1, 2_000)),
  ])();
}

function strangeRequest(random: Random, target: Target): Buffer | string {
  const cookie = random.pick(target.cookies);
  return random.pick<() => Buffer | string>([
    () => random.bytes(random.int(1, 2_000)),
    () => 'GET / HTTP/1.1\r\nHost: x',
    () => `GET ${'/a'.repeat(20_000)} HTTP/1.1\r\n\r\n`,
    () => `GET / HTTP/1.1\r\nHost: x\r\n${'X-Filler: y\r\n'.repeat(3_000)}\r\n`,
    () => 'GET //../..%2f HTTP/1.1\r\nHost: x\r\n\r\n',
    () => 'BREW /api/walls HTTP/9.9\r\n\r\n',
    () => `POST /api/incidents HTTP/1.1\r\nHost: x\r\nCookie: ${cookie}\r\nContent-Length: 99999999\r\n\r\n{`,
    () => 'POST /api/incidents HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    () => 'POST /api/incidents HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nffffffffff\r\n{',
    () => `GET /api/walls HTTP/1.1\r\nHost: x\r\nCookie: ${'a=b; '.repeat(2_000)}\r\n\r\n`,
    () => `GET /api/walls HTTP/1.1\r\nHost: x\r\nCookie: commonsight.session_token=%E0%A4%A\r\n\r\n`,
    () =>
      upgradeRequest(target, cookie, random.pick(['EIO=3&transport=websocket', 'EIO=4&transport=polling', 'EIO=4'])),
    () => upgradeRequest(target, cookie, `EIO=4&transport=websocket&sid=${random.uuid()}`),
    () => upgradeRequest(target, cookie).replace(/Sec-WebSocket-Key: .*\r\n/, ''),
    () => upgradeRequest(target, cookie).replace(/Origin: .*\r\n/, 'Origin: https://elsewhere.example\r\n'),
    () => upgradeRequest(target, cookie).replace('/socket.io/', random.pick(['/', '/socket.io', '/api/walls'])),
  ])();
}

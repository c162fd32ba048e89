import type { Random } from '../Random.ts';
import { anyLocalAddress, type Attacker, type Target } from './Attacker.ts';
import { hostileValue } from './hostileValues.ts';
import { frame, opcode, RawWebSocket, upgradeRequest } from './RawWebSocket.ts';

const answerTimeoutMs = 15_000;
/** Of socket.io itself; its client refuses to send them. */
const reservedNames = [
  'connect',
  'connect_error',
  'disconnect',
  'disconnecting',
  'newListener',
  'removeListener',
  'error',
];

/** Packets of engine.io and socket.io that their own client cannot make, behind a good handshake. */
export class FrameAttacker implements Attacker {
  readonly #target: Target;

  constructor(target: Target) {
    this.#target = target;
  }

  async attack(random: Random): Promise<string> {
    const cookie = random.happens(0.8) ? random.pick(this.#target.cookies) : '';
    const raw = await RawWebSocket.open(this.#target, anyLocalAddress(random));
    try {
      raw.write(upgradeRequest(this.#target, cookie));
      if ((await raw.until('"sid"', answerTimeoutMs)) !== 'heard') return 'refused at the door';
      if (random.happens(0.8)) {
        raw.write(frame('40'));
        await raw.until('40{', answerTimeoutMs);
      }
      for (let count = random.int(1, 4); count > 0; count -= 1) raw.write(strangeFrame(random));
      // Who is still there after that is served; who is not has been disconnected.
      raw.write(frame('4277["clock:read",{}]'));
      const outcome = await raw.until('4377[', answerTimeoutMs);
      return { heard: 'stayed connected', closed: 'disconnected', neither: 'left waiting' }[outcome];
    } finally {
      raw.close();
    }
  }

  close(): void {}
}

function strangeFrame(random: Random): Buffer {
  const json = JSON.stringify(hostileValue(random)) ?? '';
  return random.pick<() => Buffer>([
    () => frame(`42${json}`),
    () => frame(`42["clock:read",${json.slice(0, random.int(0, json.length))}`),
    () => frame(`42["wall:join",{"wallId":NaN,"screen":Infinity}]`),
    () => frame(`421["wall:join",{"__proto__":{"wallId":"x"},"constructor":{"prototype":{}}}]`),
    () => frame(`42${random.int(0, 2 ** 53)}["clock:read",{}]`),
    () => frame(`4${random.int(3, 9)}${json}`),
    () => frame(`${random.int(0, 9)}${json}`),
    () => frame(`45${random.int(0, 99_999_999)}-["clock:read",{"_placeholder":true,"num":0}]`),
    () => frame(`451-["clock:read",{"_placeholder":true,"num":${random.pick(['-1', '1e9', '"x"'])}}]`),
    () => frame(`40${random.pick(['/nope', '/sfu', '/relay', '/__proto__', `/${'n'.repeat(3_000)}`])},${json}`),
    () => frame(`42${random.pick(['/sfu', '/relay', '/nope'])},["host:snapshot",{}]`),
    () => frame(`42["${random.pick(reservedNames)}",${json}]`),
    () => frame('41'),
    () => frame('1'),
    () => frame('2probe'),
    () => frame('\u001e'.repeat(random.int(1, 500))),
    () => frame(random.bytes(random.int(0, 300)), { code: opcode.binary }),
    () => frame(`b${random.bytes(30).toString('base64')}`),
    () => frame(`42[${'['.repeat(random.int(1, 40_000))}`),
    () => frame(`42["clock:read",${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}]`),
    () => frame(Buffer.from([0x34, 0x32, 0xff, 0xfe, 0xc0, 0x80])),
  ])();
}

import { answerSchema } from '@commonsight/types/answer';
import { type SignalingRequest, signalingRequests } from '@commonsight/types/signaling/requests';
import { z } from 'zod';
import { SignalingProbe } from '../../../support/SignalingProbe.ts';
import type { Random } from '../Random.ts';
import type { Attacker, Target } from './Attacker.ts';
import { hostileValue, nearlyRight } from './hostileValues.ts';

const strangeNames = [
  '',
  ' ',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'wall:',
  ':',
  'a'.repeat(5_000),
];
const hugeBytes = 10_000_000;
const anyAnswer = answerSchema(z.unknown());

/** Messages of a signed-in browser: names, payloads and acknowledgements that no client would send. */
export class RequestAttacker implements Attacker {
  readonly #target: Target;
  readonly #probes = new Map<string, SignalingProbe>();

  constructor(target: Target) {
    this.#target = target;
  }

  async attack(random: Random): Promise<string> {
    const probe = await this.#probe(random.pick(this.#target.cookies));
    if (probe === null) return 'not connected';
    const contracts = Object.entries<SignalingRequest>(signalingRequests);
    const [known, { request }] = random.pick(contracts);
    const name = random.happens(0.15) ? random.pick([...strangeNames, '\ud800', 'no:such']) : known;
    const payloads = payloadsOf(random, request);
    if (random.happens(0.1)) {
      probe.socket.emit(name, ...payloads);
      return 'sent without a way to answer';
    }
    const answer: unknown = await probe.socket
      .timeout(15_000)
      .emitWithAck(name, ...payloads)
      .catch((error: Error) => error);
    if (answer instanceof Error) return probe.socket.connected ? 'not answered' : 'disconnected';
    const parsed = anyAnswer.parse(answer);
    return parsed.ok ? 'served' : parsed.error.code;
  }

  close(): void {
    for (const probe of this.#probes.values()) probe.close();
  }

  async #probe(cookie: string): Promise<SignalingProbe | null> {
    const known = this.#probes.get(cookie);
    if (known?.socket.connected === true) return known;
    known?.close();
    const probe = await SignalingProbe.connect(this.#target.url, cookie).catch(() => null);
    if (probe !== null) this.#probes.set(cookie, probe);
    return probe;
  }
}

function payloadsOf(random: Random, request: z.ZodType): unknown[] {
  if (random.happens(0.002)) return [{ wallId: 'x'.repeat(hugeBytes) }];
  if (random.happens(0.05)) return [{ wallId: random.bytes(50) }];
  const count = random.happens(0.8) ? 1 : random.int(0, 4);
  return Array.from({ length: count }, () =>
    random.happens(0.6) ? nearlyRight(random, request) : hostileValue(random),
  );
}

import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { z } from 'zod';
import type { WebhookFloor } from './WebhookFloor.ts';

/** A trigger's clock may be wrong by so much. */
const skewMs = 60_000;
/** Signed requests whose nonce is remembered for as long as the relay runs, so that a clock that is set back replays none. */
const mostNonces = 4_096;

const bodySchema = z.strictObject({ act: z.enum(['start', 'test', 'end']) });
const headersSchema = z.object({
  'x-commonsight-timestamp': z.string().regex(/^\d{1,12}$/),
  'x-commonsight-nonce': z.string().regex(/^[\w-]{16,100}$/),
  'x-commonsight-signature': z.string().regex(/^[0-9a-f]{64}$/),
});

export type TriggerAct = z.infer<typeof bodySchema>['act'];

/** What a request comes to. `nonce` is null for one that nobody with the key has signed. */
type Judged =
  | { readonly is: 'good'; readonly act: TriggerAct; readonly nonce: string; readonly seconds: number }
  /** `reason` is for the relay's log alone. */
  | { readonly is: 'refused'; readonly nonce: string | null; readonly reason: string };

/** Judges what local triggers send: by their HMAC, and each request once. */
export class TriggerRequests {
  readonly #key: string;
  readonly #floor: Pick<WebhookFloor, 'atStart'>;
  readonly #nowMs: () => number;
  /** With the second that each was signed for; the oldest first. */
  readonly #nonces = new Map<string, number>();
  /** Up to which second nonces were forgotten. */
  #forgottenUpTo = -1;

  constructor(options: { key: string; floor: Pick<WebhookFloor, 'atStart'>; nowMs: () => number }) {
    this.#key = options.key;
    this.#floor = options.floor;
    this.#nowMs = options.nowMs;
  }

  judge(given: IncomingHttpHeaders, body: string): Judged {
    const headers = headersSchema.safeParse(given);
    if (!headers.success) return refused(null, 'it is not signed');
    const { 'x-commonsight-timestamp': timestamp, 'x-commonsight-nonce': nonce } = headers.data;
    const right = this.#hmac(webhookText({ timestamp, nonce, body }));
    if (!timingSafeEqual(right, Buffer.from(headers.data['x-commonsight-signature'], 'hex'))) {
      return refused(null, 'it is signed with another key');
    }
    const seconds = Number(timestamp);
    if (Math.abs(seconds * 1_000 - this.#nowMs()) > skewMs) {
      return refused(nonce, 'its clock and the relay’s are more than a minute apart');
    }
    if (seconds <= this.#floor.atStart) {
      return refused(
        nonce,
        'its time is not after the last trigger before the relay’s start; if clocks were wrong then, make a new key',
      );
    }
    if (this.#nonces.has(nonce) || seconds <= this.#forgottenUpTo) return refused(nonce, 'it was sent before');
    this.#remember(nonce, seconds);
    const act = actOf(body);
    return act === null ? refused(nonce, 'it asks for no act') : { is: 'good', act, nonce, seconds };
  }

  /** By which a trigger that can check knows that the relay itself has answered. */
  sign(nonce: string, status: number): string {
    return this.#hmac(webhookAnswerText({ nonce, status })).toString('hex');
  }

  #remember(nonce: string, seconds: number): void {
    this.#nonces.set(nonce, seconds);
    const [oldest] = this.#nonces;
    if (this.#nonces.size <= mostNonces || oldest === undefined) return;
    this.#nonces.delete(oldest[0]);
    this.#forgottenUpTo = Math.max(this.#forgottenUpTo, oldest[1]);
  }

  #hmac(text: string): Buffer {
    return createHmac('sha256', this.#key).update(text).digest();
  }
}

/** What a trigger signs. */
export function webhookText(parts: { timestamp: string; nonce: string; body: string }): string {
  return ['commonsight-alert-webhook-v1', parts.timestamp, parts.nonce, parts.body].join('\n');
}

/** What the relay signs of its answer. */
export function webhookAnswerText({ nonce, status }: { nonce: string; status: number }): string {
  return ['commonsight-alert-webhook-answer-v1', nonce, status].join('\n');
}

function refused(nonce: string | null, reason: string): Judged {
  return { is: 'refused', nonce, reason };
}

function actOf(body: string): TriggerAct | null {
  try {
    return bodySchema.parse(JSON.parse(body)).act;
  } catch {
    return null;
  }
}

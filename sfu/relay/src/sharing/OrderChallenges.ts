import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** An order is signed in the moment in which its challenge arrives. */
const lifeMs = 15_000;
const numberBytes = 6;
/** The number of the challenge, and when it was made in whole milliseconds. */
const contentBytes = 2 * numberBytes;
const macBytes = 20;

/**
 * What orders about an alert or a preview have to carry. Nothing is kept of those that are given out, so that nobody who only asks can take an owner's
 * away. They are numbered, and one that is taken makes all earlier ones void: a server cannot hold an order back and
 * deliver it after the next one.
 */
export class OrderChallenges {
  /** Of this start alone: a restart makes every challenge void. */
  readonly #key = randomBytes(32);
  #made = 0;
  #voidUpTo = 0;

  make(nowMs: number): string {
    this.#made += 1;
    const content = Buffer.alloc(contentBytes);
    content.writeUIntBE(this.#made, 0, numberBytes);
    content.writeUIntBE(Math.floor(nowMs), numberBytes, numberBytes);
    return Buffer.concat([content, this.#macOf(content)]).toString('base64url');
  }

  /** Whether it was given out, is in time and is not void; it and all earlier ones are void now. */
  take(challenge: string, nowMs: number): boolean {
    const bytes = Buffer.from(challenge, 'base64url');
    if (bytes.length !== contentBytes + macBytes) return false;
    const content = bytes.subarray(0, contentBytes);
    if (!timingSafeEqual(this.#macOf(content), bytes.subarray(contentBytes))) return false;
    const number = content.readUIntBE(0, numberBytes);
    if (number <= this.#voidUpTo) return false;
    this.#voidUpTo = number;
    return nowMs - content.readUIntBE(numberBytes, numberBytes) < lifeMs;
  }

  /** As `take`. Throws a sentence for one that is not good. */
  spend(challenge: string, nowMs: number): void {
    if (this.take(challenge, nowMs)) return;
    throw new Error('The order came too late, was used before, or another one came in between. Try again.');
  }

  #macOf(content: Buffer): Buffer {
    return createHmac('sha256', this.#key).update(content).digest().subarray(0, macBytes);
  }
}

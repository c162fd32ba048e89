import { CodedError } from '../errors.ts';

/** An owner who presses, cancels, tests and presses again stays below this; a relay that makes up alerts does not. */
const most = 6;
const withinMs = 30_000;

/** How many new alerts one relay may tell of: each sounds on every wall of its agency. An honest one tells again a second later. */
export class NewAlertLimit {
  readonly #nowMs: () => number;
  /** By relay, when it told of its newest alerts. */
  readonly #times = new Map<string, number[]>();

  constructor(nowMs: () => number = () => performance.now()) {
    this.#nowMs = nowMs;
  }

  /** Counts one. Throws `tooManyRequests` for one too many, which does not count. */
  assertMayBegin(relayId: string): void {
    const nowMs = this.#nowMs();
    const recent = (this.#times.get(relayId) ?? []).filter((atMs) => nowMs - atMs < withinMs);
    if (recent.length >= most) {
      throw new CodedError(
        'tooManyRequests',
        'The relay tells of too many alerts. It may tell of this one in a moment.',
      );
    }
    this.#times.set(relayId, [...recent, nowMs]);
  }
}

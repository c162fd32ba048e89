import type { SignedGrant } from '@commonsight/types/relay/signed-grant';

/**
 * Keeps the grants that a relay holds for one stream equal to those that its viewers have: sends them when they have
 * changed, one sending at a time.
 */
export class GrantSync {
  readonly #send: (grants: SignedGrant[]) => Promise<void>;
  /** The grants to be sent now, or null while nobody could take them. */
  readonly #current: () => SignedGrant[] | null;
  #heldKey = '';
  #isDue = false;
  #isSending = false;

  constructor(options: { current: () => SignedGrant[] | null; send: (grants: SignedGrant[]) => Promise<void> }) {
    this.#current = options.current;
    this.#send = options.send;
  }

  /** The relay holds exactly these now, because they came with the start of the stream. */
  held(grants: readonly SignedGrant[]): void {
    this.#heldKey = keyOf(grants);
    this.#isDue = false;
  }

  /** What the relay holds is not known any more. */
  forget(): void {
    this.#heldKey = '';
  }

  /** Something may have changed. */
  sync(): void {
    this.#isDue = true;
    if (!this.#isSending) void this.#sendWhileDue();
  }

  async #sendWhileDue(): Promise<void> {
    this.#isSending = true;
    while (this.#isDue) {
      this.#isDue = false;
      const grants = this.#current();
      const key = grants === null ? this.#heldKey : keyOf(grants);
      if (grants === null || key === this.#heldKey) continue;
      try {
        await this.#send(grants);
        this.#heldKey = key;
      } catch {
        // The relay's next snapshot, or the next change, brings them again; until then it lives by those it has.
        this.forget();
      }
    }
    this.#isSending = false;
  }
}

function keyOf(grants: readonly SignedGrant[]): string {
  return grants
    .map((grant) => grant.claims)
    .sort()
    .join('\n');
}

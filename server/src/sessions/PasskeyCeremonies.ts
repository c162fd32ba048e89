import { AsyncLocalStorage } from 'node:async_hooks';
import { CodedError } from '../errors.ts';

/** What a browser's answer has proved, before better-auth does anything about it. */
export interface ProvedPasskey {
  credentialId: string;
  /** The device has asked for a finger, a face or its PIN: without that a passkey is one factor and not two. */
  isUserVerified: boolean;
}

/**
 * Lets this server decide between better-auth's check of a passkey and its consequence, within one request. A ceremony
 * that nobody decides about is refused.
 */
export class PasskeyCeremonies {
  readonly #current = new AsyncLocalStorage<(proved: ProvedPasskey) => Promise<void>>();

  /** Runs better-auth's part; `decide` throws when nothing shall come of it. */
  run<T>(decide: (proved: ProvedPasskey) => Promise<void>, ask: () => Promise<T>): Promise<T> {
    return this.#current.run(decide, ask);
  }

  /** Called by the passkey plugin. */
  async proved(proved: ProvedPasskey): Promise<void> {
    const decide = this.#current.getStore();
    if (decide === undefined || !proved.isUserVerified) throw new CodedError('wrongCredentials');
    await decide(proved);
  }
}

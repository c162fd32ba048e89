import type { ViewingTraffic } from '@commonsight/types/viewing';
import type { Logger } from '../logger.ts';
import type { AskHost } from '../sfu-link/SfuLink.ts';

/** The client hears of an end within a second, also when the host does not answer. */
const consumersTimeoutMs = 700;
const peerTimeoutMs = 2_000;

/** As many ids as the control link takes at once. */
export const viewingsPerRequest = 200;

/**
 * Closes consumers and peers at the SFU host. What the host did not confirm is closed again as soon as it can be asked:
 * a host that is just being adopted has shown its snapshot already, so that nobody else would find what is left over.
 */
export class HostClosings {
  readonly #askHost: AskHost;
  readonly #logger: Logger;
  readonly #viewingIds = new Set<string>();
  readonly #peerIds = new Set<string>();

  constructor(parts: { askHost: AskHost; logger: Logger }) {
    this.#askHost = parts.askHost;
    this.#logger = parts.logger;
  }

  /** Answers what flowed, as far as the host said it. Never rejects. */
  async closeConsumers(viewingIds: readonly string[]): Promise<ViewingTraffic[]> {
    const answers = await Promise.all(
      chunk(viewingIds, viewingsPerRequest).map(async (chunkIds) => {
        for (const viewingId of chunkIds) this.#viewingIds.add(viewingId);
        try {
          const answer = await this.#askHost(
            'consumer:close',
            { viewingIds: chunkIds },
            { timeoutMs: consumersTimeoutMs },
          );
          for (const viewingId of chunkIds) this.#viewingIds.delete(viewingId);
          return answer.traffic;
        } catch (error) {
          this.#logger.warn(
            { err: error, viewings: chunkIds.length },
            'The SFU host did not close consumers. Retrying.',
          );
          return [];
        }
      }),
    );
    return answers.flat();
  }

  /** Answers what flowed, as far as the host said it. Never rejects. */
  async closePeer(peerId: string): Promise<ViewingTraffic[]> {
    this.#peerIds.add(peerId);
    try {
      const { traffic } = await this.#askHost('peer:close', { peerId }, { timeoutMs: peerTimeoutMs });
      this.#peerIds.delete(peerId);
      return traffic;
    } catch (error) {
      this.#logger.warn({ err: error, peerId }, 'The SFU host did not close a peer. Retrying.');
      return [];
    }
  }

  /** Closes what the host has not confirmed yet. An unknown id is no error there. */
  async closeLeft(): Promise<void> {
    await Promise.all([
      ...(this.#viewingIds.size > 0 ? [this.closeConsumers([...this.#viewingIds])] : []),
      ...[...this.#peerIds].map((peerId) => this.closePeer(peerId)),
    ]);
  }
}

export function chunk<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}

import { CodedError } from '../errors.ts';
import type { LiveViewing } from './LiveViewing.ts';
import type { ViewingRegistry } from './ViewingRegistry.ts';

/** Eight screens of sixteen tiles. */
const maximumOfSession = 128;

/** What tells one viewing of a peer from another: a tile shows a stream for an incident. */
interface Wish {
  sessionId: string;
  peerId: string;
  cameraId: string;
  stream: LiveViewing['stream'];
  incidentId: string;
}

/**
 * Keeps one user from taking everything: a session views so many streams, and a peer views a stream for an incident
 * once. Wishes count from the moment they are heard, because a viewing is in the registry only when its line is written.
 */
export class ViewingBudget {
  readonly #registry: Pick<ViewingRegistry, 'where'>;
  readonly #wishes = new Set<Wish>();

  constructor(registry: Pick<ViewingRegistry, 'where'>) {
    this.#registry = registry;
  }

  /** Takes a place, or throws `conflict` or `tooManyRequests`. Answers what gives it back. */
  take(wish: Wish): () => void {
    const own = [...this.#wishes, ...this.#registry.where((viewing) => viewing.state !== 'ending').map(toWish)].filter(
      (other) => other.sessionId === wish.sessionId,
    );
    if (own.some((other) => isSame(other, wish))) {
      throw new CodedError('conflict', 'This connection views the stream for this incident already.');
    }
    if (own.length >= maximumOfSession) {
      throw new CodedError('tooManyRequests', `One sign-in shows ${maximumOfSession} pictures at most.`);
    }
    this.#wishes.add(wish);
    return () => void this.#wishes.delete(wish);
  }
}

function toWish({ sessionId, peerId, cameraId, stream, incident }: LiveViewing): Wish {
  return { sessionId, peerId, cameraId, stream, incidentId: incident.id };
}

function isSame(one: Wish, other: Wish): boolean {
  return (
    one.peerId === other.peerId &&
    one.cameraId === other.cameraId &&
    one.stream === other.stream &&
    one.incidentId === other.incidentId
  );
}

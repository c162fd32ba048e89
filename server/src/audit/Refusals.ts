import type { AuditType } from '@commonsight/types/audit-event';
import { addressBlock } from '../addressBlock.ts';
import { CodedError, codeOf } from '../errors.ts';
import { TokenBuckets } from '../signaling/TokenBuckets.ts';
import type { Act } from './Act.ts';
import type { Audit } from './Audit.ts';

/** Of one caller: a minute's worth at once, and one a second after that. */
const callerLimit = { burst: 60, perSecond: 1 };
/** Of all callers together who have shown no secret that opens anything: whoever has an IPv6 network has callers without end. */
const strangerLimit = { burst: 600, perSecond: 2 };
const allStrangers = '';
/** Of how many callers a summary has the addresses. */
const mostNamed = 20;

/** What was refused and not written down one by one. */
interface Counted {
  since: Date;
  byType: Map<AuditType, number>;
  addresses: Set<string>;
}

/**
 * Refusals of callers who need no account. Anybody can bring those about as often as they like, lines stay for ever, and
 * nothing may be done once a log is full: so they are written down as long as they are few. What is more is answered with
 * `tooManyRequests`, counted, and written down as one line a minute (LOG11). Refusals of users and relays all have their line.
 */
export class Refusals {
  readonly #audit: Pick<Audit, 'record'>;
  readonly #callers: TokenBuckets;
  readonly #strangers: TokenBuckets;
  #counted: Counted | null = null;

  constructor({ audit, nowMs = Date.now }: { audit: Pick<Audit, 'record'>; nowMs?: () => number }) {
    this.#audit = audit;
    this.#callers = new TokenBuckets(callerLimit, nowMs);
    this.#strangers = new TokenBuckets(strangerLimit, nowMs);
  }

  /** Writes a refusal down and throws it; of too many it throws `tooManyRequests`. */
  async refuse(act: Omit<Act, 'outcome'>, error: CodedError): Promise<never> {
    throw (await this.note(act, error)) ? error : new CodedError('tooManyRequests');
  }

  /** Writes a refusal down, for what says nothing of it to the caller; false when it was counted only. */
  async note(act: Omit<Act, 'outcome'>, error: unknown): Promise<boolean> {
    if (!this.#mayWrite(act)) {
      this.#count(act);
      return false;
    }
    await this.#audit.record({ ...act, outcome: 'refused', details: { ...act.details, code: codeOf(error) } });
    return true;
  }

  /**
   * Does the work of an act, or writes why it came to nothing. What has no answer in time is written down as that and not as
   * refused: it may have come to something.
   */
  async orRefuse<T>(act: Omit<Act, 'outcome'>, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      const code = codeOf(error);
      if (code === 'timedOut') {
        await this.#audit.record({ ...act, outcome: 'done', details: { ...act.details, code } });
        throw error;
      }
      if (error instanceof CodedError) return this.refuse(act, error);
      await this.note(act, error);
      throw error;
    }
  }

  /** Writes down as one line what was counted since the last time. */
  async writeCounted(): Promise<void> {
    const counted = this.#counted;
    if (counted === null) return;
    this.#counted = null;
    const { since, byType, addresses } = counted;
    const sourceAddresses = [...addresses];
    const sourceAddress = sourceAddresses.length === 1 ? (sourceAddresses[0] ?? null) : null;
    const count = [...byType.values()].reduce((sum, more) => sum + more, 0);
    await this.#audit.record({
      type: 'refusals.counted',
      outcome: 'refused',
      actor: { kind: 'anonymous', sourceAddress },
      details: { count, since: since.toISOString(), byType: Object.fromEntries(byType), sourceAddresses },
    });
  }

  #mayWrite({ actor, agencyId = null }: Omit<Act, 'outcome'>): boolean {
    if (actor.kind !== 'anonymous') return true;
    if (!this.#callers.take(addressBlock(actor.sourceAddress ?? ''))) return false;
    return agencyId !== null || this.#strangers.take(allStrangers);
  }

  #count({ type, actor }: Omit<Act, 'outcome'>): void {
    this.#counted ??= { since: new Date(), byType: new Map(), addresses: new Set() };
    const { byType, addresses } = this.#counted;
    byType.set(type, (byType.get(type) ?? 0) + 1);
    const address = actor.kind === 'anonymous' ? actor.sourceAddress : null;
    if (address !== null && addresses.size < mostNamed) addresses.add(address);
  }
}

import {
  mostPushSubscriptions,
  type PushAct,
  pushOrderSchema,
  pushSignatureContext,
  type PushSubscription,
  type SignedPushOrder,
} from '@commonsight/types/push';
import type { Actor } from '../access/Actor.ts';
import type { Audit } from '../audit/Audit.ts';
import type { Db } from '../db/Database.ts';
import { CodedError } from '../errors.ts';
import { newId } from '../ids.ts';
import type { OpenLinks } from '../ledger/OpenLinks.ts';
import type { OwnerDoor } from '../sharing/OwnerDoor.ts';
import { readSigned } from '../sharing/readSigned.ts';
import { assertEndpoint, type EndpointRules } from './pushEndpoint.ts';
import type { PushKeys } from './PushKeys.ts';
import {
  countSubscriptions,
  findSubscription,
  listStale,
  listSubscriptions,
  removeSubscription,
  replaceSubscription,
  type SubscriptionRow,
} from './pushRepository.ts';

export interface PushSubscriptionsParts {
  db: Db;
  audit: Pick<Audit, 'recordAll' | 'recordOnce'>;
  links: OpenLinks;
  door: OwnerDoor;
  keys: PushKeys;
  rules: EndpointRules;
  /** Puts a message for one browser on its way, beside its line; `wake` when that is committed. */
  putTrial: (tx: Db, subscription: SubscriptionRow, now: Date) => Promise<void>;
  wake: () => void;
}

const orderForm = { context: pushSignatureContext, schema: pushOrderSchema, what: 'order about push messages' };

/** Why a subscription ended without its owner's word. */
export type PushEnd = 'deviceEnded' | 'gone' | 'givenUp';

/** An owner, as a link and a signature have shown. */
interface SignedBy {
  actor: Actor;
  agencyId: string;
  siteId: string;
  linkId: string;
  relayId: string;
  ownerKey: string;
}

/**
 * Which of an owner's browsers get push messages. One is begun and ended by the signature of a key that the relay keeps, and
 * ends by itself with its link, its relay, or its key at the relay.
 */
export class PushSubscriptions {
  readonly #parts: PushSubscriptionsParts;

  constructor(parts: PushSubscriptionsParts) {
    this.#parts = parts;
  }

  async read(actor: Actor, secret: string | null): Promise<{ publicKey: string; subscriptions: PushSubscription[] }> {
    const { links, keys } = this.#parts;
    const { link } = await links.open(actor, secret, 'ledger.read');
    await links.noteRead(actor, link, new Date());
    const listed = await this.#list(link.agencyId, link.siteId);
    // Which devices an owner has, and when each was reached, is said to an owner's signature alone.
    const subscriptions = listed.map((one) => ({ ...one, name: null, takenAt: null }));
    return { publicKey: keys.vapid.publicKey, subscriptions };
  }

  async order(
    actor: Actor,
    secret: string | null,
    { relayId, signed }: { relayId: string; signed: SignedPushOrder },
  ): Promise<{ subscriptionId: string | null; subscriptions: PushSubscription[] }> {
    const { door } = this.#parts;
    const { agencyId, siteId, linkId, signers, act } = await door.openRelay(actor, secret, relayId, 'push.ordered');
    return door.orRefuse(act, async () => {
      const envelope = { content: signed.order, signature: signed.signature };
      const { content, ownerKey } = readSigned(envelope, orderForm, signers);
      const by = { actor, agencyId, siteId, linkId, relayId, ownerKey };
      const subscriptionId = await this.#act(by, content.ask);
      return { subscriptionId, subscriptions: await this.#list(agencyId, siteId) };
    });
  }

  /** Ends those of browsers that are not the owner's any more; of one site, or of all. */
  async endStale(siteId?: string): Promise<void> {
    for (const row of await listStale(this.#parts.db, siteId)) await this.end(row, 'deviceEnded');
  }

  /** Once, with its line. */
  async end({ id, agencyId, siteId }: SubscriptionRow, reason: PushEnd): Promise<void> {
    const line = {
      type: 'push.ended' as const,
      outcome: 'done' as const,
      actor: { kind: 'system' as const, agencyId },
      target: { kind: 'site' as const, id: siteId },
      details: { subscriptionId: id, reason },
    };
    await this.#parts.audit.recordOnce(line, (tx) => removeSubscription(tx, id));
  }

  async #act(by: SignedBy, ask: PushAct): Promise<string | null> {
    switch (ask.act) {
      case 'begin':
        return this.#begin(by, ask);
      case 'try':
        return this.#try(by, ask.subscriptionId);
      case 'end':
        return this.#endOrdered(by, ask.subscriptionId);
      case 'list':
        await this.#parts.audit.recordAll([lineOf(by, 'list', null)]);
        return null;
      default:
        return ask satisfies never;
    }
  }

  async #begin(by: SignedBy, { target, name, isDiscreet }: Extract<PushAct, { act: 'begin' }>): Promise<string> {
    const { audit, keys, rules } = this.#parts;
    assertEndpoint(target.endpoint, rules);
    const { agencyId, siteId, relayId, linkId, ownerKey } = by;
    const id = newId();
    await audit.recordAll([lineOf(by, 'begin', id)], {
      with: async (tx) => {
        await replaceSubscription(tx, {
          id,
          agencyId,
          siteId,
          relayId,
          linkId,
          ownerKey,
          sealed: keys.seal(id, { target, name }),
          endpointHash: keys.hashOf(target),
          isDiscreet,
          createdAt: new Date(),
        });
        if ((await countSubscriptions(tx, agencyId, siteId)) > mostPushSubscriptions) {
          throw new CodedError(
            'conflict',
            `Messages go to ${mostPushSubscriptions} browsers of this site already. End those of one first.`,
          );
        }
      },
    });
    return id;
  }

  async #try(by: SignedBy, id: string): Promise<string> {
    const { audit, putTrial, wake } = this.#parts;
    const row = await this.#find(by, id);
    await audit.recordAll([lineOf(by, 'try', id)], { with: (tx) => putTrial(tx, row, new Date()) });
    wake();
    return id;
  }

  /** Ending one that has ended is no error: nothing comes any more, which is what was asked for. */
  async #endOrdered(by: SignedBy, id: string): Promise<null> {
    const { db, audit } = this.#parts;
    const isThere = (await findSubscription(db, by, id)) !== null;
    await audit.recordAll([lineOf(by, 'end', id)], {
      // By its id alone: one that is not the site's is left where it is.
      with: async (tx) => void (isThere && (await removeSubscription(tx, id))),
    });
    return null;
  }

  async #find(of: { agencyId: string; siteId: string }, id: string): Promise<SubscriptionRow> {
    const row = await findSubscription(this.#parts.db, of, id);
    if (row === null) throw new CodedError('notFound', 'This browser gets no messages any more. Allow them again.');
    return row;
  }

  async #list(agencyId: string, siteId: string): Promise<PushSubscription[]> {
    const { db, keys } = this.#parts;
    const rows = await listSubscriptions(db, agencyId, siteId);
    return rows.map(({ id, sealed, isDiscreet, createdAt, takenAt }) => ({
      id,
      name: keys.open(id, sealed).name,
      isDiscreet,
      createdAt: createdAt.toISOString(),
      takenAt: takenAt?.toISOString() ?? null,
    }));
  }
}

function lineOf({ actor, agencyId, siteId, linkId }: SignedBy, act: PushAct['act'], subscriptionId: string | null) {
  return {
    type: 'push.ordered' as const,
    outcome: 'done' as const,
    actor,
    agencyId,
    target: { kind: 'site' as const, id: siteId },
    details: subscriptionId === null ? { linkId, act } : { linkId, act, subscriptionId },
  };
}

import { createPublicKey, verify } from 'node:crypto';
import { type RelayHello, relayHelloText } from '@commonsight/types/relay/enrolment';
import type { Relay } from '@commonsight/types/site';
import type { Access } from '../access/Access.ts';
import type { Actor, RelayActor } from '../access/Actor.ts';
import type { Act, Audit } from '../audit/Audit.ts';
import type { Db } from '../db/Database.ts';
import { CodedError } from '../errors.ts';
import type { GrantSigner } from '../grants/GrantSigner.ts';
import type { Notices } from '../notices.ts';
import { type RelayRow, toWireRelay } from '../sites/siteRepository.ts';
import type { Challenges } from './Challenges.ts';
import { StaleHellos } from './StaleHellos.ts';
import {
  findRelay,
  findRelayToProve,
  listRelaysOfSite,
  revokeRelay,
  setAllRelaysOffline,
  setRelayOnline,
} from './relayRepository.ts';

/** The devices at the sites: who they are, whether their link is up, and their end. */
export class Relays {
  readonly #db: Db;
  readonly #access: Access;
  readonly #audit: Audit;
  readonly #notices: Notices;
  readonly #signer: GrantSigner;
  readonly #challenges: Challenges;
  readonly #stale = new StaleHellos();

  constructor(parts: {
    db: Db;
    access: Access;
    audit: Audit;
    notices: Notices;
    signer: GrantSigner;
    challenges: Challenges;
  }) {
    this.#db = parts.db;
    this.#access = parts.access;
    this.#audit = parts.audit;
    this.#notices = parts.notices;
    this.#signer = parts.signer;
    this.#challenges = parts.challenges;
  }

  /** A nonce that proves the relay's key when it comes back signed. */
  challenge(relayId: string): Promise<string> {
    return this.#challenges.make(relayId);
  }

  /**
   * Checks what a relay says when it opens the link: the nonce is fresh and its own, the signature fits the pinned key,
   * the relay is not revoked. Throws `wrongCredentials`, which does not say what was wrong, after writing it down (ENR4).
   * Without a fresh nonce, which is given out a few times a minute, the hello is counted for `writeStaleHellos`.
   */
  async verifyHello(hello: RelayHello, sourceAddress: string | null): Promise<{ relay: RelayRow; actor: RelayActor }> {
    if (!(await this.#challenges.use(hello.nonce, hello.relayId))) {
      this.#stale.count(hello.relayId, sourceAddress);
      throw new CodedError('wrongCredentials', 'The relay was not accepted.');
    }
    const relay = await findRelayToProve(this.#db, hello.relayId);
    const reason = this.#findFault(hello, relay);
    if (relay === null || reason !== null) {
      await this.#audit.record({
        type: 'relay.refused',
        outcome: 'refused',
        actor: { kind: 'anonymous', sourceAddress },
        agencyId: relay?.agencyId ?? null,
        target: relay === null ? null : { kind: 'relay', id: relay.id },
        details: { reason },
      });
      throw new CodedError('wrongCredentials', 'The relay was not accepted.');
    }
    return { relay, actor: { kind: 'relay', relayId: relay.id, agencyId: relay.agencyId, sourceAddress } };
  }

  /** Writes down the hellos without a fresh nonce: one line for each relay that they named, and one for the rest. */
  async writeStaleHellos(): Promise<void> {
    const report = this.#stale.take();
    if (report === null) return;
    const { since, sourceAddresses } = report;
    let unknown = report.others;
    const toAct = (count: number, relay: RelayRow | null): Act => ({
      type: 'relay.refused',
      outcome: 'refused',
      actor: { kind: 'anonymous', sourceAddress: sourceAddresses.length === 1 ? (sourceAddresses[0] ?? null) : null },
      agencyId: relay?.agencyId ?? null,
      target: relay === null ? null : { kind: 'relay', id: relay.id },
      details: { reason: 'usedNonce', count, since, sourceAddresses },
    });
    const acts: Act[] = [];
    for (const [relayId, count] of report.byRelay) {
      const relay = await findRelayToProve(this.#db, relayId);
      if (relay === null) unknown += count;
      else acts.push(toAct(count, relay));
    }
    if (unknown > 0) acts.push(toAct(unknown, null));
    await this.#audit.recordAll(acts);
  }

  /**
   * Writes down that a relay's link is up or down, and keeps it in the relay's record. Null when a relay that comes up
   * has been revoked since it proved its key.
   */
  async setOnline(actor: RelayActor, isOnline: boolean): Promise<Relay | null> {
    await this.#audit.record({
      type: isOnline ? 'relay.connected' : 'relay.disconnected',
      outcome: 'done',
      actor,
      target: { kind: 'relay', id: actor.relayId },
    });
    const relay = { agencyId: actor.agencyId, id: actor.relayId };
    const row = await setRelayOnline(this.#db, relay, { isOnline, at: new Date() });
    return row === null ? null : toWireRelay(row);
  }

  /** Run once at start, before any relay can connect. */
  setAllOffline(): Promise<void> {
    return setAllRelaysOffline(this.#db, new Date());
  }

  /** The relays that may serve a site's cameras, without the revoked ones. */
  async ofSite(agencyId: string, siteId: string): Promise<Relay[]> {
    return (await listRelaysOfSite(this.#db, agencyId, siteId)).map(toWireRelay);
  }

  async revoke(actor: Actor, relayId: string): Promise<Relay> {
    const { user, found } = await this.#access.requireAccess(actor, 'relay.administer', {
      auditType: 'relay.revoked',
      target: { kind: 'relay', id: relayId, find: (agencyId) => findRelay(this.#db, agencyId, relayId) },
    });
    const row = await revokeRelay(this.#db, user.agencyId, relayId, new Date());
    // Revoking twice is no error: what the administrator wants is so.
    if (row === null) return toWireRelay(found);
    void this.#notices.tell('relayRevoked', { agencyId: user.agencyId, relayId, siteId: row.siteId });
    return toWireRelay(row);
  }

  #findFault(hello: RelayHello, relay: RelayRow | null): string | null {
    if (relay === null) return 'unknownRelay';
    if (relay.revokedAt !== null) return 'revoked';
    const text = relayHelloText({ ...hello, serverPublicKey: this.#signer.publicKey });
    const key = createPublicKey({ key: Buffer.from(relay.publicKey, 'base64url'), format: 'der', type: 'spki' });
    const isSigned = verify(null, Buffer.from(text), key, Buffer.from(hello.signature, 'base64url'));
    return isSigned ? null : 'wrongSignature';
  }
}

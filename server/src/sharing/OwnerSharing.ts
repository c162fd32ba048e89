import type { OwnerRelay } from '@commonsight/types/owner';
import type { PairRequest, PairResponse } from '@commonsight/types/relay/pairing';
import {
  mostVersionStep,
  sharingDocumentSchema,
  sharingSignatureContext,
  sharingStateSchema,
  type SignedSharing,
} from '@commonsight/types/relay/sharing';
import {
  type SignedStillRequest,
  type StillAnswer,
  stillRequestSchema,
  stillSignatureContext,
} from '@commonsight/types/relay/still';
import type { Actor, RelayActor } from '../access/Actor.ts';
import { findLastAlerts, toOwnerAlert } from '../alerts/alertRepository.ts';
import type { Audit } from '../audit/Audit.ts';
import type { Db } from '../db/Database.ts';
import { CodedError, codeOf } from '../errors.ts';
import type { OpenLinks } from '../ledger/OpenLinks.ts';
import type { AskRelay } from '../relay-link/RelayLinks.ts';
import { KeyedQueue } from '../KeyedQueue.ts';
import { findSite, type RelayRow } from '../sites/siteRepository.ts';
import type { OpenAct, OwnerDoor, OwnRelay } from './OwnerDoor.ts';
import { readSigned } from './readSigned.ts';
import { changeSharing, findOwnRelay, findRelayOfSite, findSharing, type SharingRow } from './sharingRepository.ts';
import type { SpeakingRelay, ToldSharing } from './ToldSharing.ts';

export interface OwnerSharingParts {
  db: Db;
  audit: Pick<Audit, 'record'>;
  links: OpenLinks;
  door: OwnerDoor;
  told: ToldSharing;
  askRelay: AskRelay;
}

const askTimeoutMs = 5_000;
/** A camera may send its next key frame in ten seconds or more. */
const stillTimeoutMs = 20_000;
const nothingWaits = { waiting: null, waitingVersion: null, waitingSince: null };
const documentForm = { context: sharingSignatureContext, schema: sharingDocumentSchema, what: 'sharing document' };
const stillForm = { context: stillSignatureContext, schema: stillRequestSchema, what: 'request for a still' };
const noRefusal = { refusedVersion: null, refusal: null, refusedAt: null };

/** The owner's way to the relay: the server carries keys, proofs and documents, and keeps a document until the relay is back. */
export class OwnerSharing {
  readonly #parts: OwnerSharingParts;
  /** Two devices that save at once take turns, so that the second hears of the conflict. */
  readonly #queue = new KeyedQueue();

  constructor(parts: OwnerSharingParts) {
    this.#parts = parts;
  }

  async read(actor: Actor, secret: string | null): Promise<{ relay: OwnerRelay | null }> {
    const { link } = await this.#parts.links.open(actor, secret, 'ledger.read');
    await this.#parts.links.noteRead(actor, link, new Date());
    const found = await findRelayOfSite(this.#parts.db, link.agencyId, link.siteId);
    return { relay: found === null ? null : await this.#toWire(found.relay, found.sharing) };
  }

  async pair(
    actor: Actor,
    secret: string | null,
    asked: { relayId: string; request: PairRequest },
  ): Promise<PairResponse> {
    const own = await this.#parts.door.openRelay(actor, secret, asked.relayId, 'owner.pairingTried');
    return this.#carry(own, () =>
      this.#parts.askRelay(own.relay.id, 'owner:pair', asked.request, { timeoutMs: askTimeoutMs }),
    );
  }

  /** What the relay seals and signs is for the owner's browser alone, and only an owner's signature asks for it. */
  async takeStill(
    actor: Actor,
    secret: string | null,
    { relayId, signed }: { relayId: string; signed: SignedStillRequest },
  ): Promise<StillAnswer> {
    const { door, askRelay } = this.#parts;
    const own = await door.openRelay(actor, secret, relayId, 'owner.stillTaken');
    const envelope = { content: signed.request, signature: signed.signature };
    await door.orRefuse(aboutRelay(own), async () => readSigned(envelope, stillForm, own.signers));
    return this.#carry(own, () => askRelay(relayId, 'camera:takeStill', { signed }, { timeoutMs: stillTimeoutMs }));
  }

  async offer(
    actor: Actor,
    secret: string | null,
    asked: { relayId: string; signed: SignedSharing },
  ): Promise<{ state: 'inForce' | 'waiting'; relay: OwnerRelay }> {
    const { relayId, signed } = asked;
    const { db, door, audit } = this.#parts;
    const own = await door.openRelay(actor, secret, relayId, 'sharing.offered');
    const { agencyId, relay } = own;
    const act = aboutRelay(own);
    return this.#queue.run(relayId, () =>
      door.orRefuse(act, async () => {
        const { version } = await this.#judge(agencyId, relayId, signed);
        await audit.record({ ...act, outcome: 'done', details: { ...act.details, version } });
        const isTaken = await this.#hand({ relay, agencyId }, signed);
        const change = isTaken
          ? { ...nothingWaits, ...noRefusal }
          : { ...noRefusal, waiting: signed, waitingVersion: version, waitingSince: new Date() };
        await changeSharing(db, agencyId, relayId, change);
        const sharing = await findSharing(db, agencyId, relayId);
        return { state: isTaken ? 'inForce' : 'waiting', relay: await this.#toWire(relay, sharing) };
      }),
    );
  }

  /** The relay is back: hands it what waits. What it does not take is forgotten, and the owner reads why. */
  async deliver({ actor, siteId }: SpeakingRelay): Promise<void> {
    const { agencyId, relayId } = actor;
    await this.#queue.run(relayId, async () => {
      const { db, door } = this.#parts;
      const row = await findSharing(db, agencyId, relayId);
      if (row === null || row.waiting === null || row.waitingVersion === null) return;
      const found = await findOwnRelay(db, { agencyId, siteId }, relayId);
      if (found === null) return;
      if (row.told.inForce?.signed.document === row.waiting.document) {
        return changeSharing(db, agencyId, relayId, nothingWaits);
      }
      try {
        const { waiting } = row;
        const act = { type: 'sharing.offered' as const, actor, agencyId, target: targetOf(relayId) };
        if (!(await door.orRefuse(act, () => this.#hand({ relay: found.relay, agencyId }, waiting)))) return;
        await changeSharing(db, agencyId, relayId, { ...nothingWaits, ...noRefusal });
      } catch (error) {
        const refusal = error instanceof CodedError ? error.message : 'The relay did not take it.';
        const refused = { refusedVersion: row.waitingVersion, refusal, refusedAt: new Date() };
        await changeSharing(db, agencyId, relayId, { ...nothingWaits, ...refused });
      }
    });
  }

  /** The line before the question, and one more when the relay refuses. */
  async #carry<T>(own: OwnRelay, ask: () => Promise<T>): Promise<T> {
    const { audit, door } = this.#parts;
    const act = aboutRelay(own);
    await audit.record({ ...act, outcome: 'done' });
    return door.orRefuse(act, ask);
  }

  async #judge(agencyId: string, relayId: string, signed: SignedSharing) {
    const row = await findSharing(this.#parts.db, agencyId, relayId);
    if (row === null) throw new CodedError('relayOffline', 'The relay has not been connected yet.');
    const envelope = { content: signed.document, signature: signed.signature };
    const { content: document } = readSigned(envelope, documentForm, { relayId, ownerKeys: row.told.ownerKeys });
    const lastVersion = Math.max(row.version, row.waitingVersion ?? 0);
    if (document.version <= lastVersion) {
      throw new CodedError('conflict', 'Another device has changed what is shared meanwhile.');
    }
    if (document.version > lastVersion + mostVersionStep) {
      throw new CodedError('notPermitted', 'The version of the document is too far ahead of the one before it.');
    }
    return document;
  }

  /** False while the relay is away. Throws what it refuses with. */
  async #hand({ relay, agencyId }: { relay: RelayRow; agencyId: string }, signed: SignedSharing): Promise<boolean> {
    try {
      const state = await this.#parts.askRelay(relay.id, 'sharing:offer', { signed }, { timeoutMs: askTimeoutMs });
      const actor: RelayActor = { kind: 'relay', relayId: relay.id, agencyId, sourceAddress: null };
      await this.#parts.told.take({ actor, siteId: relay.siteId }, state);
      return true;
    } catch (error) {
      if (['relayOffline', 'timedOut'].includes(codeOf(error))) return false;
      throw error;
    }
  }

  async #toWire(relay: RelayRow, sharing: SharingRow | null): Promise<OwnerRelay> {
    const { last, lastReal } = await findLastAlerts(this.#parts.db, relay.agencyId, relay.id);
    const site = await findSite(this.#parts.db, relay.agencyId, relay.siteId);
    const now = new Date();
    return {
      ...toWire(relay, sharing),
      siteTimeZone: site?.timeZone ?? null,
      alert: last === null ? null : toOwnerAlert(last, now),
      lastReal: lastReal === null ? null : toOwnerAlert(lastReal, now),
    };
  }
}

function aboutRelay({ act, relay }: OwnRelay): OpenAct {
  return { ...act, target: targetOf(relay.id) };
}

function targetOf(relayId: string) {
  return { kind: 'relay' as const, id: relayId };
}

function toWire(relay: RelayRow, row: SharingRow | null): Omit<OwnerRelay, 'alert' | 'lastReal' | 'siteTimeZone'> {
  const { id, name, isOnline } = relay;
  if (row === null) return { id, name, isOnline, sharing: null, waiting: null, refusal: null };
  // What an older relay told, before it knew of new cameras, has no list of them.
  const { state, ownerKeys, inForce, awaitingOwner } = sharingStateSchema.parse(row.told);
  return {
    id,
    name,
    isOnline,
    sharing: { state, ownerKeys, inForce, awaitingOwner },
    waiting:
      row.waiting === null || row.waitingVersion === null || row.waitingSince === null
        ? null
        : { version: row.waitingVersion, since: row.waitingSince.toISOString(), signed: row.waiting },
    refusal:
      row.refusedVersion === null || row.refusedAt === null
        ? null
        : { version: row.refusedVersion, message: row.refusal ?? '', at: row.refusedAt.toISOString() },
  };
}

import { createHash } from 'node:crypto';
import type { SharingState } from '@commonsight/types/relay/sharing';
import type { RelayActor } from '../access/Actor.ts';
import type { Act, Audit } from '../audit/Audit.ts';
import type { Db } from '../db/Database.ts';
import { KeyedQueue } from '../KeyedQueue.ts';
import type { Notifier } from '../signaling/Notifier.ts';
import { topics } from '../signaling/topics.ts';
import { openDocument } from './openDocument.ts';
import { findSharing, saveTold, setKeptDays, setModes, type SharingRow } from './sharingRepository.ts';

/** A relay that speaks for a site's cameras. */
export interface SpeakingRelay {
  actor: RelayActor;
  siteId: string;
}

/** What relays tell about their owners' word: kept, written down and passed on to walls. It is enforced by them alone. */
export class ToldSharing {
  readonly #db: Db;
  readonly #audit: Pick<Audit, 'recordAll'>;
  readonly #notifier: Pick<Notifier, 'tell'>;
  readonly #documentTold: (speaking: SpeakingRelay) => Promise<void>;
  readonly #queue = new KeyedQueue();

  constructor(parts: {
    db: Db;
    audit: Pick<Audit, 'recordAll'>;
    notifier: Pick<Notifier, 'tell'>;
    /** A document is in force, or none any more. */
    documentTold: (speaking: SpeakingRelay) => Promise<void>;
  }) {
    this.#db = parts.db;
    this.#audit = parts.audit;
    this.#notifier = parts.notifier;
    this.#documentTold = parts.documentTold;
  }

  /** The line before the record; walls hear of it after both. */
  take({ actor, siteId }: SpeakingRelay, state: SharingState): Promise<void> {
    const { relayId, agencyId } = actor;
    return this.#queue.run(relayId, async () => {
      const before = await findSharing(this.#db, agencyId, relayId);
      const told = withKnownKeys(before, state);
      const document = openDocument(told.inForce?.signed);
      const version = document?.version ?? 0;
      await this.#audit.recordAll(changesOf(actor, before, told, version));
      await saveTold(this.#db, { relayId, agencyId, siteId, told, version, toldAt: new Date() });
      await setKeptDays(this.#db, { agencyId, siteId }, document?.keptDays ?? null);
      const changed = await setModes(this.#db, { agencyId, siteId }, (id) =>
        Object.hasOwn(told.modes, id) ? (told.modes[id] ?? told.others) : told.others,
      );
      // Of a camera that the agency has not confirmed nobody is told.
      for (const { id, mode } of changed.filter(({ isConfirmed }) => isConfirmed)) {
        this.#notifier.tell(topics.reachers(agencyId, id), 'camera:sharingChanged', {
          cameraId: id,
          sharingMode: mode,
        });
      }
      await this.#documentTold({ actor, siteId });
    });
  }
}

/**
 * A damaged folder tells no keys. Those of before are kept, so that a key that is taken away while it is damaged is missed
 * afterwards, and none is written down as paired anew.
 */
function withKnownKeys(before: SharingRow | null, told: SharingState): SharingState {
  return told.state === 'damaged' && before !== null ? { ...told, ownerKeys: before.told.ownerKeys } : told;
}

function changesOf(actor: RelayActor, before: SharingRow | null, told: SharingState, version: number): Act[] {
  const shared = { actor, outcome: 'done' as const, target: { kind: 'relay' as const, id: actor.relayId } };
  const acts: Act[] = [];
  const known = new Set(before?.told.ownerKeys);
  for (const key of told.ownerKeys) {
    if (!known.has(key)) acts.push({ ...shared, type: 'owner.paired', details: { ownerKeyHash: hashOf(key) } });
  }
  for (const key of known) {
    if (told.ownerKeys.includes(key)) continue;
    acts.push({ ...shared, type: 'owner.keyForgotten', details: { ownerKeyHash: hashOf(key) } });
  }
  const isOther = before === null ? told.state !== 'unpaired' : before.told.state !== told.state;
  if (isOther || version !== (before?.version ?? 0)) {
    const document = told.inForce?.signed.document;
    const documentHash = document === undefined ? null : hashOf(document);
    acts.push({ ...shared, type: 'sharing.changed', details: { state: told.state, version, documentHash } });
  }
  return acts;
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

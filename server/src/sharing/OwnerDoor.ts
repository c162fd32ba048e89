import type { Actor } from '../access/Actor.ts';
import type { Act } from '../audit/Act.ts';
import type { Refusals } from '../audit/Refusals.ts';
import type { Db } from '../db/Database.ts';
import { CodedError } from '../errors.ts';
import type { OpenLinks } from '../ledger/OpenLinks.ts';
import type { RelayRow } from '../sites/siteRepository.ts';
import type { Signers } from './readSigned.ts';
import { findOwnRelay, type SharingRow } from './sharingRepository.ts';

/** An act of which it is not known yet what comes of it. */
export type OpenAct = Omit<Act, 'outcome'> & { agencyId: string };

/** The relay that an owner's link leads to. */
export interface OwnRelay {
  readonly linkId: string;
  readonly agencyId: string;
  readonly siteId: string;
  readonly relay: RelayRow;
  /** What the relay has told; null before it was ever connected. */
  readonly sharing: SharingRow | null;
  readonly signers: Signers;
  /** What lines of the owner's act begin with: by whose link it is, and that it is about the site. */
  readonly act: OpenAct;
}

type RelayAct =
  | 'owner.pairingTried'
  | 'owner.stillTaken'
  | 'sharing.offered'
  | 'preview.started'
  | 'alert.ordered'
  | 'push.ordered'
  | 'siteCard.changed'
  | 'siteCard.read';

/** The door for what owners ask of their relay, or by a key that it keeps. Whatever comes to nothing leaves the same line. */
export class OwnerDoor {
  readonly #parts: { db: Db; refusals: Pick<Refusals, 'orRefuse'>; links: Pick<OpenLinks, 'open'> };

  constructor(parts: { db: Db; refusals: Pick<Refusals, 'orRefuse'>; links: Pick<OpenLinks, 'open'> }) {
    this.#parts = parts;
  }

  /** `notFound`, and a line of this type, for a secret that opens nothing and for a relay that is not the site's. */
  async openRelay(actor: Actor, secret: string | null, relayId: string, type: RelayAct): Promise<OwnRelay> {
    const { db, links } = this.#parts;
    const { link } = await links.open(actor, secret, type);
    const { id: linkId, agencyId, siteId } = link;
    const act: OpenAct = { type, actor, agencyId, target: { kind: 'site', id: siteId }, details: { linkId } };
    return this.orRefuse(act, async () => {
      const found = await findOwnRelay(db, { agencyId, siteId }, relayId);
      if (found === null) throw new CodedError('notFound', 'This relay does not serve the site any more.');
      const signers = { relayId, ownerKeys: found.sharing?.told.ownerKeys ?? [] };
      return { linkId, agencyId, siteId, ...found, signers, act };
    });
  }

  /** Does the work of an act, or writes why it came to nothing. */
  orRefuse<T>(act: OpenAct, work: () => Promise<T>): Promise<T> {
    return this.#parts.refusals.orRefuse(act, work);
  }
}

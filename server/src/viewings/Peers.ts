import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { ViewingEndReason } from '@commonsight/types/viewing';
import type { UserActor } from '../access/Actor.ts';
import { newId } from '../ids.ts';
import type { AskHost } from '../sfu-link/SfuLink.ts';
import type { BackgroundWork } from '../BackgroundWork.ts';
import type { Connection } from '../signaling/Connection.ts';
import type { PeerRecord, PeerStore } from './PeerStore.ts';

/** `waiting`: its socket is gone and it may be taken up again until the timer runs out. */
type PeerLink = { is: 'connected'; connection: Connection } | { is: 'waiting'; timer: NodeJS.Timeout };

/** One connection's transport and consumers at the SFU, as the server knows them. */
export interface Peer {
  record: PeerRecord;
  link: PeerLink;
}

export interface PeerParts {
  askHost: AskHost;
  store: Pick<PeerStore, 'write' | 'remove'>;
  /** Ends what the peer views, and the peer at the host. */
  endPeer(peerId: string, reason: ViewingEndReason): Promise<void>;
  /** The peer has a connection again, which has to hear of its streams. */
  onResumed(peer: Peer, connection: Connection): void;
  background: Pick<BackgroundWork, 'run'>;
  graceMs: number;
}

/** The peers of all connections, also of those that have just broken (CON6). */
export class Peers {
  readonly #parts: PeerParts;
  readonly #peers = new Map<string, Peer>();
  readonly #byConnection = new Map<string, Peer>();

  constructor(parts: PeerParts) {
    this.#parts = parts;
  }

  find(peerId: string): Peer | null {
    return this.#peers.get(peerId) ?? null;
  }

  ofConnection(connectionId: string): Peer | null {
    return this.#byConnection.get(connectionId) ?? null;
  }

  connectionOf(peerId: string): Connection | null {
    const link = this.#peers.get(peerId)?.link;
    return link?.is === 'connected' ? link.connection : null;
  }

  get all(): Peer[] {
    return [...this.#peers.values()];
  }

  /** Opens a peer for the connection, in place of one that it has. */
  async open(actor: UserActor, connection: Connection): Promise<{ peer: Peer; secret: string }> {
    // Asked again after each end, because another request may have opened one meanwhile.
    for (let other = this.#otherOf(connection, null); other !== null; other = this.#otherOf(connection, null)) {
      await this.end(other, 'closedByUser');
    }
    const secret = randomBytes(32).toString('base64url');
    const record: PeerRecord = {
      peerId: newId(),
      agencyId: actor.agencyId,
      userId: actor.userId,
      sessionId: actor.sessionId,
      secretHash: hash(secret),
      rtpCapabilities: null,
    };
    const peer: Peer = { record, link: { is: 'connected', connection } };
    this.#peers.set(record.peerId, peer);
    this.#byConnection.set(connection.id, peer);
    await this.#parts.store.write(record);
    return { peer, secret };
  }

  /**
   * Takes up a peer again, in place of one that the connection has, or answers null: unknown, another session's, a wrong
   * secret, or nobody there any more to take it up.
   */
  async resume(
    actor: UserActor,
    connection: Connection,
    claim: { peerId: string; secret: string },
  ): Promise<Peer | null> {
    const peer = this.#peers.get(claim.peerId);
    if (peer === undefined || peer.record.sessionId !== actor.sessionId) return null;
    if (!timingSafeEqual(Buffer.from(hash(claim.secret)), Buffer.from(peer.record.secretHash))) return null;
    for (let other = this.#otherOf(connection, peer); other !== null; other = this.#otherOf(connection, peer)) {
      await this.end(other, 'closedByUser');
    }
    if (this.#peers.get(claim.peerId) !== peer || !connection.isOpen) return null;
    // A socket that broke may not have been noticed: the peer then still hangs on the old connection.
    if (peer.link.is === 'waiting') clearTimeout(peer.link.timer);
    else this.#byConnection.delete(peer.link.connection.id);
    peer.link = { is: 'connected', connection };
    this.#byConnection.set(connection.id, peer);
    this.#parts.onResumed(peer, connection);
    return peer;
  }

  /** Takes up a peer that a server before this one opened. One that is known by now, and may be connected, stays. */
  adopt(record: PeerRecord): void {
    if (this.#peers.has(record.peerId)) return;
    const peer: Peer = { record, link: this.#wait(() => peer) };
    this.#peers.set(record.peerId, peer);
  }

  async capabilitiesKnown(peer: Peer, rtpCapabilities: NonNullable<PeerRecord['rtpCapabilities']>): Promise<void> {
    peer.record = { ...peer.record, rtpCapabilities };
    await this.#parts.store.write(peer.record);
  }

  /** The connection's socket is gone; whoever left on purpose does not come back. */
  connectionClosed(connectionId: string, hasLeft: boolean): void {
    const peer = this.ofConnection(connectionId);
    if (peer === null) return;
    this.#byConnection.delete(connectionId);
    if (hasLeft) this.#parts.background.run('end a peer', this.end(peer, 'closedByUser'));
    else peer.link = this.#wait(() => peer);
  }

  async endSession(sessionId: string): Promise<void> {
    const peers = this.all.filter((peer) => peer.record.sessionId === sessionId);
    await Promise.all(peers.map((peer) => this.end(peer, 'sessionEnded')));
  }

  /** Ends the peer with everything that it views. */
  async end(peer: Peer, reason: ViewingEndReason): Promise<void> {
    if (!this.forget(peer)) return;
    await this.#parts.endPeer(peer.record.peerId, reason);
  }

  /** The peer is gone at the host. Whether it was known here. */
  forget(peer: Peer): boolean {
    if (!this.#peers.delete(peer.record.peerId)) return false;
    if (peer.link.is === 'waiting') clearTimeout(peer.link.timer);
    else this.#byConnection.delete(peer.link.connection.id);
    this.#parts.background.run('forget a peer', this.#parts.store.remove(peer.record.peerId));
    return true;
  }

  /** Writes every peer into Redis again, which may have been emptied. */
  async rewrite(): Promise<void> {
    for (const peer of this.all) await this.#parts.store.write(peer.record);
  }

  /** Ends timers; the peers themselves go on for the next server. */
  close(): void {
    for (const { link } of this.#peers.values()) if (link.is === 'waiting') clearTimeout(link.timer);
    this.#peers.clear();
    this.#byConnection.clear();
  }

  /** The peer that the connection has to give up, because it has one at a time. */
  #otherOf(connection: Connection, kept: Peer | null): Peer | null {
    const other = this.ofConnection(connection.id);
    return other === kept ? null : other;
  }

  /** The link of a peer that ends after the grace time, should it still be this one that waits then. */
  #wait(waiting: () => Peer): PeerLink {
    const link: PeerLink = {
      is: 'waiting',
      timer: setTimeout(() => {
        const peer = waiting();
        const isWaiting = this.#peers.get(peer.record.peerId) === peer && peer.link === link;
        if (isWaiting) this.#parts.background.run('end a peer', this.end(peer, 'connectionLost'));
      }, this.#parts.graceMs),
    };
    return link;
  }
}

function hash(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}

import type { ControlNotifications, HostSnapshot } from '@commonsight/types/control/control';
import type { Grant } from '@commonsight/types/grant';
import type { Watcher } from '@commonsight/types/camera';
import type { GrantClaims } from '@commonsight/types/relay/signed-grant';
import type { User } from '@commonsight/types/user';
import type { Viewing, ViewingEndReason, ViewingTraffic } from '@commonsight/types/viewing';
import type { z } from 'zod';
import type { Access } from '../access/Access.ts';
import { type Actor, actorAsUser } from '../access/Actor.ts';
import type { GrantEndReason } from '../db/schema.ts';
import { CodedError } from '../errors.ts';
import type { AskHost } from '../sfu-link/SfuLink.ts';
import type { BackgroundWork } from '../BackgroundWork.ts';
import type { Notifier } from '../signaling/Notifier.ts';
import { topics } from '../signaling/topics.ts';
import { chunk, viewingsPerRequest } from './HostClosings.ts';
import { type LiveViewing, toWireViewing } from './LiveViewing.ts';
import type { Peers } from './Peers.ts';
import type { EndCause, ViewingEnder } from './ViewingEnder.ts';
import type { ViewingRegistry } from './ViewingRegistry.ts';
import type { ViewingRepository } from './ViewingRepository.ts';

type Told<K extends keyof ControlNotifications> = z.output<ControlNotifications[K]>;

export interface ViewingsParts {
  access: Pick<Access, 'requireAccess' | 'reachOf'>;
  repository: Pick<ViewingRepository, 'open' | 'find'>;
  registry: ViewingRegistry;
  peers: Peers;
  ender: Pick<ViewingEnder, 'end'>;
  streams: { grantsChanged(streamId: string): void };
  askHost: AskHost;
  notifier: Pick<Notifier, 'tell'>;
  /** Whether the session's record says that it is good for anything now. */
  isSessionActive(sessionId: string): Promise<boolean>;
  background: Pick<BackgroundWork, 'run'>;
}

const endReasons: Record<GrantEndReason, ViewingEndReason> = {
  expired: 'grantExpired',
  endedByUser: 'grantEnded',
  incidentClosed: 'incidentClosed',
  userDisabled: 'sessionEnded',
  revoked: 'endedBySupervisor',
  policyChanged: 'grantEnded',
};

/** A host's clock may be a little ahead of the server's. */
const clockToleranceMs = 2_000;

/** The viewings that run: what ends, lengthens and measures them from outside. */
export class Viewings {
  readonly #parts: ViewingsParts;
  #revocations = 0;
  #locks = 0;

  constructor(parts: ViewingsParts) {
    this.#parts = parts;
  }

  /** Grows whenever a grant or a session ends. */
  get revocations(): number {
    return this.#revocations;
  }

  /**
   * Takes up the viewings that another server began. Whether they still run, the host's snapshot will tell; what has ended
   * or was locked while no server ran, or when it died before the host heard of it, the records say.
   */
  async load(): Promise<void> {
    for (const { grantEndedAt, ...row } of await this.#parts.repository.open()) {
      const viewing: LiveViewing = { ...row, traffic: null, state: 'running' };
      this.#parts.registry.add(viewing);
      if (grantEndedAt !== null) await this.#parts.ender.end([viewing], { reason: 'grantEnded' });
    }
    const agencyIds = new Set(this.#parts.registry.where(() => true).map((viewing) => viewing.agencyId));
    for (const agencyId of agencyIds) await this.reachChanged(agencyId);
  }

  /** The running viewings of the caller's agency, for somebody who supervises them from now on. */
  async supervise(actor: Actor): Promise<LiveViewing[]> {
    const { user } = await this.#parts.access.requireAccess(actor, 'viewing.supervise', {
      auditType: 'viewing.supervised',
    });
    return this.#parts.registry.where((viewing) => viewing.agencyId === user.agencyId && viewing.state === 'running');
  }

  async endBySupervisor(actor: Actor, id: string, note: string): Promise<Viewing> {
    const { user } = await this.#parts.access.requireAccess(actor, 'viewing.end', {
      auditType: 'viewing.ended',
      target: { kind: 'viewing', id, find: (agencyId) => this.#parts.repository.find(agencyId, id) },
      // The viewing's end is its line, with what flowed; it is written when that is known.
      record: 'refusals',
    });
    const viewing = this.#parts.registry.find(id);
    const cause: EndCause = { reason: 'endedBySupervisor', actor: user, by: actorAsUser(user), note };
    const end = viewing === null ? undefined : (await this.#parts.ender.end([viewing], cause)).get(id);
    if (viewing === null || end === undefined) throw new CodedError('conflict', 'The viewing has ended already.');
    return toWireViewing(viewing, end);
  }

  /** The grants of everybody who views a stream or is about to, as a relay may know them. */
  claimsOf(streamId: string): Omit<GrantClaims, 'relayId'>[] {
    const claims = new Map<string, Omit<GrantClaims, 'relayId'>>();
    for (const viewing of this.#parts.registry.ofStream(streamId)) {
      claims.set(viewing.grantId, {
        grantId: viewing.grantId,
        cameraId: viewing.cameraId,
        purpose: viewing.purpose,
        startsAt: viewing.grantStartsAt,
        endsAt: viewing.grantEndsAt,
        policyHash: viewing.policyHash,
      });
    }
    return [...claims.values()];
  }

  watchersOf(cameraId: string): Watcher[] {
    return this.#parts.registry.watchersOf(cameraId);
  }

  async grantChanged(grant: Grant): Promise<void> {
    const viewings = this.#parts.registry.where(
      (viewing) => viewing.grantId === grant.id && viewing.grantEndsAt !== grant.endsAt,
    );
    for (const viewing of viewings) {
      viewing.grantEndsAt = grant.endsAt;
      viewing.policyHash = grant.policyHash;
    }
    for (const streamId of new Set(viewings.map((viewing) => viewing.streamId))) {
      this.#parts.streams.grantsChanged(streamId);
    }
    await this.#extend(viewings, this.#parts.askHost);
  }

  async grantEnded(
    grantId: string,
    reason: GrantEndReason,
    { by, note }: { by?: User | undefined; note?: string | undefined } = {},
  ): Promise<void> {
    this.#revocations += 1;
    const viewings = this.#parts.registry.where((viewing) => viewing.grantId === grantId);
    await this.#parts.ender.end(viewings, {
      reason: endReasons[reason],
      ...(by === undefined ? {} : { by }),
      ...(note === undefined ? {} : { note }),
    });
  }

  /** Camera groups of the agency have changed: who does not reach a camera any more does not see it any more. */
  async reachChanged(agencyId: string): Promise<void> {
    this.#revocations += 1;
    const viewings = this.#parts.registry.where((viewing) => viewing.agencyId === agencyId);
    for (const [userId, ofUser] of Map.groupBy(viewings, (viewing) => viewing.user.id)) {
      const [{ user } = {}] = ofUser;
      if (user === undefined) continue;
      const reach = await this.#parts.access.reachOf({ agencyId, userId, role: user.role }, 'camera.view');
      const beyond = ofUser.filter((viewing) => !reach.holds(viewing.cameraId));
      await this.#parts.ender.end(beyond, { reason: 'grantEnded' });
    }
  }

  async sessionEnded(sessionId: string): Promise<void> {
    this.#revocations += 1;
    await this.#parts.peers.endSession(sessionId);
    const left = this.#parts.registry.where((viewing) => viewing.sessionId === sessionId);
    await this.#parts.ender.end(left, { reason: 'sessionEnded' });
  }

  /** SES2: pauses what the session views. A host that is away is told when it comes back. */
  async sessionLocked(sessionId: string): Promise<void> {
    this.#locks += 1;
    const viewings = this.#parts.registry.where((viewing) => viewing.sessionId === sessionId);
    for (const viewing of viewings) viewing.isLocked = true;
    await this.#pauseLocked(this.#parts.askHost, sessionId);
  }

  /** SES3: somebody who has unlocked the session has taken the peer up again. */
  async peerResumed(peerId: string): Promise<void> {
    const viewings = this.#parts.registry.ofPeer(peerId).filter((viewing) => viewing.isLocked === true);
    const [{ sessionId } = {}] = viewings;
    if (sessionId === undefined || !(await this.#isUnlocked(sessionId))) return;
    for (const viewing of viewings) viewing.isLocked = false;
    const viewingIds = viewings.filter((viewing) => viewing.isHidden !== true).map((viewing) => viewing.id);
    for (const ids of chunk(viewingIds, viewingsPerRequest)) {
      await this.#parts.askHost('consumer:resume', { viewingIds: ids });
    }
  }

  /** A socket that was let in a moment before the lock must not undo it: the record decides, and no lock overtakes it. */
  async #isUnlocked(sessionId: string): Promise<boolean> {
    for (;;) {
      const locks = this.#locks;
      const isActive = await this.#parts.isSessionActive(sessionId);
      if (locks === this.#locks) return isActive;
    }
  }

  async #pauseLocked(ask: AskHost, sessionId?: string): Promise<void> {
    const locked = this.#parts.registry.where(
      (viewing) => viewing.isLocked === true && (sessionId === undefined || viewing.sessionId === sessionId),
    );
    const viewingIds = locked.map((viewing) => viewing.id);
    for (const ids of chunk(viewingIds, viewingsPerRequest)) await ask('consumer:pause', { viewingIds: ids });
  }

  /** The stream's uplink is gone; its consumers show nothing any more. */
  uplinkLost(streamId: string, reason: 'mediaLost' | 'notShared'): void {
    const viewings = this.#parts.registry.ofStream(streamId).filter((viewing) => viewing.state === 'running');
    this.#parts.background.run('end viewings', this.#parts.ender.end(viewings, { reason }));
  }

  consumerClosed({ viewingId, reason, traffic }: Told<'consumer:closed'>): void {
    const viewing = this.#parts.registry.find(viewingId);
    if (viewing === null) return;
    // A consumer that ran out although its grant was extended was lost on the way, not ended by anybody's will.
    const hasExpired = reason === 'expired' && Date.parse(viewing.grantEndsAt) <= Date.now() + clockToleranceMs;
    const cause = { reason: hasExpired ? ('grantExpired' as const) : ('mediaLost' as const) };
    this.#parts.background.run(
      'end viewings',
      this.#parts.ender.end([viewing], cause, async () => [traffic]),
    );
  }

  peerClosed({ peerId, traffic }: Told<'peer:closed'>): void {
    this.#parts.background.run('end viewings', this.#losePeer(peerId, traffic));
  }

  trafficReported({ traffic }: Told<'consumer:traffic'>): void {
    const byAgency = new Map<string, ViewingTraffic[]>();
    for (const report of traffic) {
      const viewing = this.#parts.registry.find(report.viewingId);
      if (viewing === null) continue;
      viewing.traffic = report;
      if (viewing.state !== 'running') continue;
      const reports = byAgency.get(viewing.agencyId) ?? [];
      reports.push(report);
      byAgency.set(viewing.agencyId, reports);
    }
    for (const [agencyId, reports] of byAgency) {
      this.#parts.notifier.tell(topics.supervisors(agencyId), 'viewing:traffic', { traffic: reports });
    }
  }

  /**
   * STR7: what the host still runs goes on where the records want it; the rest is closed at the host, or ended here.
   * `takeUp` brings back a peer that this server does not know, or answers null.
   */
  async hostConnected(
    snapshot: HostSnapshot,
    ask: AskHost,
    takeUp: (peerId: string) => Promise<boolean>,
  ): Promise<void> {
    const present = new Set<string>();
    const unwanted: string[] = [];
    const extended: LiveViewing[] = [];
    const hostPeers = new Set(snapshot.peers.map((peer) => peer.peerId));
    for (const { peerId, consumers } of snapshot.peers) {
      if (this.#parts.peers.find(peerId) === null && !(await takeUp(peerId))) {
        const viewings = this.#parts.registry.ofPeer(peerId);
        const { traffic } = await ask('peer:close', { peerId });
        await this.#parts.ender.end(viewings, { reason: 'connectionLost' }, async () => traffic);
        continue;
      }
      for (const { viewingId, expiresAt } of consumers) {
        const viewing = this.#parts.registry.find(viewingId);
        if (viewing === null || viewing.state === 'ending' || viewing.peerId !== peerId) {
          unwanted.push(viewingId);
          continue;
        }
        present.add(viewingId);
        if (viewing.grantEndsAt !== expiresAt) extended.push(viewing);
      }
    }
    for (const { record } of this.#parts.peers.all) {
      if (!hostPeers.has(record.peerId)) await this.#losePeer(record.peerId, []);
    }
    const lost = this.#parts.registry.where((viewing) => viewing.state === 'running' && !present.has(viewing.id));
    for (const viewing of lost) {
      const reason = this.#parts.peers.find(viewing.peerId) === null ? 'connectionLost' : 'mediaLost';
      await this.#parts.ender.end([viewing], { reason }, async () => []);
    }
    for (const viewingIds of chunk(unwanted, viewingsPerRequest)) await ask('consumer:close', { viewingIds });
    await this.#pauseLocked(ask);
    await this.#extend(extended, ask);
  }

  /** The peer is gone at the host. Its connection, when it has one, opens another. */
  async #losePeer(peerId: string, traffic: readonly ViewingTraffic[]): Promise<void> {
    const peer = this.#parts.peers.find(peerId);
    const viewings = this.#parts.registry.ofPeer(peerId);
    if (peer !== null) {
      const connection = this.#parts.peers.connectionOf(peerId);
      this.#parts.peers.forget(peer);
      for (const { streamId } of viewings) connection?.leave(topics.stream(streamId));
      connection?.tell('peer:closed', { peerId });
    }
    await this.#parts.ender.end(viewings, { reason: 'mediaLost' }, async () => traffic);
  }

  async #extend(viewings: readonly LiveViewing[], ask: AskHost): Promise<void> {
    for (const [expiresAt, group] of Map.groupBy(viewings, (viewing) => viewing.grantEndsAt)) {
      for (const viewingIds of chunk(
        group.map((viewing) => viewing.id),
        viewingsPerRequest,
      )) {
        await ask('consumer:extend', { viewingIds, expiresAt });
      }
    }
  }
}

import type { ControlRequests } from '@commonsight/types/control/control';
import type { RequestOf, ResponseOf } from '@commonsight/types/signaling/requests';
import type { ViewingEndReason } from '@commonsight/types/viewing';
import type { z } from 'zod';
import type { Access } from '../access/Access.ts';
import { actorAsUser, type UserActor } from '../access/Actor.ts';
import type { Act, Audit } from '../audit/Audit.ts';
import type { CameraReach } from '../access/CameraLimits.ts';
import { CodedError, toWireError } from '../errors.ts';
import type { RunningGrant } from '../grants/Grants.ts';
import { newId } from '../ids.ts';
import type { Logger } from '../logger.ts';
import type { AskHost } from '../sfu-link/SfuLink.ts';
import type { Notifier } from '../signaling/Notifier.ts';
import { topics } from '../signaling/topics.ts';
import type { StreamRecord } from '../streams/StreamRecord.ts';
import type { HostClosings } from './HostClosings.ts';
import { type LiveViewing, toSupervised } from './LiveViewing.ts';
import type { Peer, Peers } from './Peers.ts';
import { ViewingBudget } from './ViewingBudget.ts';
import type { ViewingEnder } from './ViewingEnder.ts';
import type { ViewingRegistry } from './ViewingRegistry.ts';
import type { ViewingRepository } from './ViewingRepository.ts';

type Item = RequestOf<'consumer:create'>['items'][number];
type Result = ResponseOf<'consumer:create'>['results'][number];
type HostResult = z.output<ControlRequests['consumer:create']['response']>['results'][number];

/** One item on its way: a viewing, or why there is none. */
type Begun = { item: Item; record: StreamRecord; viewing: LiveViewing } | { item: Item; error: unknown };

/** What a browser asks for, until it waits no more. */
export interface BeginRequest {
  actor: UserActor;
  peer: Peer;
  items: readonly Item[];
  signal: AbortSignal;
}

export interface ViewingStarterParts {
  access: Pick<Access, 'requireAccess'>;
  reachOf(user: UserActor): Promise<CameraReach>;
  requireGrant(user: UserActor, cameraId: string, incidentId: string): Promise<RunningGrant>;
  audit: Pick<Audit, 'recordAll'>;
  repository: Pick<ViewingRepository, 'insert'>;
  registry: ViewingRegistry;
  peers: Pick<Peers, 'find' | 'connectionOf'>;
  ender: Pick<ViewingEnder, 'end'>;
  streams: {
    find(agencyId: string, cameraId: string, kind: Item['stream']): Promise<StreamRecord | null>;
    assertCanRun(record: StreamRecord): void;
    ensure(record: StreamRecord, nearPeerId: string): Promise<string>;
  };
  askHost: AskHost;
  closings: Pick<HostClosings, 'closeConsumers'>;
  notifier: Pick<Notifier, 'tell'>;
  watchersChanged(viewings: readonly LiveViewing[]): void;
  /** Grows whenever any grant or session ends. */
  revocations(): number;
  logger: Logger;
}

/** Begins viewings: gate and grant, line and record, stream, consumer, in this order (CON1, CON2). */
export class ViewingStarter {
  readonly #parts: ViewingStarterParts;
  readonly #budget: ViewingBudget;

  constructor(parts: ViewingStarterParts) {
    this.#parts = parts;
    this.#budget = new ViewingBudget(parts.registry);
  }

  /** Begins all of a request's viewings; each item succeeds or fails for itself. */
  async begin({ actor, peer, items, signal }: BeginRequest): Promise<Result[]> {
    const { rtpCapabilities } = peer.record;
    if (rtpCapabilities === null) throw new CodedError('conflict', 'Create the transport first.');
    const revocations = this.#parts.revocations();
    const places = items.map((item) => this.#takePlace(actor, peer, item));
    let admitted: Begun[];
    let viewings: LiveViewing[];
    try {
      admitted = await Promise.all(items.map((item, index) => this.#admitTo(places[index], { actor, peer, item })));
      viewings = admitted.flatMap((begun) => ('viewing' in begun ? [begun.viewing] : []));
      await this.#parts.audit.recordAll(
        viewings.map((viewing) => toAct(actor, viewing)),
        { with: (tx) => this.#parts.repository.insert(viewings, tx) },
      );
      for (const viewing of viewings) this.#parts.registry.add(viewing);
    } finally {
      for (const place of places) place.giveBack?.();
    }
    // Who revoked something since the grants were looked at did not find these viewings yet: look again.
    const isOverdue = this.#parts.revocations() !== revocations;
    const consumed = await this.#consume(peer, rtpCapabilities, admitted, isOverdue ? actor : null);
    const results = await Promise.all(consumed.map((outcome) => this.#finish(outcome, signal)));
    await this.#noteUnshared(actor, admitted, consumed);
    const running = viewings.filter((viewing) => viewing.state === 'running');
    this.#parts.watchersChanged(running);
    return results;
  }

  /** Before the gate: a wish too many is no act that anybody has to judge. */
  #takePlace(
    { sessionId }: UserActor,
    { record: { peerId } }: Peer,
    item: Item,
  ): { giveBack?: () => void; error?: Begun } {
    try {
      return { giveBack: this.#budget.take({ sessionId, peerId, ...item }) };
    } catch (error) {
      return { error: { item, error } };
    }
  }

  async #admitTo(
    place: { error?: Begun } | undefined,
    { actor, peer, item }: { actor: UserActor; peer: Peer; item: Item },
  ): Promise<Begun> {
    return place?.error ?? this.#admit(actor, peer, item);
  }

  async #admit(actor: UserActor, peer: Peer, item: Item): Promise<Begun> {
    try {
      const { found: record, checked } = await this.#parts.access.requireAccess(actor, 'camera.view', {
        auditType: 'viewing.started',
        target: {
          kind: 'camera',
          id: item.cameraId,
          find: (agencyId) => this.#parts.streams.find(agencyId, item.cameraId, item.stream),
        },
        check: (user) => this.#parts.requireGrant(user, item.cameraId, item.incidentId),
        record: 'refusals',
      });
      this.#parts.streams.assertCanRun(record);
      return { item, record, viewing: toViewing(actor, peer, record, checked) };
    } catch (error) {
      return { item, error };
    }
  }

  /** Brings the streams up and asks the host for all consumers at once. */
  async #consume(
    peer: Peer,
    rtpCapabilities: NonNullable<Peer['record']['rtpCapabilities']>,
    admitted: readonly Begun[],
    checkAgain: UserActor | null,
  ): Promise<{ begun: Begun; result: HostResult | null }[]> {
    const { peerId } = peer.record;
    const ready = await Promise.all(
      admitted.map(async (begun) => {
        if (!('viewing' in begun)) return { begun, uplinkId: null };
        try {
          if (checkAgain !== null) await this.#checkAgain(checkAgain, begun.item);
          return { begun, uplinkId: await this.#parts.streams.ensure(begun.record, peerId) };
        } catch (error) {
          return { begun: await this.#fail(begun, error), uplinkId: null };
        }
      }),
    );
    const orders = ready.flatMap(({ begun, uplinkId }) =>
      'viewing' in begun && uplinkId !== null && begun.viewing.state === 'starting'
        ? [{ viewingId: begun.viewing.id, uplinkId, expiresAt: begun.viewing.grantEndsAt }]
        : [],
    );
    let results = new Map<string, HostResult>();
    let failure: unknown = null;
    if (orders.length > 0) {
      try {
        const answer = await this.#parts.askHost('consumer:create', { peerId, rtpCapabilities, consumers: orders });
        results = new Map(answer.results.map((result) => [result.viewingId, result]));
      } catch (error) {
        failure = error;
      }
    }
    return Promise.all(
      ready.map(async ({ begun }) => {
        if (!('viewing' in begun)) return { begun, result: null };
        if (failure !== null) return { begun: await this.#fail(begun, failure), result: null };
        return { begun, result: results.get(begun.viewing.id) ?? null };
      }),
    );
  }

  /** A line for each refusal of the owner's, beside those of the viewing that was about to begin. */
  async #noteUnshared(
    actor: UserActor,
    admitted: readonly Begun[],
    consumed: readonly { begun: Begun }[],
  ): Promise<void> {
    const acts = consumed.flatMap(({ begun }, index) => {
      const before = admitted[index];
      const code = 'error' in begun && begun.error instanceof CodedError ? begun.error.code : null;
      const isOwners = code === 'notShared' || code === 'uploadFull';
      if (!isOwners || before === undefined || !('viewing' in before)) return [];
      const act = toAct(actor, before.viewing);
      return [{ ...act, outcome: 'refused' as const, details: { ...act.details, code } }];
    });
    // Nothing was let through: a line that cannot be written holds nobody up.
    await this.#parts.audit.recordAll(acts).catch((error: unknown) => {
      this.#parts.logger.error({ err: error }, 'A refusal of an owner could not be written down.');
    });
  }

  async #checkAgain(user: UserActor, { cameraId, incidentId }: Item): Promise<void> {
    if (!(await this.#parts.reachOf(user)).holds(cameraId)) throw new CodedError('grantNeeded');
    await this.#parts.requireGrant(user, cameraId, incidentId);
  }

  async #finish({ begun, result }: { begun: Begun; result: HostResult | null }, signal: AbortSignal): Promise<Result> {
    if (!('viewing' in begun)) return { ok: false, cameraId: begun.item.cameraId, error: toWireError(begun.error) };
    const { viewing, item } = begun;
    const { cameraId } = item;
    if (viewing.state === 'ending') {
      // It was ended while the host made its consumer, which the host was told to close before there was one.
      void this.#parts.closings.closeConsumers([viewing.id]);
      return { ok: false, cameraId, error: new CodedError('grantNeeded', 'The viewing was ended.').toWire() };
    }
    if (result?.ok !== true) {
      const error = result === null ? new CodedError('mediaUnavailable') : fromWire(result.error);
      await this.#fail(begun, error);
      return { ok: false, cameraId, error: toWireError(error) };
    }
    viewing.state = 'running';
    const { id: viewingId, streamId, grantEndsAt } = viewing;
    if (signal.aborted || this.#parts.peers.find(viewing.peerId) === null) {
      // The browser does not wait for it any more, and would never resume or close it.
      await this.#parts.ender.end([viewing], { reason: 'connectionLost' });
    } else {
      this.#parts.peers.connectionOf(viewing.peerId)?.join(topics.stream(streamId));
      this.#parts.notifier.tell(topics.supervisors(viewing.agencyId), 'viewing:started', {
        viewing: toSupervised(viewing),
      });
    }
    return { ok: true, cameraId, viewingId, streamId, grantEndsAt, consumer: result.consumer };
  }

  /** Ends the viewing of an item that came to nothing. */
  async #fail(begun: Extract<Begun, { viewing: LiveViewing }>, error: unknown): Promise<Begun> {
    if (!(error instanceof CodedError)) this.#parts.logger.error({ err: error }, 'A viewing could not begin.');
    await this.#parts.ender.end([begun.viewing], { reason: reasonOf(error) });
    return { item: begun.item, error };
  }
}

function toViewing(actor: UserActor, peer: Peer, record: StreamRecord, { grant, incident }: RunningGrant): LiveViewing {
  return {
    id: newId(),
    agencyId: actor.agencyId,
    user: actorAsUser(actor),
    sessionId: actor.sessionId,
    peerId: peer.record.peerId,
    cameraId: record.cameraId,
    cameraName: record.cameraName,
    streamId: record.streamId,
    stream: record.kind,
    incident,
    purpose: grant.purpose,
    grantId: grant.id,
    grantStartsAt: grant.startsAt,
    grantEndsAt: grant.endsAt,
    policyHash: grant.policyHash,
    startedAt: new Date().toISOString(),
    traffic: null,
    state: 'starting',
    isHidden: true,
  };
}

function toAct(actor: UserActor, viewing: LiveViewing): Act {
  const { cameraId, streamId, stream, incident, purpose } = viewing;
  return {
    type: 'viewing.started',
    outcome: 'done',
    actor,
    target: { kind: 'viewing', id: viewing.id },
    grantId: viewing.grantId,
    details: { cameraId, streamId, stream, incidentId: incident.id, incidentNumber: incident.number, purpose },
  };
}

function reasonOf(error: unknown): ViewingEndReason {
  if (!(error instanceof CodedError)) return 'mediaLost';
  if (error.code === 'incidentClosed') return 'incidentClosed';
  if (error.code === 'notShared') return 'notShared';
  return error.code === 'grantNeeded' ? 'grantEnded' : 'mediaLost';
}

function fromWire(error: { code: ConstructorParameters<typeof CodedError>[0]; message: string }): CodedError {
  return new CodedError(error.code, error.message);
}

import type { Camera } from '@commonsight/types/camera';
import type { BreakGlass, GrantRequest } from '@commonsight/types/grant-request';
import type { Grant } from '@commonsight/types/grant';
import type { Incident, TimelineEntry } from '@commonsight/types/incident';
import type { Message } from '@commonsight/types/message';
import type { PolicyProposal } from '@commonsight/types/policy';
import type { Review } from '@commonsight/types/review';
import type { NotificationOf } from '@commonsight/types/signaling/notifications';
import type { User } from '@commonsight/types/user';
import type { WitnessAlarm } from '@commonsight/types/witness';
import type { GrantEndReason } from './db/schema.ts';
import type { Logger } from './logger.ts';

/** What the services tell about records that have changed, always after the change is committed. */
export interface NoticeMap {
  incidentChanged: { agencyId: string; incident: Incident };
  incidentNoted: { agencyId: string; entry: TimelineEntry };
  grantChanged: { agencyId: string; grant: Grant };
  /** `by` and `note` when a person has ended another's grant. */
  grantEnded: { agencyId: string; grant: Grant; reason: GrantEndReason; by?: User; note?: string };
  grantRequestChanged: { agencyId: string; request: GrantRequest };
  breakGlassChanged: { agencyId: string; use: BreakGlass };
  cameraChanged: { agencyId: string; camera: Camera };
  /** However many they are: who works with cameras sees them from now on. */
  camerasConfirmed: { agencyId: string; cameraIds: readonly string[] };
  cameraGroupsChanged: { agencyId: string };
  relayRevoked: { agencyId: string; relayId: string; siteId: string };
  policyProposalChanged: { agencyId: string; proposal: PolicyProposal };
  witnessChanged: { agencyId: string; relayId: string; alarm: WitnessAlarm | null };
  reviewChanged: { agencyId: string; review: Review };
  userDisabled: { agencyId: string; userId: string };
  sessionLocked: {
    agencyId: string;
    userId: string;
    sessionId: string;
    reason: NotificationOf<'session:locked'>['reason'];
  };
  sessionUnlocked: { agencyId: string; userId: string; sessionId: string };
  /** Its device class has changed: what its connections may do is another thing now. */
  sessionChanged: { agencyId: string; userId: string; sessionId: string };
  sessionEnded: {
    agencyId: string;
    userId: string;
    sessionId: string;
    reason: NotificationOf<'session:ended'>['reason'];
    /** When a supervisor has ended it. */
    by?: User;
    note?: string;
  };
  messageSent: { agencyId: string; message: Message };
  messageAcknowledged: { agencyId: string; message: Message };
}

type Handler<Name extends keyof NoticeMap> = (notice: NoticeMap[Name]) => void | Promise<void>;

/** Carries notices from the services to the live side, within this process. A handler that fails is logged alone. */
export class Notices {
  readonly #handlers = new Map<keyof NoticeMap, Set<Handler<never>>>();
  readonly #logger: Logger;

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  /** Subscribes; returns what unsubscribes. */
  on<Name extends keyof NoticeMap>(name: Name, handler: Handler<Name>): () => void {
    const handlers = this.#handlers.get(name) ?? new Set();
    handlers.add(handler);
    this.#handlers.set(name, handlers);
    return () => void handlers.delete(handler);
  }

  /** Tells every handler; the promise resolves when all have finished, and never rejects. */
  async tell<Name extends keyof NoticeMap>(name: Name, notice: NoticeMap[Name]): Promise<void> {
    const handlers = [...(this.#handlers.get(name) ?? [])] as Handler<Name>[];
    await Promise.all(
      handlers.map(async (handler) => {
        try {
          await handler(notice);
        } catch (error) {
          this.#logger.error({ err: error, notice: name }, 'A handler of a notice failed.');
        }
      }),
    );
  }
}

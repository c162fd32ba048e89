import type { Camera } from '@commonsight/types/camera';
import type { Permission } from '@commonsight/types/permission';
import { mayBeSeenIn } from '@commonsight/types/relay/judgeSharing';
import type { NotificationOf } from '@commonsight/types/signaling/notifications';
import type { Me } from '@commonsight/types/user';
import { keptJustifications } from '../grant/keptJustifications.ts';
import { createNoteDrafts } from '../incident/noteDrafts.ts';
import { WallMedia } from '../media/WallMedia.ts';
import { localNowMs, ServerClock } from '../signaling/ServerClock.ts';
import type { SignalingClient } from '../signaling/SignalingClient.ts';
import { alertOfCamera, createAlertsStore } from './alerts.ts';
import { createAttentionStore } from './attention.ts';
import { createBreakGlassStore } from './breakGlass.ts';
import { createCamerasStore, streamHealth } from './cameras.ts';
import { type ConfigState, createConfigStore } from './config.ts';
import { createConnectionStore } from './connection.ts';
import { followWall } from './followWall.ts';
import { followGrantRequests } from './followGrantRequests.ts';
import type { GrantFlow } from './GrantFlow.ts';
import { createGrantFlow, tileApproval } from './grantFlowOf.ts';
import { createGrantRequestsStore } from './grantRequests.ts';
import { createGrantsStore, endOfAccess } from './grants.ts';
import { handleNotifications } from './handleNotifications.ts';
import { createIncidentsStore } from './incidents.ts';
import { createMessagesStore, followMessages } from './messages.ts';
import { createPolicyStore } from './policy.ts';
import { readSnapshots } from './readSnapshots.ts';
import { createReviewsStore, readReviews } from './reviews.ts';
import { createSessionBoardStore } from './sessionBoard.ts';
import { createSitesStore, offlineSince } from './sites.ts';
import { createViewingsStore } from './viewings.ts';
import { WallControl } from './WallControl.ts';
import { createWitnessesStore } from './witnesses.ts';

export interface WorkspaceOptions {
  me: Me;
  config: ConfigState;
  signaling: SignalingClient;
  /** The connection was refused, or is there again after a gap: the session may be another than it was. */
  onDoubt: () => void;
  onSessionEnded: (end: NotificationOf<'session:ended'>) => void;
  onSessionLocked: () => void;
}

const readClockEveryMs = 30_000;

/**
 * Everything that one window of a signed-in user holds: the connection, what was read over it, and the wall. It knows
 * nothing of React; views read its stores and call its methods.
 */
export class Workspace {
  readonly me: Me;
  readonly signaling: SignalingClient;
  readonly clock: ServerClock;
  readonly config;
  readonly connection = createConnectionStore();
  readonly cameras = createCamerasStore();
  readonly sites = createSitesStore();
  readonly incidents = createIncidentsStore();
  readonly grants = createGrantsStore();
  readonly grantRequests = createGrantRequestsStore();
  readonly breakGlass = createBreakGlassStore();
  readonly policy = createPolicyStore();
  readonly viewings = createViewingsStore();
  readonly reviews = createReviewsStore();
  readonly witnesses = createWitnessesStore();
  readonly sessionBoard = createSessionBoardStore();
  readonly messages = createMessagesStore();
  readonly alerts = createAlertsStore();
  readonly attention = createAttentionStore();
  /** Justifications that are being written, by the break-glass use: closing the dialog or the page loses none. */
  readonly justificationDrafts;
  readonly wall: WallControl;
  readonly grantFlow: GrantFlow;
  readonly media: WallMedia;
  readonly #stops: (() => void)[] = [];
  readonly #onDoubt: () => void;
  #isLocked = false;
  #isSupervising = false;
  #isClosed = false;

  private constructor(options: WorkspaceOptions) {
    this.me = options.me;
    this.signaling = options.signaling;
    this.justificationDrafts = createNoteDrafts(keptJustifications(sessionStorage, options.me.session.id));
    this.#onDoubt = options.onDoubt;
    this.config = createConfigStore(options.config);
    this.clock = ServerClock.create(options.signaling);
    this.wall = WallControl.create(options.signaling);
    this.grantFlow = createGrantFlow(this);
    this.media = this.#createMedia();
  }

  static create(options: WorkspaceOptions): Workspace {
    const workspace = new Workspace(options);
    workspace.#stops.push(handleNotifications(workspace));
    workspace.#handleConnection();
    workspace.#keepClock();
    workspace.#stops.push(
      followWall(workspace),
      followGrantRequests(workspace),
      followMessages(workspace.messages, options.signaling),
    );
    workspace.#handleReturns();
    options.signaling.on('session:ended', (end) => options.onSessionEnded(end));
    options.signaling.on('session:locked', () => options.onSessionLocked());
    options.signaling.open();
    return workspace;
  }

  can(permission: Permission): boolean {
    return this.me.permissions.includes(permission);
  }

  /**
   * While the session is locked no picture is on the page and nothing is asked; the wall, the selection and what is open
   * stay as they are. After that the connection is made anew, with the cookie that the session has now (SES3).
   */
  setLocked(isLocked: boolean): void {
    if (this.#isLocked === isLocked) return;
    this.#isLocked = isLocked;
    this.media.setLocked(isLocked);
    if (!isLocked) this.signaling.redial();
  }

  /** Follows every viewing of the agency from now on, also after a lost connection. */
  async supervise(): Promise<void> {
    this.#isSupervising = true;
    await this.#readSupervised();
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    for (const stop of this.#stops) stop();
    this.media.close();
    this.signaling.close();
  }

  #createMedia(): WallMedia {
    const { cameras, sites } = this;
    return WallMedia.create({
      signaling: this.signaling,
      nowMs: localNowMs,
      serverOffsetMs: () => this.clock.offsetMs,
      mayView: this.can('camera.view'),
      // Until the cameras are read nothing says that one is not there.
      isKnownCamera: (id) => !cameras.getState().isLoaded || cameras.getState().byId.has(id),
      health: (id, stream) => streamHealth(cameras.getState().byId.get(id), stream),
      relayOfflineSince: (id) => {
        const camera = cameras.getState().byId.get(id);
        return camera === undefined ? null : offlineSince(sites.getState().byId.get(camera.siteId));
      },
      accessEnd: (cameraId, incidentId) =>
        endOfAccess(this.grants.getState(), { cameraId, incidentId }, this.clock.nowMs()),
      approval: (cameraId, incidentId) => tileApproval(this, cameraId, incidentId),
      onGrantNeeded: (targets) => {
        for (const [incidentId, group] of Map.groupBy(targets, (target) => target.incidentId)) {
          this.grantFlow.needed(
            incidentId,
            group.map((target) => target.cameraId),
          );
        }
      },
    });
  }

  #handleReturns(): void {
    this.signaling.on('camera:healthChanged', ({ cameraId, health }) => {
      if (health.state === 'live') this.media.cameraReturned((id) => id === cameraId);
    });
    // The store takes it in with others a moment later.
    this.signaling.on('camera:sharingChanged', ({ cameraId, sharingMode }) =>
      this.#reopenShared((camera) => (camera.id === cameraId ? sharingMode : null)),
    );
    this.signaling.on('alert:changed', ({ alert }) =>
      this.#reopenShared((camera) =>
        camera.siteId === alert.siteId && camera.sharingMode === 'onAlert' ? 'onAlert' : null,
      ),
    );
    this.signaling.on('relay:changed', ({ siteId, isOnline }) => {
      const { byId } = this.cameras.getState();
      if (isOnline) this.media.cameraReturned((id) => byId.get(id)?.siteId === siteId);
    });
  }

  /**
   * What an owner shares now, always or by an alert, comes back. `modeOf` says what is known of a camera; null for one of
   * which nothing is news, and which may not be asked for again: each question leaves a line.
   */
  #reopenShared(modeOf: (camera: Camera) => Camera['sharingMode'] | null): void {
    const { byId } = this.cameras.getState();
    const alerts = this.alerts.getState();
    const nowMs = this.clock.nowMs();
    this.media.camerasShared((id) => {
      const camera = byId.get(id);
      const sharingMode = camera === undefined ? null : modeOf(camera);
      if (camera === undefined || sharingMode === null) return false;
      return mayBeSeenIn(sharingMode, alertOfCamera(alerts, { ...camera, sharingMode }, nowMs) !== null);
    });
  }

  /** Clocks drift; a reading now and then keeps the measured delay true. */
  #keepClock(): void {
    const timer = setInterval(() => void this.clock.synchronise(2), readClockEveryMs);
    this.#stops.push(() => clearInterval(timer));
  }

  #handleConnection(): void {
    this.signaling.onConnectionChange((change) => {
      if (change.state === 'connected') {
        this.connection.setState({ state: 'connected' }, true);
        // Meanwhile the session may have been locked, unlocked in another window or made a wall display.
        if (change.isAgain) this.#onDoubt();
        this.clock.forget();
        this.media.handleConnected();
        void this.#readEverything();
        return;
      }
      if (change.state === 'refused') this.#onDoubt();
      const before = this.connection.getState();
      if (before.state !== 'lost') this.connection.setState({ state: 'lost', sinceMs: Date.now() }, true);
    });
  }

  async #readEverything(): Promise<void> {
    await Promise.all([
      this.wall.rejoin(),
      this.clock.synchronise(),
      readSnapshots(this).then(() => this.#reopenShared(({ sharingMode }) => sharingMode)),
      this.#isSupervising ? this.#readSupervised() : null,
    ]);
  }

  /** Reviews after viewings: only who follows these is told of changed reviews. */
  async #readSupervised(): Promise<void> {
    await this.#readViewings();
    if (this.can('review.list')) await readReviews(this.reviews, this.signaling);
  }

  async #readViewings(): Promise<void> {
    const answer = await this.signaling.request('viewing:supervise', {});
    if (answer.ok) {
      this.viewings.setState({ isLoaded: true, byId: new Map(answer.value.viewings.map((v) => [v.id, v])) });
    }
  }
}

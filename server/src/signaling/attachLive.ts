import { endsAlert } from '@commonsight/types/alert';
import { controlNamespace } from '@commonsight/types/control/control';
import { relayNamespace } from '@commonsight/types/relay/relay-link';
import { Alerts } from '../alerts/Alerts.ts';
import { OwnerAlerts } from '../alerts/OwnerAlerts.ts';
import { addAlertRoutes } from '../alerts/routes.ts';
import { ToldAlerts } from '../alerts/ToldAlerts.ts';
import type { Streams } from '../streams/Streams.ts';
import { trustedOrigins } from '../config.ts';
import type { Live, LiveContext } from '../live.ts';
import { Outages } from '../push/Outages.ts';
import { isProxyOf } from '../proxies.ts';
import { RelayCameras } from '../relay-cameras/RelayCameras.ts';
import { addRelayCameraRoutes } from '../relay-cameras/routes.ts';
import { type AskRelay, RelayLinks } from '../relay-link/RelayLinks.ts';
import { Previews } from '../previews/Previews.ts';
import { addPreviewRoutes } from '../previews/routes.ts';
import { relayUser } from '../relay-link/relayUser.ts';
import { RepeatingJob } from '../RepeatingJob.ts';
import { SessionBoard } from '../session-board/SessionBoard.ts';
import { SfuLink } from '../sfu-link/SfuLink.ts';
import { hostUser } from '../sfu-link/hostUser.ts';
import { createStreams } from '../streams/createStreams.ts';
import { createViewings } from '../viewings/createViewings.ts';
import { addViewingRoutes } from '../viewings/routes.ts';
import { createWalls } from '../walls/createWalls.ts';
import { addWallRoutes } from '../walls/routes.ts';
import { presenceRefreshMs } from '../walls/WallPresence.ts';
import { OwnerHealth } from '../sharing/OwnerHealth.ts';
import { OwnerSharing } from '../sharing/OwnerSharing.ts';
import { addOwnerRoutes } from '../sharing/routes.ts';
import { ToldSharing } from '../sharing/ToldSharing.ts';
import { listCameras } from '../cameras/cameraRepository.ts';
import { BackgroundWork } from '../BackgroundWork.ts';
import { CameraTopics } from './CameraTopics.ts';
import { Connections } from './Connections.ts';
import { createSocketServer } from './createSocketServer.ts';
import { Dispatcher, type SignalingHandlers } from './Dispatcher.ts';
import { forwardNotices } from './forwardNotices.ts';
import { LiveState } from './LiveState.ts';
import { MessageCounters } from './MessageCounters.ts';
import { Notifier } from './Notifier.ts';
import { serveBrowsers } from './serveBrowsers.ts';
import { endedBecause, SessionWatch } from './SessionWatch.ts';
import { topics } from './topics.ts';

const streamGraceMs = 10_000;
const peerGraceMs = 20_000;
const upkeepMs = 5_000;
const peerRewriteMs = 60_000;
const refusedRelaysMs = 60_000;
const outagesMs = 5 * 60_000;
/** What changes a session on the board besides its connections, screens and viewings. */
const boardNotices = [
  'sessionLocked',
  'sessionUnlocked',
  'sessionChanged',
  'sessionEnded',
  'messageSent',
  'messageAcknowledged',
] as const;

/** Builds the live side on the records' side: routes and sockets are registered before the app listens. */
export async function attachLive(context: LiveContext): Promise<Live> {
  const { app, config, logger, db, redis, access, audit, sessions, services, notices } = context;
  const isProxy = isProxyOf(config.trustedProxies);
  const io = createSocketServer(app.server, { origins: trustedOrigins(config.publicUrl), isProxy });
  const notifier = new Notifier(io);
  const state = new LiveState(redis);
  const background = new BackgroundWork(logger);
  const counters = new MessageCounters();
  const connections = new Connections((agencyId) => board.changed(agencyId));
  let isClosing = false;

  // Streams, viewings and links know each other; each is reached through a function, and all stand before the first call.
  const viewing = createViewings({
    db,
    access,
    audit,
    grants: services.grants,
    sessions,
    notifier,
    state,
    background,
    host: () => sfu,
    streams: () => streams,
    onChanged: (agencyId) => board.changed(agencyId),
    peerGraceMs,
    logger,
  });
  const { viewings, peers, ender, closings } = viewing;
  const streams: Streams = createStreams({
    db,
    notifier,
    signer: services.signer,
    viewings,
    registry: viewing.registry,
    host: () => sfu,
    relays: () => relays,
    graceMs: streamGraceMs,
    logger,
  });
  const {
    walls,
    presence,
    nameWalls,
    handlers: wallHandlers,
  } = createWalls({
    db,
    access,
    audit,
    incidents: services.incidents,
    state,
    notifier,
    onPresenceChanged: (agencyId) => board.changed(agencyId),
  });
  const board: SessionBoard = new SessionBoard({
    sessions: services.operatorSessions,
    connections,
    presence,
    registry: viewing.registry,
    wallNames: nameWalls,
    background,
  });
  const askRelay: AskRelay = (...asked) => relays.ask(...asked);
  const { links, ownerDoor: door } = services;
  const previews = new Previews({
    audit,
    links,
    door,
    streams,
    askHost: (...asked) => sfu.ask(...asked),
    askRelay,
    closings,
    background,
  });
  const isActive = () => !isClosing;
  const sfu: SfuLink = new SfuLink({
    namespace: io.of(controlNamespace),
    secret: config.sfuLinkSecret,
    user: hostUser({
      viewings,
      streams,
      previews,
      peers,
      store: viewing.store,
      sessions,
      state,
      closings,
      background,
      isActive,
    }),
    isProxy,
    logger,
  });
  const told = new ToldSharing({ db, audit, notifier, documentTold: (speaking) => toldAlerts.documentTold(speaking) });
  const ownerSharing = new OwnerSharing({ db, audit, links, door, told, askRelay });
  const pushed = services.push.messages;
  const toldAlerts: ToldAlerts = new ToldAlerts({ db, audit, notifier, background, push: pushed, askRelay });
  const relays: RelayLinks = new RelayLinks({
    namespace: io.of(relayNamespace),
    verifyHello: async (hello, sourceAddress) => {
      const { relay } = await services.relays.verifyHello(hello, sourceAddress);
      return { relayId: relay.id, agencyId: relay.agencyId, siteId: relay.siteId, sourceAddress };
    },
    user: relayUser({
      records: services.relays,
      witnesses: services.witnesses,
      told,
      push: services.push.subscriptions,
      ownerSharing,
      toldAlerts,
      streams,
      previews,
      notifier,
      background,
      isActive,
    }),
    isProxy,
    logger,
  });

  const watch = new SessionWatch({ sessions, connections, peers, registry: viewing.registry, viewings });
  const handlers: SignalingHandlers = {
    'clock:read': async () => ({ serverTimeMs: Date.now() }),
    ...wallHandlers,
    ...viewing.handlers,
    'session:supervise': async ({ actor, connection }) => ({ sessions: await board.follow(actor, connection) }),
  };
  const cameraTopics = new CameraTopics({
    reachOf: (user) => access.reachOf(user, 'camera.list'),
    camerasOf: async (agencyId) => (await listCameras(db, agencyId)).map((row) => row.id),
    connections,
  });
  serveBrowsers({
    cameraTopics,
    namespace: io.of('/'),
    sessions,
    audit,
    dispatcher: new Dispatcher({ handlers, access, counters, logger, limits: context.limits, turns: app.turns }),
    turns: app.turns,
    connections,
    counters,
    isProxy,
    onSessionOver: (sessionId) => watch.endSession(sessionId, endedBecause('expired')),
    onClosed: (connection, hasLeft) => {
      if (isClosing) return;
      peers.connectionClosed(connection.id, hasLeft);
      background.run('leave walls', presence.connectionClosed(connection.id));
    },
    logger,
  });
  addRelayCameraRoutes(app, new RelayCameras({ db, access, ask: relays.ask }));
  addWallRoutes(app, walls);
  addViewingRoutes(app, viewings);
  addOwnerRoutes(app, {
    sharing: ownerSharing,
    health: new OwnerHealth({ db, links, askRelay, readings: { streamHealth: (id) => streams.healthOf(id) } }),
  });
  addPreviewRoutes(app, previews);
  addAlertRoutes(app, {
    alerts: new Alerts({ db, access, incidents: services.incidents, told: toldAlerts }),
    ownerAlerts: new OwnerAlerts({ db, audit, door, told: toldAlerts, askRelay, logger }),
  });

  const unsubscribes = [
    forwardNotices(notices, notifier),
    notices.on('incidentChanged', async ({ agencyId, incident }) => {
      if (endsAlert(incident)) await toldAlerts.incidentClosed(agencyId, incident.id);
    }),
    notices.on('grantChanged', ({ grant }) => viewings.grantChanged(grant)),
    notices.on('grantEnded', async ({ grant, reason, by, note }) => {
      await viewings.grantEnded(grant.id, reason, { by, note });
      streams.grantEnded(grant.cameraIds);
    }),
    notices.on('cameraChanged', ({ camera }) => streams.camerasChanged([camera.id])),
    notices.on('camerasConfirmed', async ({ agencyId, cameraIds }) => {
      await streams.camerasChanged(cameraIds);
      await cameraTopics.joinAgain(agencyId);
      // Who reads them now misses nothing that is told of them from here on.
      notifier.tell(topics.holders(agencyId, 'camera.list'), 'cameras:changed', {});
    }),
    notices.on('cameraGroupsChanged', ({ agencyId }) => cameraTopics.joinAgain(agencyId)),
    notices.on('cameraGroupsChanged', ({ agencyId }) => viewings.reachChanged(agencyId)),
    notices.on('relayRevoked', (relay) => {
      streams.relayRevoked(relay);
      previews.relayGone(relay.relayId);
      relays.refuse(relay.relayId);
    }),
    notices.on('sessionLocked', async ({ sessionId, reason }) => {
      try {
        await viewings.sessionLocked(sessionId);
      } finally {
        connections.lockSession(sessionId, reason);
      }
    }),
    notices.on('sessionUnlocked', ({ sessionId }) =>
      connections.unlockSession(sessionId, context.limits.unlockBreakMs),
    ),
    notices.on('sessionChanged', ({ sessionId }) => connections.breakSession(sessionId)),
    notices.on('sessionEnded', ({ sessionId, reason, by, note }) =>
      watch.endSession(sessionId, { reason, by: by ?? null, note: note ?? null }),
    ),
    notices.on('userDisabled', ({ userId }) => connections.endUser(userId, endedBecause('userDisabled'))),
    ...boardNotices.map((name) => notices.on(name, ({ agencyId }) => board.changed(agencyId))),
  ];
  state.onReturned(() => background.run('write peers again', peers.rewrite()));
  state.onReturned(() => background.run('write presence again', presence.refresh()));

  const outages = new Outages({ db, askRelay, ...services.push });

  await streams.load();
  await viewings.load();

  const every = (periodMs: number, name: string, run: () => Promise<unknown>) =>
    RepeatingJob.every(periodMs, name, { logger, run });
  const jobs = [
    every(SessionWatch.periodMs, 'sessions of connections', () => watch.checkAll()),
    every(SessionBoard.periodMs, 'board of sessions', () => board.tellAll()),
    every(presenceRefreshMs, 'wall presence', () => presence.refresh()),
    every(peerRewriteMs, 'peers in Redis', () => peers.rewrite()),
    every(refusedRelaysMs, 'refused relays', () => services.relays.writeStaleHellos()),
    every(outagesMs, 'outages', () => outages.run(new Date())),
    every(upkeepMs, 'ends of viewings', async () => {
      if (sfu.isReady) await closings.closeLeft();
      await ender.writeEnds();
      const dropped = counters.takeReport();
      if (dropped !== null) logger.warn({ dropped }, 'Messages of browsers were not served.');
    }),
  ];

  return {
    readings: {
      streamHealth: (streamId) => streams.healthOf(streamId),
      watchers: (cameraId) => viewings.watchersOf(cameraId),
      isSfuConnected: () => sfu.isReady,
    },
    close: async () => {
      if (isClosing) return;
      isClosing = true;
      for (const unsubscribe of unsubscribes) unsubscribe();
      // As a broken network would: browsers, host and relays dial again, and find the next server.
      io.engine.close();
      board.close();
      streams.close();
      previews.close();
      peers.close();
      await Promise.all(jobs.map((job) => job.close()));
      await background.settle();
      await ender.writeEnds();
      await services.relays
        .writeStaleHellos()
        .catch((error: unknown) => logger.warn({ err: error }, 'Refused relays could not be written down.'));
      state.close();
    },
  };
}

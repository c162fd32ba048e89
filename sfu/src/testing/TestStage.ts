import { randomUUID } from 'node:crypto';
import type { ControlRequests } from '@commonsight/types/control/control';
import type { Id } from '@commonsight/types/ids';
import { pino } from 'pino';
import type { z } from 'zod';
import { createHost, type Host } from '../app.ts';
import { findFreePorts } from './freePorts.ts';
import { linkSecret, TestServer } from './TestServer.ts';
import { TestRelay, type TestStream } from './TestRelay.ts';
import { TestViewer } from './TestViewer.ts';

type ControlAnswer<K extends keyof ControlRequests> = z.output<ControlRequests[K]['response']>;

export interface StagedUplink {
  uplinkId: Id;
  streamId: Id;
  stream: TestStream;
}

type Answered = ControlAnswer<'consumer:create'>['results'][number];
type Created = Extract<Answered, { ok: true }> & { expiresAt: string };

export interface WatchOptions {
  peerId?: Id;
  expiresAt?: string;
  /** Consumers are created paused; this resumes them when the viewer is there. */
  isResumed?: boolean;
  /** The viewer's certificate is not the one that the SFU is told. */
  isImpostor?: boolean;
}

export interface Watching {
  peerId: Id;
  viewer: TestViewer;
  transport: ControlAnswer<'peer:createTransport'>;
  consumers: [Created, ...Created[]];
}

/** A host with real workers, a server that asks it, a relay that sends to it and viewers that look. */
export class TestStage {
  readonly host: Host;
  readonly relay: TestRelay;
  server: TestServer;
  readonly #viewers: TestViewer[] = [];

  static async open({ workerCount = 1 } = {}): Promise<TestStage> {
    const [server, relay, webRtcPort] = await Promise.all([
      TestServer.open(),
      TestRelay.open(),
      findFreePorts(workerCount),
    ]);
    const host = await createHost({
      config: {
        serverUrl: server.url,
        linkSecret,
        listenAddress: '127.0.0.1',
        announcedAddress: undefined,
        webRtcPort,
        uplinkPorts: { min: 31_000, max: 31_999 },
        workerCount,
      },
      log: pino({ level: process.env['LOG_LEVEL'] ?? 'silent' }),
    });
    return new TestStage(host, server, relay);
  }

  private constructor(host: Host, server: TestServer, relay: TestRelay) {
    this.host = host;
    this.server = server;
    this.relay = relay;
  }

  /** Opens and connects an uplink whose relay sends. */
  async openUplink(nearPeerId: Id | null = null): Promise<StagedUplink> {
    const [uplinkId, streamId] = [randomUUID(), randomUUID()];
    const target = await this.server.ask('uplink:open', { uplinkId, streamId, nearPeerId });
    const stream = await this.relay.createStream(target);
    await this.connectUplink(uplinkId, stream);
    return { uplinkId, streamId, stream };
  }

  async connectUplink(uplinkId: Id, stream: TestStream): Promise<void> {
    const { srtpParameters, rtpParameters } = stream;
    await this.server.ask('uplink:connect', {
      uplinkId,
      srtpParameters: { cryptoSuite: 'AEAD_AES_256_GCM', keyBase64: srtpParameters.keyBase64 },
      rtpParameters,
    });
    stream.start();
  }

  async openPeer(): Promise<Id> {
    const peerId = randomUUID();
    await this.server.ask('peer:open', { peerId });
    return peerId;
  }

  /** A peer, new unless it is given, whose viewer receives the given uplinks. */
  async watch(
    uplinkIds: Id[],
    { peerId: givenPeerId, expiresAt = inMs(3_600_000), isResumed = true, isImpostor = false }: WatchOptions = {},
  ): Promise<Watching> {
    const peerId = givenPeerId ?? (await this.openPeer());
    const transport = await this.server.ask('peer:createTransport', { peerId });
    const { routerRtpCapabilities } = await this.server.ask('peer:open', { peerId });
    const { results } = await this.server.ask('consumer:create', {
      peerId,
      rtpCapabilities: routerRtpCapabilities,
      consumers: uplinkIds.map((uplinkId) => ({ viewingId: randomUUID(), uplinkId, expiresAt })),
    });
    const [first, ...others] = results.map((result) => {
      if (!result.ok) throw new Error(`The consumer is refused with ${result.error.code}.`);
      return { ...result, expiresAt };
    });
    if (first === undefined) throw new Error('There is nothing to watch.');
    const consumers: Watching['consumers'] = [first, ...others];

    const viewer = new TestViewer();
    this.#viewers.push(viewer);
    const dtlsParameters = await viewer.answer(
      transport,
      consumers.map(({ consumer }) => consumer),
    );
    if (isImpostor) dtlsParameters.fingerprints = transport.dtlsParameters.fingerprints;
    await this.server.ask('peer:connectTransport', { peerId, transportId: transport.id, dtlsParameters });
    const viewingIds = consumers.map(({ viewingId }) => viewingId);
    if (isResumed) await this.server.ask('consumer:resume', { viewingIds });
    return { peerId, viewer, transport, consumers };
  }

  snapshot() {
    return this.server.ask('host:snapshot', {});
  }

  async close(): Promise<void> {
    for (const viewer of this.#viewers) viewer.close();
    await Promise.all([this.host.close(), this.relay.close()]);
    await this.server.close();
  }
}

/** A moment as the wire has it. */
export function inMs(ms: number): string {
  return new Date(Date.now() + ms).toISOString();
}

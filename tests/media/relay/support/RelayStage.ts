import { randomUUID } from 'node:crypto';
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StreamHealth } from '@commonsight/types/health';
import type { SignedGrant } from '@commonsight/types/relay/signed-grant';
import { FarEnd, type FarUplink } from './FarEnd.ts';
import { RelayProcess } from './RelayProcess.ts';
import { enrolmentCode, StandInServer } from './StandInServer.ts';
import { waitFor } from './waitFor.ts';

export interface StagedCamera {
  readonly host?: string;
  readonly port: number;
  readonly username?: string;
  readonly password?: string;
  readonly transport?: 'tcp' | 'udp' | 'auto';
  readonly streams: { readonly main?: string; readonly sub?: string };
  readonly onvif?: { readonly port: number };
}

/** A relay process between cameras and a far end, with a server that the test plays. */
export class RelayStage {
  readonly server: StandInServer;
  readonly farEnd: FarEnd;
  readonly folder: string;
  relay: RelayProcess;
  readonly #cameras = new Map<string, StagedCamera>();
  #writing: Promise<void> = Promise.resolve();

  static async open(env: Record<string, string> = {}): Promise<RelayStage> {
    const server = await StandInServer.open();
    const folder = await mkdtemp(join(tmpdir(), 'relay-stage-'));
    const args = ['enrol', '--server', server.url, '--code', enrolmentCode, '--folder', folder];
    const enrolled = await RelayProcess.run(args);
    if (enrolled.exitCode !== 0) throw new Error(`The relay did not enrol: ${enrolled.output}`);
    const relay = new RelayProcess(['run', '--folder', folder], env);
    const stage = new RelayStage(server, await FarEnd.open(), folder, relay);
    await server.untilConnected();
    return stage;
  }

  private constructor(server: StandInServer, farEnd: FarEnd, folder: string, relay: RelayProcess) {
    this.server = server;
    this.farEnd = farEnd;
    this.folder = folder;
    this.relay = relay;
  }

  /** Writes the camera into the relay's folder and gives its id. Tests do this side by side; the writes take turns. */
  async addCamera(camera: StagedCamera, cameraId: string = randomUUID()): Promise<string> {
    this.#cameras.set(cameraId, camera);
    this.#writing = this.#writing.then(() => this.#writeCameras());
    await this.#writing;
    return cameraId;
  }

  async start(
    cameraId: string,
    options: { kind?: 'main' | 'sub'; grants?: SignedGrant[] } = {},
  ): Promise<StagedStream> {
    const stream = new StagedStream(this, cameraId, options.kind ?? 'sub');
    await stream.start(options.grants);
    return stream;
  }

  /** As a whole or not at all, because the relay may read at any moment. */
  async #writeCameras(): Promise<void> {
    const cameras = [...this.#cameras].map(([id, { host = '127.0.0.1', ...rest }]) => [id, { host, ...rest }]);
    const part = join(this.folder, randomUUID());
    await writeFile(part, JSON.stringify({ cameras: Object.fromEntries(cameras) }), { mode: 0o600 });
    await rename(part, join(this.folder, 'cameras.json'));
  }

  async restartRelay(signal: 'SIGTERM' | 'SIGKILL', env: Record<string, string> = {}): Promise<void> {
    await this.relay.end(signal);
    this.relay = new RelayProcess(['run', '--folder', this.folder], env);
    const { connections } = this.server;
    await waitFor('the relay connects again', () => this.server.connections > connections);
  }

  async close(): Promise<void> {
    await this.relay.end();
    this.farEnd.close();
    await this.server.close();
    await rm(this.folder, { recursive: true });
  }
}

/** One stream that the server asked for, from the relay's words about it to what arrives at the far end. */
export class StagedStream {
  readonly streamId = randomUUID();
  readonly cameraId: string;
  readonly kind: 'main' | 'sub';
  readonly #stage: RelayStage;
  uplink!: FarUplink;

  constructor(stage: RelayStage, cameraId: string, kind: 'main' | 'sub') {
    this.#stage = stage;
    this.cameraId = cameraId;
    this.kind = kind;
  }

  /** Starts it, or gives it a new uplink. `proxyPort`: where the relay sends instead of to the far end itself. */
  async start(grants?: SignedGrant[], openProxy?: (port: number) => Promise<number>): Promise<void> {
    const before = this.uplink as FarUplink | undefined;
    this.uplink = await this.#stage.farEnd.openUplink();
    try {
      await this.#begin(grants, openProxy);
    } catch (error) {
      // A stream that is refused is asked for again and again: each has opened a socket.
      this.uplink.close();
      throw error;
    }
    before?.close();
  }

  async #begin(grants?: SignedGrant[], openProxy?: (port: number) => Promise<number>): Promise<void> {
    const proxyPort = await openProxy?.(this.uplink.port);
    const started = await this.#stage.server.ask('stream:start', {
      streamId: this.streamId,
      cameraId: this.cameraId,
      kind: this.kind,
      uplink: this.uplink.target(proxyPort),
      grants: grants ?? [this.#stage.server.signGrant(this.cameraId)],
    });
    await this.uplink.connect(started);
  }

  /** Everything that the relay said of the stream's health, in order. */
  get healths(): StreamHealth[] {
    return this.#stage.server.told.flatMap((told) =>
      told.name === 'stream:healthChanged' && told.notification.streamId === this.streamId
        ? [told.notification.health]
        : [],
    );
  }

  get stopReason(): string | undefined {
    const told = this.#stage.server.told.find(
      ({ name, notification }) => name === 'stream:stopped' && notification.streamId === this.streamId,
    );
    return told?.name === 'stream:stopped' ? told.notification.reason : undefined;
  }

  async untilHealth<S extends StreamHealth['state']>(
    state: S,
    holds: (health: Extract<StreamHealth, { state: S }>) => boolean = () => true,
  ): Promise<Extract<StreamHealth, { state: S }>> {
    return waitFor(`${state}, after ${JSON.stringify(this.healths.at(-1))}`, () => {
      const health = this.healths.at(-1);
      if (health?.state !== state) return undefined;
      const wanted = health as Extract<StreamHealth, { state: S }>;
      return holds(wanted) ? wanted : undefined;
    });
  }

  /** Waits for more packets than there are now. */
  async untilMorePackets(count = 60): Promise<void> {
    const before = this.uplink.packets.length;
    await waitFor(`${count} more packets`, () => this.uplink.packets.length >= before + count);
  }

  async stop(): Promise<void> {
    await this.#stage.server.ask('stream:stop', { streamId: this.streamId });
    this.uplink.close();
  }
}

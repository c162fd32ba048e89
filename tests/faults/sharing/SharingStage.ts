import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ownerProof, pairingCodeSchema } from '@commonsight/types/relay/pairing';
import type { AlertAct, AlertState, SignedAlertOrder } from '@commonsight/types/relay/alert';
import type { PreviewOrder, SignedPreviewOrder } from '@commonsight/types/relay/preview';
import type { SharingDocument, SharingRule, SignedSharing } from '@commonsight/types/relay/sharing';
import { makeClip } from '../../support/camera-simulator/clips/makeClip.ts';
import { type Simulator, startSimulator } from '../../support/camera-simulator/startSimulator.ts';
import { RelayProcess } from '../../media/relay/support/RelayProcess.ts';
import { CuttableLink } from './CuttableLink.ts';
import { movableClock } from './movableClock.ts';
import { canonical, OwnerDevice } from './OwnerDevice.ts';
import { RelayStage } from '../../media/relay/support/RelayStage.ts';

const scene = 1;

/** `camera` is what runs watch; `shared` is for streams that may flow beside it. */
type CameraName = 'camera' | 'shared';

/** A real relay with simulated cameras, a server that the run plays, and an owner who is paired over that server. */
export class SharingStage {
  readonly relay: RelayStage;
  readonly simulator: Simulator;
  /** The relay's way to its server. */
  readonly link: CuttableLink;
  readonly serverPort: number;
  readonly owner = new OwnerDevice();
  readonly #stranger = new OwnerDevice();
  #version = 0;

  static async open(): Promise<SharingStage> {
    await makeClip({ scene, stream: 'sub', keyFrameIntervalSeconds: 2, variant: 'normal' });
    const simulator = await startSimulator({
      cameras: [
        { name: 'camera', scene },
        { name: 'shared', scene },
      ],
    });
    const relay = await RelayStage.open({ LOG_LEVEL: 'info' });
    const link = await CuttableLink.open(relay.server.port);
    const stage = new SharingStage(relay, simulator, link);
    await stage.pair(stage.owner);
    return stage;
  }

  private constructor(relay: RelayStage, simulator: Simulator, link: CuttableLink) {
    this.relay = relay;
    this.simulator = simulator;
    this.link = link;
    this.serverPort = relay.server.port;
  }

  /** Starts the relay again, on a way to its server that can be cut and with a clock that can be moved by so much. */
  async makeFallible(clockMs: number): Promise<void> {
    const path = join(this.relay.folder, 'relay.json');
    const text = await readFile(path, 'utf8');
    await writeFile(path, text.replace(`:${this.serverPort}`, `:${this.link.port}`), { mode: 0o600 });
    await this.relay.restartRelay('SIGTERM', { LOG_LEVEL: 'info', ...movableClock(clockMs) });
  }

  addCamera(name: CameraName = 'camera'): Promise<string> {
    const streams = { sub: `/${name}/sub`, main: `/${name}/sub` };
    return this.relay.addCamera({ port: this.simulator.port, streams });
  }

  /** How often the watched camera was pulled since the start. */
  get pulls(): number {
    return this.simulator.camera('camera').counters.startedPulls.sub;
  }

  /** What is shared, as a document with the next version. */
  documentOf(
    cameras: Record<string, SharingRule>,
    others: SharingRule,
    changed: Partial<SharingDocument> = {},
  ): SharingDocument {
    return {
      format: 'commonsight-sharing-1',
      relayId: this.relay.server.relayId,
      version: (this.#version += 1),
      issuedAt: new Date().toISOString(),
      timeZone: 'America/Chicago',
      default: others,
      cameras,
      ...changed,
    };
  }

  /** The same, signed by an owner. */
  sign(
    cameras: Record<string, SharingRule>,
    others: SharingRule,
    changed: Partial<SharingDocument> = {},
  ): SignedSharing {
    return this.owner.seal(Buffer.from(canonical(this.documentOf(cameras, others, changed))));
  }

  async offer(signed: SignedSharing): Promise<void> {
    await this.relay.server.ask('sharing:offer', { signed });
  }

  /** Whether the relay has said that it ended the stream by itself. */
  hasStopped(streamId: string): boolean {
    return this.relay.server.told.some(
      ({ name, notification }) => name === 'stream:stopped' && notification.streamId === streamId,
    );
  }

  /** The document in force as the relay keeps it on its disk. */
  inForce(): Promise<string> {
    return readFile(join(this.relay.folder, 'sharing', 'sharing.json'), 'utf8');
  }

  /** Signs an order about the alert under a challenge that the relay gives out now. */
  async signOrder(act: AlertAct): Promise<SignedAlertOrder> {
    const { server } = this.relay;
    const { challenge } = await server.ask('alert:prepare', {});
    return this.owner.order({ relayId: server.relayId, challenge, act });
  }

  /** Signs an order and hands it over. */
  async order(act: AlertAct): Promise<AlertState> {
    const signed = await this.signOrder(act);
    const { alert } = await this.relay.server.ask('alert:order', { signed });
    if (alert === null) throw new Error('The relay has no alert to answer with.');
    return alert;
  }

  /** Makes a browser an owner's, by a code of the relay's console. */
  async pair({ publicKey: ownerKey }: OwnerDevice): Promise<void> {
    const { output } = await RelayProcess.run(['owner', 'code', '--folder', this.relay.folder]);
    const code = pairingCodeSchema.parse(/Pairing code: (\S+)/.exec(output)?.[1]);
    const transcript = { relayId: this.relay.server.relayId, ownerKey, nonce: 'n'.repeat(22) };
    const proof = await ownerProof(code, transcript);
    await this.relay.server.ask('owner:pair', { ownerKey, nonce: transcript.nonce, proof });
  }

  /** Signs that the owner wants to see a camera, under a challenge of the relay unless another one is given. */
  async signPreview(
    order: Pick<PreviewOrder, 'cameraId' | 'isBeyondSharing'> & { challenge?: string },
    options: { byStranger?: boolean } = {},
  ): Promise<SignedPreviewOrder> {
    const { server } = this.relay;
    const challenge = order.challenge ?? (await server.ask('preview:prepare', {})).challenge;
    const device = options.byStranger === true ? this.#stranger : this.owner;
    return device.preview({ relayId: server.relayId, kind: 'sub', ...order, challenge });
  }

  async close(): Promise<void> {
    this.link.close();
    await this.relay.close();
    await this.simulator.close();
  }
}

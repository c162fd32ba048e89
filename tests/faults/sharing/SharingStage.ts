import { generateKeyPairSync, sign } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ownerProof, pairingCodeSchema } from '@commonsight/types/relay/pairing';
import {
  type AlertAct,
  type AlertState,
  alertSignatureContext,
  type SignedAlertOrder,
} from '@commonsight/types/relay/alert';
import {
  type SharingDocument,
  type SharingRule,
  sharingSignatureContext,
  type SignedSharing,
} from '@commonsight/types/relay/sharing';
import { makeClip } from '../../support/camera-simulator/clips/makeClip.ts';
import { type Simulator, startSimulator } from '../../support/camera-simulator/startSimulator.ts';
import { RelayProcess } from '../../media/relay/support/RelayProcess.ts';
import { CuttableLink } from './CuttableLink.ts';
import { movableClock } from './movableClock.ts';
import { RelayStage } from '../../media/relay/support/RelayStage.ts';

const scene = 1;

/** A real relay with one simulated camera, a server that the run plays, and an owner who is paired over that server. */
export class SharingStage {
  readonly relay: RelayStage;
  readonly simulator: Simulator;
  /** The relay's way to its server. */
  readonly link: CuttableLink;
  readonly serverPort: number;
  readonly #owner = generateKeyPairSync('ed25519');
  readonly #stranger = generateKeyPairSync('ed25519');
  #version = 0;

  static async open(): Promise<SharingStage> {
    await makeClip({ scene, stream: 'sub', keyFrameIntervalSeconds: 2, variant: 'normal' });
    const simulator = await startSimulator({ cameras: [{ name: 'camera', scene }] });
    const relay = await RelayStage.open({ LOG_LEVEL: 'info' });
    const link = await CuttableLink.open(relay.server.port);
    const stage = new SharingStage(relay, simulator, link);
    await stage.#pair();
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

  addCamera(): Promise<string> {
    return this.relay.addCamera({ port: this.simulator.port, streams: { sub: '/camera/sub', main: '/camera/sub' } });
  }

  /** How often a camera was pulled since the start. */
  get pulls(): number {
    return this.simulator.camera('camera').counters.startedPulls.sub;
  }

  /** Signs what is shared, with the next version. */
  sign(
    cameras: Record<string, SharingRule>,
    others: SharingRule,
    changed: Partial<SharingDocument> & { byStranger?: boolean } = {},
  ): SignedSharing {
    const { byStranger = false, ...fields } = changed;
    const document: SharingDocument = {
      format: 'commonsight-sharing-1',
      relayId: this.relay.server.relayId,
      version: (this.#version += 1),
      issuedAt: new Date().toISOString(),
      timeZone: 'America/Chicago',
      default: others,
      cameras,
      ...fields,
    };
    const bytes = Buffer.from(canonical(document));
    const key = byStranger ? this.#stranger.privateKey : this.#owner.privateKey;
    const signature = sign(null, Buffer.concat([Buffer.from(sharingSignatureContext), bytes]), key);
    return { document: bytes.toString('base64url'), signature: signature.toString('base64url') };
  }

  async offer(signed: SignedSharing): Promise<void> {
    await this.relay.server.ask('sharing:offer', { signed });
  }

  /** Signs an order about the alert under a challenge that the relay gives out now. */
  async signOrder(act: AlertAct): Promise<SignedAlertOrder> {
    const { server } = this.relay;
    const { challenge } = await server.ask('alert:prepare', {});
    const bytes = Buffer.from(canonical({ format: 'commonsight-alert-1', relayId: server.relayId, challenge, act }));
    const signature = sign(null, Buffer.concat([Buffer.from(alertSignatureContext), bytes]), this.#owner.privateKey);
    return { order: bytes.toString('base64url'), signature: signature.toString('base64url') };
  }

  /** Signs an order and hands it over. */
  async order(act: AlertAct): Promise<AlertState> {
    const signed = await this.signOrder(act);
    const { alert } = await this.relay.server.ask('alert:order', { signed });
    if (alert === null) throw new Error('The relay has no alert to answer with.');
    return alert;
  }

  async close(): Promise<void> {
    this.link.close();
    await this.relay.close();
    await this.simulator.close();
  }

  async #pair(): Promise<void> {
    const { output } = await RelayProcess.run(['owner', 'code', '--folder', this.relay.folder]);
    const code = pairingCodeSchema.parse(/Pairing code: (\S+)/.exec(output)?.[1]);
    const ownerKey = this.#owner.publicKey.export({ format: 'der', type: 'spki' }).toString('base64url');
    const transcript = { relayId: this.relay.server.relayId, ownerKey, nonce: 'n'.repeat(22) };
    await this.relay.server.ask('owner:pair', {
      ownerKey,
      nonce: transcript.nonce,
      proof: await ownerProof(code, transcript),
    });
  }
}

/** RFC 8785 for what a sharing document holds: no numbers but whole ones, and names without signs above U+FFFF. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return `{${entries.map(([name, inner]) => `${JSON.stringify(name)}:${canonical(inner)}`).join(',')}}`;
}

import { generateKeyPairSync, sign } from 'node:crypto';
import { ownerProof, pairingCodeSchema } from '@commonsight/types/relay/pairing';
import {
  type SharingDocument,
  type SharingRule,
  sharingSignatureContext,
  type SignedSharing,
} from '@commonsight/types/relay/sharing';
import { makeClip } from '../../support/camera-simulator/clips/makeClip.ts';
import { type Simulator, startSimulator } from '../../support/camera-simulator/startSimulator.ts';
import { RelayProcess } from '../../media/relay/support/RelayProcess.ts';
import { RelayStage } from '../../media/relay/support/RelayStage.ts';

const scene = 1;

/** A real relay with one simulated camera, a server that the run plays, and an owner who is paired over that server. */
export class SharingStage {
  readonly relay: RelayStage;
  readonly simulator: Simulator;
  readonly #owner = generateKeyPairSync('ed25519');
  readonly #stranger = generateKeyPairSync('ed25519');
  #version = 0;

  static async open(): Promise<SharingStage> {
    await makeClip({ scene, stream: 'sub', keyFrameIntervalSeconds: 2, variant: 'normal' });
    const simulator = await startSimulator({ cameras: [{ name: 'camera', scene }] });
    const stage = new SharingStage(await RelayStage.open({ LOG_LEVEL: 'info' }), simulator);
    await stage.#pair();
    return stage;
  }

  private constructor(relay: RelayStage, simulator: Simulator) {
    this.relay = relay;
    this.simulator = simulator;
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

  async close(): Promise<void> {
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

import {
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  type KeyPairKeyObjectResult,
  sign,
  verify,
} from 'node:crypto';
import type { LinkHandlers } from '@commonsight/types/answer';
import type { StreamHealth } from '@commonsight/types/health';
import { answerLinkRequest } from '@commonsight/types/link';
import { relayHelloText } from '@commonsight/types/relay/enrolment';
import type { RelayHealth } from '@commonsight/types/relay/relay-health';
import {
  relayNamespace,
  type RelayNotifications,
  relayNotifications,
  type RelayRequests,
  relayRequests,
} from '@commonsight/types/relay/relay-link';
import { type GrantClaims, grantClaimsSchema, grantSignatureContext } from '@commonsight/types/relay/signed-grant';
import { io, type Socket } from 'socket.io-client';
import type { z } from 'zod';
import type { Db } from '../../db/Database.ts';
import { CodedError, toWireError } from '../../errors.ts';
import { newId } from '../../ids.ts';
import { until } from '../../testing/until.ts';
import { insertRelay } from '../../relays/relayRepository.ts';
import { srtpParameters } from './FakeHost.ts';
import { untilConnected } from './untilConnected.ts';

type Start = z.output<RelayRequests['stream:start']['request']>;

type SharingHandlers = {
  -readonly [
    K in
      | 'owner:pair'
      | 'sharing:offer'
      | 'camera:takeStill'
      | 'alert:prepare'
      | 'alert:order'
      | 'alert:end'
      | 'preview:prepare'
      | 'preview:start'
      | 'preview:stop'
  ]: LinkHandlers<RelayRequests>[K];
};

/** A relay without cameras: it proves its key, speaks the relay link and checks every grant as a relay must. */
export class FakeRelay {
  readonly relayId: string;
  readonly streams = new Map<string, { start: Start; claims: GrantClaims[]; health: StreamHealth }>();
  /** Names of what was asked, in its order. */
  readonly asked: (keyof RelayRequests)[] = [];
  #snapshots = 0;
  #adoptedSnapshots = 0;
  onStart: () => Promise<void> | void = () => undefined;
  readonly #pair: KeyPairKeyObjectResult;
  readonly #privateKey: KeyObject;
  readonly #publicKey: string;
  readonly #serverPublicKey: string;
  #socket: Socket | null = null;

  private constructor(serverPublicKey: string, relayId = newId(), pair = generateKeyPairSync('ed25519')) {
    this.relayId = relayId;
    this.#pair = pair;
    this.#privateKey = pair.privateKey;
    this.#publicKey = pair.publicKey.export({ type: 'spki', format: 'der' }).toString('base64url');
    this.#serverPublicKey = serverPublicKey;
  }

  /** Makes a relay that is enrolled at a site. */
  static async create(db: Db, site: { agencyId: string; siteId: string }, serverPublicKey: string): Promise<FakeRelay> {
    const relay = new FakeRelay(serverPublicKey);
    const row = { id: relay.relayId, name: 'Test relay', publicKey: relay.#publicKey, enrolledAt: new Date() };
    await insertRelay(db, { ...row, ...site });
    return relay;
  }

  /** Another process with the same key. */
  twin(): FakeRelay {
    return new FakeRelay(this.#serverPublicKey, this.relayId, this.#pair);
  }

  async connect(serverUrl: string, extraHeaders: Record<string, string> = {}): Promise<void> {
    const socket = io(`${serverUrl}${relayNamespace}`, {
      transports: ['websocket'],
      forceNew: true,
      reconnectionDelay: 50,
      reconnectionDelayMax: 100,
      extraHeaders,
      auth: (give) => void this.#prove(serverUrl).then(give, () => give({})),
    });
    this.#socket = socket;
    socket.onAny((name: string, payload: unknown, acknowledge: (answer: unknown) => void) => {
      this.asked.push(name as keyof RelayRequests);
      void answerLinkRequest(relayRequests, this.#handlers, toWireError, name, payload).then(acknowledge);
    });
    await untilConnected(socket);
  }

  /** Waits until the server has adopted a snapshot that it had not adopted when this was last asked. */
  async untilAdopted(): Promise<void> {
    await until(() => this.isConnected && this.#snapshots > this.#adoptedSnapshots);
    this.#adoptedSnapshots = this.#snapshots;
    // Messages keep their order: what answers this has taken the snapshot before.
    await this.ask('clock:read', {});
  }

  get isConnected(): boolean {
    return this.#socket?.connected ?? false;
  }

  disconnect(): void {
    this.#socket?.disconnect();
  }

  /** A process that died and started again. */
  lose(): void {
    this.disconnect();
    this.streams.clear();
  }

  /** Ends all streams by itself, as when its worker has died or their last grant has ended. */
  stopAll(reason: 'grantsEnded' | 'notShared' | 'stopped'): void {
    const stopped = [...this.streams.values()];
    this.streams.clear();
    for (const { start } of stopped) {
      const { streamId, uplink } = start;
      this.tell('stream:stopped', { streamId, uplinkId: uplink.uplinkId, reason, at: new Date().toISOString() });
    }
  }

  tell<K extends keyof RelayNotifications>(name: K, notification: z.input<RelayNotifications[K]>): void {
    this.#socket?.emit(name, relayNotifications[name].parse(notification));
  }

  /** Sends a message as it is. */
  send(name: string, ...values: unknown[]): void {
    this.#socket?.emit(name, ...values);
  }

  ask(name: string, request: unknown): Promise<unknown> {
    if (this.#socket === null) throw new Error('The relay is not connected.');
    return this.#socket.timeout(20_000).emitWithAck(name, request);
  }

  async #prove(serverUrl: string): Promise<{ relayId: string; nonce: string; signature: string }> {
    const response = await fetch(`${serverUrl}/api/relays/challenge`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ relayId: this.relayId }),
    });
    const { nonce } = (await response.json()) as { nonce: string };
    const text = relayHelloText({ relayId: this.relayId, nonce, serverPublicKey: this.#serverPublicKey });
    return {
      relayId: this.relayId,
      nonce,
      signature: sign(null, Buffer.from(text), this.#privateKey).toString('base64url'),
    };
  }

  /** What was sealed for it, and the cameras that it was asked to keep. */
  readonly tested: string[] = [];
  readonly kept: { ticket: string; cameraId: string }[] = [];
  /** What it tells of itself otherwise than a relay that is well and has no camera. */
  health: Partial<RelayHealth> = {};
  /** What its owner says; nobody is paired unless a test says so. */
  readonly sharing: SharingHandlers = {
    'owner:pair': () => Promise.reject(new CodedError('codeNotAccepted')),
    'sharing:offer': () => Promise.reject(new CodedError('notPermitted')),
    'alert:prepare': async () => ({ challenge: 'c'.repeat(43) }),
    'alert:order': () => Promise.reject(new CodedError('notPermitted')),
    'alert:end': async () => ({}),
    'camera:takeStill': () => Promise.reject(new CodedError('notPermitted')),
    'preview:prepare': async () => ({ challenge: 'c'.repeat(43) }),
    'preview:start': () => Promise.reject(new CodedError('notPermitted')),
    'preview:stop': async () => ({}),
  };

  readonly #handlers: LinkHandlers<RelayRequests> = {
    'owner:pair': (request) => this.sharing['owner:pair'](request),
    'sharing:offer': (request) => this.sharing['sharing:offer'](request),
    'alert:prepare': (request) => this.sharing['alert:prepare'](request),
    'alert:order': (request) => this.sharing['alert:order'](request),
    'alert:end': (request) => this.sharing['alert:end'](request),
    'camera:takeStill': (request) => this.sharing['camera:takeStill'](request),
    'preview:prepare': (request) => this.sharing['preview:prepare'](request),
    'preview:start': (request) => this.sharing['preview:start'](request),
    'preview:stop': (request) => this.sharing['preview:stop'](request),
    'relay:snapshot': async () => {
      this.#snapshots += 1;
      return {
        streams: [...this.streams.values()].map(({ start, health }) => ({
          streamId: start.streamId,
          cameraId: start.cameraId,
          kind: start.kind,
          uplinkId: start.uplink.uplinkId,
          health,
        })),
      };
    },
    'stream:start': async (start) => {
      await this.onStart();
      const claims = this.#checkGrants(start.grants, start.cameraId);
      if (claims.length === 0) throw new CodedError('notPermitted');
      const health = liveHealth();
      this.streams.set(start.streamId, { start, claims, health });
      const { streamId, cameraId, kind } = start;
      this.tell('stream:healthChanged', { streamId, cameraId, kind, health });
      return { srtpParameters, rtpParameters: { codecs: [] } };
    },
    'stream:replaceGrants': async ({ streamId, grants }) => {
      const stream = this.streams.get(streamId);
      if (stream === undefined) throw new CodedError('notFound');
      stream.claims = this.#checkGrants(grants, stream.start.cameraId);
      return {};
    },
    'stream:stop': async ({ streamId }) => {
      this.streams.delete(streamId);
      return {};
    },
    'camera:readSealing': async () => ({ sealingPoint: 'B'.repeat(87) }),
    'camera:discover': async () => ({
      cameras: [{ found: this.relayId, name: 'Hall', hardware: 'EX-200', location: '', isKnown: false }],
    }),
    'camera:test': async ({ sealed }) => {
      this.tested.push(sealed);
      throw new CodedError('tooManyRequests');
    },
    'relay:readHealth': async () => ({
      at: new Date().toISOString(),
      startedAt: new Date().toISOString(),
      process: { busyCores: 0.1, memoryMegabytes: 90 },
      machine: { cores: 2, load: 0.2, memoryMegabytes: 4_000, freeMemoryMegabytes: 2_000 },
      camerasFault: null,
      cameras: [],
      ...this.health,
    }),
    'camera:keep': async (request) => {
      this.kept.push(request);
      return {};
    },
  };

  /** STR3: signature, own id, camera, time. */
  #checkGrants(grants: Start['grants'], cameraId: string): GrantClaims[] {
    const key = createPublicKey({ key: Buffer.from(this.#serverPublicKey, 'base64url'), format: 'der', type: 'spki' });
    return grants.flatMap(({ claims, signature }) => {
      const text = Buffer.from(claims, 'base64url').toString();
      const isSigned = verify(
        null,
        Buffer.from(grantSignatureContext + text),
        key,
        Buffer.from(signature, 'base64url'),
      );
      const parsed = grantClaimsSchema.parse(JSON.parse(text));
      const isHere = parsed.relayId === this.relayId && parsed.cameraId === cameraId;
      return isSigned && isHere && Date.parse(parsed.endsAt) > Date.now() ? [parsed] : [];
    });
  }
}

function liveHealth(): StreamHealth {
  return { state: 'live', since: new Date().toISOString(), width: 640, height: 360, framesPerSecond: 30 };
}

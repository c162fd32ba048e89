import { createPrivateKey, sign } from 'node:crypto';
import { controlNamespace, controlNotifications } from '@commonsight/types/control/control';
import { challengeResponseSchema, relayHelloText } from '@commonsight/types/relay/enrolment';
import { relayNamespace, relayNotifications } from '@commonsight/types/relay/relay-link';
import { io, type Socket } from 'socket.io-client';
import type { z } from 'zod';
import type { Random } from '../Random.ts';
import type { Attacker, Target } from './Attacker.ts';
import { hostileValue, nearlyRight } from './hostileValues.ts';

type Namespace = typeof relayNamespace | typeof controlNamespace;

const notifications: Record<Namespace, Record<string, z.ZodType>> = {
  [relayNamespace]: relayNotifications,
  [controlNamespace]: controlNotifications,
};
const answerTimeoutMs = 15_000;

/** A relay and an SFU host that have proved who they are and then say anything, and strangers who prove nothing. */
export class LinkAttacker implements Attacker {
  readonly #target: Target;
  readonly #links = new Map<Namespace, Socket>();

  constructor(target: Target) {
    this.#target = target;
  }

  async attack(random: Random): Promise<string> {
    const namespace = random.pick<Namespace>([relayNamespace, controlNamespace]);
    if (random.happens(0.1)) return this.#knock(namespace, random);
    const link = await this.#link(namespace, random);
    if (link === null) return 'refused at the door';
    const [known, schema] = random.pick(Object.entries(notifications[namespace]));
    const name = random.happens(0.8) ? known : random.pick(['', '__proto__', 'toString', 'host:snapshot', '\ud800']);
    const payload = random.happens(0.6) ? nearlyRight(random, schema) : hostileValue(random);
    if (random.happens(0.7)) {
      link.emit(name, payload);
      return 'told';
    }
    const answer: unknown = await link
      .timeout(answerTimeoutMs)
      .emitWithAck(random.pick([name, 'clock:read']), payload)
      .catch((error: Error) => error);
    if (answer instanceof Error) return link.connected ? 'not answered' : 'disconnected';
    return 'answered';
  }

  close(): void {
    for (const link of this.#links.values()) link.disconnect();
  }

  /** Somebody without a proof. */
  async #knock(namespace: Namespace, random: Random): Promise<string> {
    const auth = random.pick([
      { secret: hostileValue(random) },
      { relayId: random.uuid(), nonce: 'n'.repeat(30), signature: hostileValue(random) },
      { filler: 'x'.repeat(random.int(1, 30_000)) },
    ]);
    const socket = this.#dial(namespace, auth);
    const isIn = await connected(socket);
    socket.disconnect();
    return isIn ? 'let in without a proof' : 'refused at the door';
  }

  async #link(namespace: Namespace, random: Random): Promise<Socket | null> {
    const known = this.#links.get(namespace);
    if (known?.connected === true) return known;
    known?.disconnect();
    const auth = namespace === controlNamespace ? { secret: this.#target.linkSecret } : await this.#hello();
    if (auth === null) return null;
    const socket = this.#dial(namespace, auth);
    // What the server asks is answered with anything as well: at times rightly, or nothing would ever be adopted.
    socket.onAny((name: string, ...values: unknown[]) => {
      const acknowledge = values.at(-1);
      if (typeof acknowledge !== 'function') return;
      acknowledge(random.happens(0.8) ? snapshotAnswer(name, random) : hostileValue(random));
    });
    this.#links.set(namespace, socket);
    return (await connected(socket)) ? socket : null;
  }

  #dial(namespace: Namespace, auth: object): Socket {
    return io(`${this.#target.url}${namespace}`, {
      transports: ['websocket'],
      forceNew: true,
      reconnection: false,
      auth: { ...auth },
    });
  }

  async #hello(): Promise<object | null> {
    const { relayId, serverPublicKey, privateKey } = this.#target.relay;
    const answer = await fetch(`${this.#target.url}/api/relays/challenge`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: this.#target.url },
      body: JSON.stringify({ relayId }),
    });
    // So many proofs a minute are asked for from one address.
    if (!answer.ok) return null;
    const { nonce } = challengeResponseSchema.parse(await answer.json());
    const key = createPrivateKey({ key: Buffer.from(privateKey, 'base64'), format: 'der', type: 'pkcs8' });
    const text = relayHelloText({ relayId, nonce, serverPublicKey });
    return { relayId, nonce, signature: sign(null, Buffer.from(text), key).toString('base64url') };
  }
}

function snapshotAnswer(name: string, random: Random): unknown {
  if (name === 'relay:snapshot') return { ok: true, value: { streams: [] } };
  if (name === 'host:snapshot') {
    return { ok: true, value: { hostId: random.uuid(), workers: [], uplinks: [], peers: [] } };
  }
  return { ok: true, value: hostileValue(random) };
}

function connected(socket: Socket): Promise<boolean> {
  return new Promise((resolve) => {
    socket.once('connect', () => resolve(true));
    socket.once('connect_error', () => resolve(false));
    // Closed after the handshake and before the answer: the socket itself says nothing then.
    socket.io.once('close', () => resolve(false));
  });
}

import type { Random } from '../Random.ts';
import type { RawTarget } from './RawWebSocket.ts';

/** What the attackers know: the address, sessions of their own, and the secrets of one relay and one SFU host. */
export interface Target extends RawTarget {
  cookies: string[];
  linkSecret: string;
  relay: { relayId: string; serverPublicKey: string; privateKey: string };
}

/** One way in. Each call sends one malformed message and answers in a word or two what came of it. */
export interface Attacker {
  attack(random: Random): Promise<string>;
  close(): void;
}

/** An address of loopback's own network: as many callers as one likes on one machine. */
export function anyLocalAddress(random: Random): string {
  return `127.${random.int(1, 254)}.${random.int(0, 254)}.${random.int(2, 254)}`;
}

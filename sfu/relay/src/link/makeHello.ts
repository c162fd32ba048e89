import { type KeyObject, sign } from 'node:crypto';
import { challengeResponseSchema, type RelayHello, relayHelloText } from '@commonsight/types/relay/enrolment';

export interface RelayProof {
  readonly serverUrl: string;
  readonly relayId: string;
  readonly deviceKey: KeyObject;
  /** As it was pinned: the proof is worth nothing at another server. */
  readonly serverPublicKey: string;
}

const timeoutMs = 5_000;

/** Asks the server for a nonce and signs it (ENR3). Throws when the server does not answer or refuses. */
export async function makeHello(proof: RelayProof, signal: AbortSignal): Promise<RelayHello> {
  const { serverUrl, relayId, deviceKey, serverPublicKey } = proof;
  const response = await fetch(new URL('/api/relays/challenge', serverUrl), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ relayId }),
    redirect: 'error',
    signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
  });
  if (!response.ok) throw new Error(`The server answers ${response.status}.`);
  const { nonce } = challengeResponseSchema.parse(await response.json());
  const text = relayHelloText({ relayId, nonce, serverPublicKey });
  return { relayId, nonce, signature: sign(null, Buffer.from(text), deviceKey).toString('base64url') };
}

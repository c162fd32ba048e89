import { ownerRoutes } from '@commonsight/types/http/owner-routes';
import { ownerProof, relayProof } from '@commonsight/types/relay/pairing';
import { ownerCall, problemOf } from '../api/ownerCall.ts';
import { toBase64url } from '../encoding/base64url.ts';
import { keepOwnerKey, makeKeyPair, noKeysHere, type OwnerKey } from './ownerKey.ts';

/**
 * Makes this browser an owner's: a new key, proved to the relay with the code from its console (in its parsed form). The
 * server in between learns neither, and what it answers in the relay's place does not pass. Gives a sentence when it fails.
 */
export async function pairBrowser(secret: string, relayId: string, code: string): Promise<OwnerKey | string> {
  let pair: Awaited<ReturnType<typeof makeKeyPair>>;
  try {
    pair = await makeKeyPair();
  } catch {
    return noKeysHere;
  }
  const { privateKey, publicKey: ownerKey } = pair;
  const nonce = toBase64url(crypto.getRandomValues(new Uint8Array(16)));
  const transcript = { relayId, ownerKey, nonce };
  const request = { ownerKey, nonce, proof: await ownerProof(code, transcript) };
  const result = await ownerCall(ownerRoutes.pairOwner, secret, { body: { relayId, request } });
  if (result.state === 'failed' && result.error.code === 'relayOffline') {
    return 'The relay is not connected. Pair this browser when it is; a code is used up only when it reaches the relay.';
  }
  if (result.state !== 'ok') return problemOf(result);
  const { relayKey, proof } = result.value;
  if (proof !== (await relayProof(code, transcript, relayKey))) {
    return 'The answer did not come from your relay. Nothing is paired here. Tell who runs the server.';
  }
  const key = { relayId, privateKey, publicKey: ownerKey, relayKey };
  try {
    await keepOwnerKey(key);
  } catch {
    return noKeysHere;
  }
  return key;
}

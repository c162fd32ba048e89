/**
 * Orders an alert over the HTTP API, as a program of an owner's own can. It pairs a key with the site's relay once, and then
 * signs each order with it. Nothing but Node is imported, so that it can be read and rewritten in any language; what it does is
 * in sfu/relay/README.md.
 *
 *   export OWNER_LINK='https://commonsight.example/owner#...' OWNER_KEY_FILE=owner-key.json
 *   node server/scripts/orderAlert.ts pair ABCDE-12345-FGHJK-67890
 *   node server/scripts/orderAlert.ts start | test | extend | end
 */
import {
  createHmac,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  randomBytes,
  sign,
  verify,
} from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';

/** What is kept of the pairing; keys in base64url, the public ones as SPKI DER, the private one as PKCS #8 DER. */
interface OwnerKey {
  relayId: string;
  ownerKey: string;
  privateKey: string;
  relayKey: string;
}

/** An alert as the relay has signed that it has it. */
interface AlertState {
  id: string;
  isTest: boolean;
  trigger: string;
  stage: string;
  leftMs: number;
  sharedMs: number;
  mayExtend: boolean;
  end: string | null;
  endedMsAgo: number | null;
}

const link = new URL(setting('OWNER_LINK'));
const keyFile = setting('OWNER_KEY_FILE');
const [act = '', code = ''] = process.argv.slice(2);

try {
  process.stdout.write(`${act === 'pair' ? await pair(code) : await order(act)}\n`);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

/** A code is good for one try: whether the key can be kept is known before it is used up. */
async function pair(shown: string): Promise<string> {
  await writeFile(keyFile, '', { mode: 0o600, flag: 'wx' });
  try {
    await writeFile(keyFile, `${JSON.stringify(await prove(shown))}\n`);
  } catch (error) {
    await rm(keyFile);
    throw error;
  }
  return `Paired. The key is in ${keyFile}.`;
}

/** Proves a new key to the relay by the code of `relay owner code`, which the server between does not know. */
async function prove(shown: string): Promise<OwnerKey> {
  const secret = shown.toUpperCase().replaceAll(/[\s-]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1');
  const { relay } = await call<{ relay: { id: string } | null }>('GET', '/api/owner/relay');
  if (relay === null) throw new Error('The site has no relay.');
  const relayId = relay.id;
  const pair = generateKeyPairSync('ed25519');
  const ownerKey = pair.publicKey.export({ format: 'der', type: 'spki' }).toString('base64url');
  const nonce = randomBytes(16).toString('base64url');
  const proofOf = (parts: string[]) => createHmac('sha256', secret).update(parts.join('\n')).digest('base64url');
  const proof = proofOf(['commonsight-pair-owner-v1', relayId, ownerKey, nonce]);
  const body = { relayId, request: { ownerKey, nonce, proof } };
  const paired = await call<{ relayKey: string; proof: string }>('POST', '/api/owner/pair', body);
  if (paired.proof !== proofOf(['commonsight-pair-relay-v1', relayId, ownerKey, nonce, paired.relayKey])) {
    throw new Error('The answer did not come from the relay. Nothing is paired.');
  }
  const privateKey = pair.privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64url');
  return { relayId, ownerKey, privateKey, relayKey: paired.relayKey };
}

/** Signs an order under a challenge that the relay has just given, and believes of the answer what the relay has signed. */
async function order(wanted: string): Promise<string> {
  const { relayId, privateKey, relayKey } = JSON.parse(await readFile(keyFile, 'utf8')) as OwnerKey;
  const { challenge } = await call<{ challenge: string }>('POST', '/api/owner/alert/challenge', { relayId });
  // Canonical JSON (RFC 8785): the keys in their order, nothing between.
  const content = Buffer.from(JSON.stringify({ act: wanted, challenge, format: 'commonsight-alert-1', relayId }));
  const signer = createPrivateKey({ key: Buffer.from(privateKey, 'base64url'), format: 'der', type: 'pkcs8' });
  const signature = sign(null, Buffer.concat([Buffer.from('commonsight-alert-v1\n'), content]), signer);
  const signed = { order: content.toString('base64url'), signature: signature.toString('base64url') };
  const answer = await call<{ told: AlertState | null; receipt: string }>('POST', '/api/owner/alert', {
    relayId,
    signed,
  });
  const receipt = ['commonsight-alert-receipt-v1', relayId, signed.order, textOf(answer.told)].join('\n');
  const relay = createPublicKey({ key: Buffer.from(relayKey, 'base64url'), format: 'der', type: 'spki' });
  if (!verify(null, Buffer.from(receipt), relay, Buffer.from(answer.receipt, 'base64url'))) {
    throw new Error('The relay has not signed this answer. Do not rely on it.');
  }
  if (answer.told === null) return 'No alert runs.';
  const { isTest, stage, leftMs, end } = answer.told;
  return `${isTest ? 'Test' : 'Alert'}: ${stage}, ${end ?? `${Math.ceil(leftMs / 1_000)} s left`}.`;
}

/** The alert as it stands in the receipt. */
function textOf(told: AlertState | null): string {
  if (told === null) return 'none';
  const { id, isTest, trigger, stage, leftMs, sharedMs, mayExtend, end, endedMsAgo } = told;
  return [id, isTest, trigger, stage, leftMs, sharedMs, mayExtend, end ?? '-', endedMsAgo ?? '-'].join(' ');
}

/** Calls with the link's secret, which stands behind its `#`. Throws with the server's sentence. */
async function call<T>(method: 'GET' | 'POST', path: string, body?: unknown): Promise<T> {
  const response = await fetch(new URL(path, link), {
    method,
    headers: {
      'commonsight-ledger-secret': link.hash.slice(1),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(8_000),
  });
  const answer = (await response.json()) as T & { error?: { message: string } };
  if (!response.ok) throw new Error(answer.error?.message ?? `The server answers with ${response.status}.`);
  return answer;
}

function setting(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is missing.`);
  return value;
}

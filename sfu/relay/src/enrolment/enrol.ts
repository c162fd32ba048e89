import { generateKeyPairSync } from 'node:crypto';
import { enrolmentCodeSchema, enrolResponseSchema } from '@commonsight/types/relay/enrolment';
import { errorBodySchema } from '@commonsight/types/errors';
import { assertProtected } from './assertProtected.ts';
import { SealingKey } from '../sealing/SealingKey.ts';
import { WitnessKeys } from '../witness/WitnessKeys.ts';
import { prepareFolder, readRelayFile, type RelayFile, writeRelayFile } from './RelayFile.ts';

export interface EnrolOptions {
  readonly serverUrl: string;
  readonly code: string;
  readonly folder: string;
  readonly name: string;
  /** Replaces an enrolment that the folder holds already. */
  readonly isAgain: boolean;
  /** Lets the server be reached without TLS over a network. */
  readonly isInsecureAllowed: boolean;
}

const timeoutMs = 15_000;

/**
 * Makes the device key, gives its public half to the server for a one-time code, and keeps the rest in the folder.
 * Throws a sentence for whoever stands at the machine.
 */
export async function enrol(options: EnrolOptions): Promise<RelayFile> {
  const { isInsecureAllowed } = options;
  const server = parseServerUrl(options.serverUrl);
  assertProtected(server.href, isInsecureAllowed);
  const code = enrolmentCodeSchema.safeParse(options.code);
  if (!code.success) throw new Error('The code has the form ABCDE-12345.');
  const before = await readRelayFile(options.folder);
  if (before !== undefined && !options.isAgain) {
    throw new Error(`This folder is enrolled for ${before.siteName}. Use --again to enrol it anew.`);
  }
  // Before the code is used up.
  await prepareFolder(options.folder);
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const answer = await post(new URL('/api/relays/enrol', server), {
    code: code.data,
    name: options.name,
    publicKey: publicKey.export({ type: 'spki', format: 'der' }).toString('base64url'),
  });
  const { relayId, siteId, siteName, serverPublicKey, logKey } = answer;
  const deviceKey = privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64url');
  const known = { serverUrl: server.href, relayId, siteId, siteName, deviceKey, serverPublicKey, isInsecureAllowed };
  const file: RelayFile = logKey === undefined ? known : { ...known, logKey };
  if (logKey !== undefined) await new WitnessKeys(options.folder).setAsideIfOther(logKey, new Date());
  await SealingKey.open(options.folder, relayId);
  await writeRelayFile(options.folder, file);
  return file;
}

function parseServerUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !['http:', 'https:'].includes(url.protocol)) {
    throw new Error('The server’s address has the form https://commonsight.example.');
  }
  return url;
}

async function post(url: URL, body: unknown) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    // A redirection could lead the code past TLS.
    redirect: 'error',
    signal: AbortSignal.timeout(timeoutMs),
  }).catch((error: unknown) => {
    throw new Error(`The server at ${url.origin} is not answering. Check its address and the network.`, {
      cause: error,
    });
  });
  const content: unknown = await response.json().catch(() => undefined);
  if (response.ok) {
    const parsed = enrolResponseSchema.safeParse(content);
    if (parsed.success) return parsed.data;
    throw new Error(`What answers at ${url.origin} is no Commonsight server.`);
  }
  const { code } = errorBodySchema.safeParse(content).data?.error ?? {};
  if (code === 'codeNotAccepted') {
    throw new Error('The server did not accept the code. It works once and for ten minutes: ask for a new one.');
  }
  if (code === 'conflict') {
    throw new Error(
      'The site of this code has a relay. An administrator revokes that one first, on the page of sites.',
    );
  }
  if (code === 'tooManyRequests') throw new Error('Too many attempts. Wait a minute and try again.');
  if (code === undefined) throw new Error(`What answers at ${url.origin} is no Commonsight server.`);
  throw new Error(`The server refused the enrolment (${code}).`);
}

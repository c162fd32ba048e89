import { randomUUID } from 'node:crypto';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { networkInterfaces } from 'node:os';
import { type AddressRules, isAddressAllowed } from '../rtsp/resolveAddress.ts';
import { ownPath } from './ownPath.ts';
import { all, readXml, textOf } from './readXml.ts';
import { envelope } from './soap.ts';

/** A camera that answered, at the address that its answer came from. */
export interface FoundCamera {
  readonly host: string;
  readonly port: number;
  /** Of its device service. */
  readonly path: string;
  readonly name: string;
  readonly hardware: string;
  readonly location: string;
}

export interface DiscoverOptions {
  readonly rules: AddressRules;
  readonly waitMs: number;
  readonly most: number;
  readonly signal: AbortSignal;
  /** Where to ask, in place of everybody on the networks of this machine. */
  readonly targets?: readonly { readonly address: string; readonly port: number }[];
}

const group = { address: '239.255.255.250', port: 3702 };
const longestAnswer = 16 * 1024;
/** Answers that are looked at in one search, good or not: more is noise or an attack. */
const mostAnswers = 1_000;
const discovery = 'http://schemas.xmlsoap.org/ws/2005/04/discovery';
const addressing = 'http://schemas.xmlsoap.org/ws/2004/08/addressing';

/**
 * Asks with WS-Discovery for cameras. Each camera speaks for its own address alone: what an answer says of any other is
 * passed over, so that nobody on the network can point the relay at anything else.
 */
export async function discover(options: DiscoverOptions): Promise<FoundCamera[]> {
  const messageId = `urn:uuid:${randomUUID()}`;
  const question = Buffer.from(probe(messageId));
  const found = new Map<string, FoundCamera>();
  let answers = 0;
  const take = (bytes: Buffer, from: string) => {
    answers += 1;
    if (answers > mostAnswers || found.size >= options.most) return;
    if (bytes.length > longestAnswer || !isAddressAllowed(from, options.rules)) return;
    const camera = readAnswer(bytes.toString('utf8'), messageId, from);
    if (camera !== undefined) found.set(`${from} ${camera.port}`, camera);
  };
  const sockets: Socket[] = [];
  try {
    for (const local of options.targets === undefined ? localAddresses() : ['0.0.0.0']) {
      const socket = createSocket('udp4');
      sockets.push(socket);
      socket.on('error', () => undefined);
      socket.on('message', (bytes, from) => take(bytes, from.address));
      socket.bind(0, local);
      await once(socket, 'listening');
      for (const { address, port } of options.targets ?? [group]) socket.send(question, port, address);
    }
    await pauseUntilEnd(options);
  } finally {
    for (const socket of sockets) socket.close();
  }
  return [...found.values()];
}

async function pauseUntilEnd({ waitMs, signal }: DiscoverOptions): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, waitMs);
  signal.addEventListener('abort', () => resolve(), { once: true });
  await promise;
  clearTimeout(timer);
}

function localAddresses(): string[] {
  return Object.values(networkInterfaces())
    .flatMap((list) => list ?? [])
    .filter(({ family, internal }) => family === 'IPv4' && !internal)
    .map(({ address }) => address);
}

function probe(messageId: string): string {
  return envelope(
    `<p:Probe xmlns:p="${discovery}"><p:Types xmlns:n="http://www.onvif.org/ver10/network/wsdl">` +
      'n:NetworkVideoTransmitter</p:Types></p:Probe>',
    `<a:MessageID xmlns:a="${addressing}">${messageId}</a:MessageID>` +
      `<a:To xmlns:a="${addressing}">urn:schemas-xmlsoap-org:ws:2005:04:discovery</a:To>` +
      `<a:Action xmlns:a="${addressing}">${discovery}/Probe</a:Action>`,
  );
}

function readAnswer(text: string, messageId: string, from: string): FoundCamera | undefined {
  let match: unknown;
  try {
    const root = readXml(text);
    if (textOf(root, ['Envelope', 'Header', 'RelatesTo'], 200) !== messageId) return undefined;
    [match] = all(root, 'Envelope', 'Body', 'ProbeMatches', 'ProbeMatch');
  } catch {
    return undefined;
  }
  const urls = (textOf(match, ['XAddrs'], 4_000) ?? '').split(/\s+/).slice(0, 20);
  const [own] = urls.flatMap((url) => ownPath(url, 'http', [from]) ?? []);
  if (own === undefined) return undefined;
  const scopes = (textOf(match, ['Scopes'], 8_000) ?? '').split(/\s+/).slice(0, 100);
  return { host: from, ...own, ...namesOf(scopes) };
}

function namesOf(scopes: readonly string[]): Pick<FoundCamera, 'name' | 'hardware' | 'location'> {
  const named = (kind: string) => {
    const start = `onvif://www.onvif.org/${kind}/`;
    const scope = scopes.find((one) => one.toLowerCase().startsWith(start));
    return scope === undefined ? '' : decodeScope(scope.slice(start.length));
  };
  return { name: named('name'), hardware: named('hardware'), location: named('location') };
}

function decodeScope(text: string): string {
  let decoded = text;
  try {
    decoded = decodeURIComponent(text);
  } catch {
    // As the camera wrote it.
  }
  return decoded
    .replaceAll(/[\p{Cc}\p{Cf}\p{Cs}]/gu, ' ')
    .trim()
    .slice(0, 80);
}

import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { join } from 'node:path';
import { takeFileLock } from '@commonsight/worker/fileLock';
import { RelayError } from '../errors.ts';
import type { CameraTransportChoice } from '../rtsp/CameraAddress.ts';
import { isOneOf } from '../rtsp/resolveAddress.ts';
import type { Secret } from '../Secret.ts';
import { writePrivateFile } from '../writePrivateFile.ts';
import { type AwaitingEntry, marksOf } from './marks.ts';
import { camerasFileName, listCameras } from './readCamera.ts';

/** A camera as the relay keeps it. */
export interface CameraEntry {
  readonly host: string;
  readonly port: number;
  readonly username: string | undefined;
  readonly password: Secret | undefined;
  readonly transport: CameraTransportChoice;
  readonly streams: { readonly main?: string; readonly sub?: string };
  /** Where the camera's device service is, when it was found over ONVIF. */
  readonly onvif?: { readonly port: number; readonly path: string };
  /** Kilobits a second as the test measured them; null for a stream that was not. */
  readonly tested: { readonly main: number | null; readonly sub: number | null };
}

export interface WriteCameraOptions {
  /** The id of the entry that an owner has to confirm; null for a camera that is confirmed by being entered here. */
  readonly awaitsAs: string | null;
  /** The entry can be made and is about to be: nothing is on the disk yet. */
  readonly onFree?: () => void;
  /**
   * For what comes over the link: whether the owner hides something of a camera that the relay has. At the address of such
   * a one nothing is added, since a camera gives one picture by many paths and ports; nor what cannot be told apart from it.
   * At the console the owner knows which stream is meant.
   */
  readonly isMasked?: (cameraId: string) => boolean;
  readonly findAddresses?: FindAddresses;
}

/** The numeric addresses of a host now; none when it is not found. */
type FindAddresses = (host: string) => Promise<readonly string[]>;

type Entries = Readonly<Record<string, unknown>>;

/**
 * Reads the relay's own file of cameras, changes it and writes it, alone among all processes of this machine: the relay and
 * commands at its console do so side by side. Undefined from `change` leaves it as it is.
 */
async function changeCameras(folder: string, change: (cameras: Entries) => Entries | undefined): Promise<void> {
  // Who holds it writes one small file; nobody waits for long.
  const lock = await takeFileLock(join(folder, `${camerasFileName}.lock`), () => undefined);
  try {
    const cameras = change(await listCameras(folder));
    if (cameras === undefined) return;
    await writePrivateFile(join(folder, camerasFileName), `${JSON.stringify({ cameras }, null, 2)}\n`);
  } finally {
    await lock.release();
  }
}

/**
 * Takes the mark away that these cameras await their owner. Gives those that had it, and those that go on awaiting because
 * the rest of their entry has a mistake.
 */
export async function confirmEntries(
  folder: string,
  isMeant: (cameraId: string, awaits: AwaitingEntry) => boolean,
): Promise<{ confirmed: string[]; mistaken: string[] }> {
  const confirmed: string[] = [];
  const mistaken: string[] = [];
  await changeCameras(folder, (cameras) => {
    const changed = { ...cameras };
    for (const [cameraId, entry] of Object.entries(cameras)) {
      const { awaits } = marksOf(entry);
      if (awaits === null || !isMeant(cameraId, awaits)) continue;
      const unmarked = { ...(entry as object), awaitsOwner: undefined };
      if (!marksOf(unmarked).isReadable) {
        mistaken.push(cameraId);
        continue;
      }
      confirmed.push(cameraId);
      changed[cameraId] = unmarked;
    }
    return confirmed.length === 0 ? undefined : changed;
  });
  return { confirmed, mistaken };
}

/**
 * Adds a camera to the relay's own file. Nothing that is there is replaced, and no stream gets a second camera, be it by
 * another name of its host or another spelling of its path: under another id it would be shared by another rule than the
 * one that its owner made for it, and without its masks. Throws `conflict`.
 */
export async function writeCamera(
  folder: string,
  cameraId: string,
  entry: CameraEntry,
  { awaitsAs, onFree, isMasked, findAddresses = lookUp }: WriteCameraOptions,
): Promise<void> {
  const found = new Map<string, readonly string[]>();
  for (;;) {
    const wanted = new Set<string>();
    const addressesOf = (host: string): readonly string[] | undefined => {
      const addresses = isIP(host) === 0 ? found.get(host) : [host];
      if (addresses === undefined) wanted.add(host);
      return addresses;
    };
    await changeCameras(folder, (cameras) => {
      if (Object.hasOwn(cameras, cameraId)) {
        throw new RelayError('conflict', 'The relay has an entry for this camera. Change it at the relay.');
      }
      for (const [keptId, kept] of Object.entries(cameras)) {
        const isKeptMasked = isMasked?.(keptId) === true;
        if (!isKeptMasked && !sharesPath(kept, entry)) continue;
        const isSameHost = compareHosts(kept, entry, addressesOf);
        if (isSameHost === true || (isSameHost === 'unknown' && isMasked !== undefined)) {
          throw new RelayError('conflict', conflictWords(isSameHost, isKeptMasked));
        }
      }
      if (wanted.size > 0) return undefined;
      onFree?.();
      const { host, port, username, password, transport, streams, onvif, tested } = entry;
      const written = { host, port, username, password: password?.reveal(), transport, streams, onvif, tested };
      return { ...cameras, [cameraId]: awaitsAs === null ? written : { ...written, awaitsOwner: awaitsAs } };
    });
    if (wanted.size === 0) return;
    // While others may have the file: a name that leads nowhere takes seconds.
    await Promise.all([...wanted].map(async (host) => void found.set(host, await findAddresses(host))));
  }
}

/** Whether an address of the file is this camera's, at any of its streams or at all. */
export function isSameCamera(kept: unknown, { host, port }: { host: string; port: number | undefined }): boolean {
  const { host: keptHost, port: keptPort = 554 } = (kept ?? {}) as { host?: unknown; port?: unknown };
  if (typeof keptHost !== 'string' || nameOf(keptHost) !== nameOf(host)) return false;
  return port === undefined || keptPort === port;
}

/** A name is the same with the root's dot behind it. */
function nameOf(host: string): string {
  return host.toLowerCase().replace(/\.$/, '');
}

function conflictWords(isSameHost: true | 'unknown', isKeptMasked: boolean): string {
  if (isSameHost === 'unknown') {
    return 'The relay does not find one of its cameras now and cannot tell whether this is the same. Add it at the relay.';
  }
  return isKeptMasked
    ? 'The camera at this address has masks. Add another of its streams at the relay.'
    : 'The relay has this stream as another camera.';
}

function sharesPath(kept: unknown, { port, streams }: CameraEntry): boolean {
  const { port: keptPort = 554, streams: keptStreams } = (kept ?? {}) as { port?: unknown; streams?: object | null };
  if (keptPort !== port) return false;
  const paths = Object.values(keptStreams ?? {}).map((path) => plainPath(String(path)));
  return Object.values(streams).some((path) => paths.includes(plainPath(path)));
}

/** One way to write a path, of the many that a camera takes for the same. With its query, by which some tell channels. */
function plainPath(path: string): string {
  try {
    const { pathname, search } = new URL(`http://camera${path}`);
    const plain = decodeURIComponent(pathname).replaceAll(/\/+/g, '/').replace(/\/$/, '');
    return `${plain}${search}`;
  } catch {
    return path;
  }
}

/** `'unknown'` when one of them is not found, undefined while their addresses are not known. */
function compareHosts(
  kept: unknown,
  { host }: CameraEntry,
  addressesOf: (host: string) => readonly string[] | undefined,
): boolean | 'unknown' | undefined {
  if (isSameCamera(kept, { host, port: undefined })) return true;
  const { host: keptHost } = (kept ?? {}) as { host?: unknown };
  if (typeof keptHost !== 'string') return 'unknown';
  // Both are asked for, so that both are looked up together.
  const addresses = addressesOf(host);
  const keptAddresses = addressesOf(keptHost);
  if (addresses === undefined || keptAddresses === undefined) return undefined;
  if (addresses.length === 0 || keptAddresses.length === 0) return 'unknown';
  return addresses.some((address) => isOneOf(keptAddresses, address));
}

async function lookUp(host: string): Promise<string[]> {
  const found = await lookup(host, { all: true }).catch(() => []);
  return found.map(({ address }) => address);
}

import { lookup } from 'node:dns/promises';
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
  /** Kilobits a second as the test measured them; null for a stream that was not. */
  readonly tested: { readonly main: number | null; readonly sub: number | null };
}

export interface WriteCameraOptions {
  /** The id of the entry that an owner has to confirm; null for a camera that is confirmed by being entered here. */
  readonly awaitsAs: string | null;
  /** The entry can be made and is about to be: nothing is on the disk yet. */
  readonly onFree?: () => void;
}

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

/** The numeric addresses of a host now; none when it is not found. */
export type FindAddresses = (host: string) => Promise<readonly string[]>;

export interface WriteRules {
  /**
   * For what comes over the link: whether the owner hides something of a camera that the relay has. At the address of such
   * a one nothing is added, since a camera gives one picture by many paths and ports; nor what cannot be told apart from it.
   * At the console the owner knows which stream is meant.
   */
  readonly isMasked?: (cameraId: string) => boolean;
  readonly findAddresses?: FindAddresses;
}

/**
 * Adds a camera to the relay's own file. Nothing that is there is replaced, and no stream gets a second camera: under
 * another id it would be shared by another rule than the one that its owner made for it. Throws `conflict`.
 */
export async function writeCamera(
  folder: string,
  cameraId: string,
  entry: CameraEntry,
  { awaitsAs, onFree }: WriteCameraOptions,
): Promise<void> {
  await changeCameras(folder, (cameras) => {
    if (Object.hasOwn(cameras, cameraId)) {
      throw new RelayError('conflict', 'The relay has an entry for this camera. Change it at the relay.');
    }
    if (Object.values(cameras).some((kept) => sharesStream(kept, entry))) {
      throw new RelayError('conflict', 'The relay has this stream as another camera.');
    }
    onFree?.();
    const { host, port, username, password, transport, streams, tested } = entry;
    const written = { host, port, username, password: password?.reveal(), transport, streams, tested };
    return { ...cameras, [cameraId]: awaitsAs === null ? written : { ...written, awaitsOwner: awaitsAs } };
  });
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

function sharesStream(kept: unknown, { host, port, streams }: CameraEntry): boolean {
  if (!isSameCamera(kept, { host, port })) return false;
  const paths = Object.values((kept as { streams?: Record<string, unknown> }).streams ?? {});
  return Object.values(streams).some((path) => paths.includes(path));
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

/** Undefined when one of them is not found. */
async function compareHosts(
  kept: unknown,
  { host }: CameraEntry,
  findAddresses: FindAddresses,
): Promise<boolean | undefined> {
  if (isSameCamera(kept, { host, port: undefined })) return true;
  const { host: keptHost } = kept as { host?: unknown };
  if (typeof keptHost !== 'string') return undefined;
  const [addresses, keptAddresses] = await Promise.all([findAddresses(host), findAddresses(keptHost)]);
  if (addresses.length === 0 || keptAddresses.length === 0) return undefined;
  return addresses.some((address) => isOneOf(keptAddresses, address));
}

async function lookUp(host: string): Promise<string[]> {
  const found = await lookup(host, { all: true }).catch(() => []);
  return found.map(({ address }) => address);
}

import { randomUUID } from 'node:crypto';
import type { LinkHandlers } from '@commonsight/types/answer';
import { type DiscoveredCamera, mostDiscoveredCameras, type NewCamera } from '@commonsight/types/relay/camera-entry';
import type { RelayRequests } from '@commonsight/types/relay/relay-link';
import type { Logger } from 'pino';
import { listCameras } from '../cameras/readCamera.ts';
import { type CameraEntry, isSameCamera, writeCamera } from '../cameras/writeCamera.ts';
import { RelayError } from '../errors.ts';
import { discover, type DiscoverOptions, type FoundCamera } from '../onvif/discover.ts';
import { CameraError } from '../rtsp/CameraError.ts';
import type { AddressRules } from '../rtsp/resolveAddress.ts';
import type { DigestMemory } from '../rtsp/SignInRule.ts';
import type { SealingKey } from '../sealing/SealingKey.ts';
import { Secret } from '../Secret.ts';
import { ExpiringMap } from './ExpiringMap.ts';
import type { MeasureTimings } from './measureStream.ts';
import { type CameraToTest, testCamera } from './testCamera.ts';

export interface NewCamerasOptions {
  readonly folder: string;
  readonly sealingKey: SealingKey;
  readonly rules: AddressRules;
  readonly timings: MeasureTimings;
  readonly log: Logger;
  /** Where to look for cameras in place of the networks of this machine. */
  readonly targets: DiscoverOptions['targets'];
  readonly digestMemory: DigestMemory;
  /** A camera is about to be kept that its owner has not confirmed; it could not be kept. */
  readonly awaitOwner: (cameraId: string) => void;
  readonly forgetAdded: (cameraId: string) => Promise<void>;
  /** The owner lets cameras be added over the link, and not at the relay alone. */
  readonly isAllowed: boolean;
  /** Whether the owner hides something of a camera that the relay has. */
  readonly isMasked: (cameraId: string) => boolean;
}

/** A camera that passed its test, with the id that it was kept under: who did not hear that it was kept asks again. */
interface Tested {
  /** Null once it is in the relay's file. */
  entry: CameraEntry | null;
  keptAs: string | null;
}

const discoveryMs = 3_000;
const keptMs = 3_600_000;
/** A box at a site plays no more than this beside what it is there for. */
const mostTests = 4;
const mostKept = 500;

/** What the server may ask about cameras that are new: which there are, what one is like, and to keep one that was tested. */
export class NewCameras {
  readonly #options: NewCamerasOptions;
  readonly #found = new ExpiringMap<FoundCamera>({ lifeMs: keptMs, most: mostKept });
  readonly #tested = new ExpiringMap<Tested>({ lifeMs: keptMs, most: mostKept });
  readonly #abort = new AbortController();
  #isSearching = false;
  #tests = 0;
  #writing: Promise<unknown> = Promise.resolve();

  constructor(options: NewCamerasOptions) {
    this.#options = options;
  }

  readonly handlers: Pick<
    LinkHandlers<RelayRequests>,
    'camera:readSealing' | 'camera:discover' | 'camera:test' | 'camera:keep'
  > = {
    'camera:readSealing': async () => {
      this.#assertAllowed();
      return { sealingPoint: this.#options.sealingKey.point };
    },
    'camera:discover': async () => {
      this.#assertAllowed();
      if (this.#isSearching) throw new RelayError('tooManyRequests', 'The relay is looking for cameras already.');
      this.#isSearching = true;
      try {
        return { cameras: await this.#discover() };
      } finally {
        this.#isSearching = false;
      }
    },
    'camera:test': async ({ sealed }) => {
      this.#assertAllowed();
      if (this.#tests >= mostTests) {
        throw new RelayError('tooManyRequests', 'The relay tests as many cameras as it can. Try again in a moment.');
      }
      this.#tests += 1;
      try {
        return await this.#test(await this.#options.sealingKey.open(sealed, Date.now()));
      } finally {
        this.#tests -= 1;
      }
    },
    'camera:keep': async ({ ticket, cameraId }) => {
      this.#assertAllowed();
      const saved = this.#writing.then(() => this.#save(ticket, cameraId));
      this.#writing = saved.catch(() => undefined);
      await saved;
      return {};
    },
  };

  /** Ends what runs. */
  async close(): Promise<void> {
    this.#abort.abort();
    await this.#writing;
  }

  #assertAllowed(): void {
    if (this.#options.isAllowed) return;
    throw new RelayError('notPermitted', 'The owner of this relay adds cameras at the relay alone.');
  }

  async #discover(): Promise<DiscoveredCamera[]> {
    const { rules, targets, folder } = this.#options;
    const asked = { rules, waitMs: discoveryMs, most: mostDiscoveredCameras, signal: this.#abort.signal };
    const found = await discover(targets === undefined ? asked : { ...asked, targets });
    const kept = Object.values(await this.#read(() => listCameras(folder)));
    this.#options.log.info({ found: found.length }, 'looked for cameras');
    return found.map((camera) => {
      const { host, name, hardware, location } = camera;
      const isKnown = kept.some((entry) => isSameCamera(entry, { host, port: undefined }));
      return { found: this.#found.add(camera), name, hardware, location, isKnown };
    });
  }

  async #test(camera: NewCamera) {
    const { rules, timings, digestMemory, log } = this.#options;
    const { signal } = this.#abort;
    const { report, entry } = await testCamera(this.#locate(camera), {
      rules,
      timings,
      digestMemory,
      signal,
      isKeptByAddress: true,
    });
    log.info({ isUsable: report.isUsable, fault: report.fault?.code }, 'tested a new camera');
    const isGood = report.isUsable && entry !== undefined;
    return { report, ticket: isGood ? this.#tested.add({ entry, keptAs: null }) : null };
  }

  #locate({ at, username, password, transport }: NewCamera): CameraToTest {
    const rest = { username, password: password === undefined ? undefined : new Secret(password), transport };
    if (at.by !== 'discovery') return { at, ...rest };
    const found = this.#found.get(at.found);
    if (found === undefined) {
      throw new RelayError('notFound', 'The relay does not remember this camera. Look for cameras again.');
    }
    const { shownAs } = at;
    if (shownAs !== undefined && namesOf(shownAs) !== namesOf(found)) {
      // The ids came over the server, the names too; the person who typed the password saw these.
      throw new RelayError('badRequest', 'This is another device than the one that was shown. Look for cameras again.');
    }
    return { at: { by: 'onvif', host: found.host, port: found.port, path: found.path }, ...rest };
  }

  async #save(ticket: string, cameraId: string): Promise<void> {
    const tested = this.#tested.get(ticket);
    if (tested?.keptAs === cameraId) return;
    if (tested === undefined || tested.entry === null) {
      throw new RelayError('notFound', 'The test of this camera was too long ago. Test it again.');
    }
    const { entry } = tested;
    const { folder, awaitOwner, forgetAdded, isMasked, log } = this.#options;
    // Before it is on the disk: from its first moment on nobody sees it without its owner.
    const onFree = (): void => awaitOwner(cameraId);
    try {
      await this.#read(() => writeCamera(folder, cameraId, entry, { awaitsAs: randomUUID(), onFree, isMasked }));
    } catch (error) {
      await forgetAdded(cameraId);
      throw error;
    }
    tested.keptAs = cameraId;
    tested.entry = null;
    log.info({ cameraId }, 'keeps a new camera');
  }

  /** A mistake in the relay's own file is said as it is: the sentence holds no secret. */
  async #read<T>(act: () => Promise<T>): Promise<T> {
    try {
      return await act();
    } catch (error) {
      if (error instanceof CameraError) throw new RelayError('conflict', error.message, { cause: error });
      throw error;
    }
  }
}

/** What a device calls itself, as a text to compare. */
function namesOf({ name, hardware, location }: Pick<FoundCamera, 'name' | 'hardware' | 'location'>): string {
  return JSON.stringify([name, hardware, location]);
}

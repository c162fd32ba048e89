import type { Logger } from 'pino';
import {
  isShared,
  judgeSharing,
  type RunningAlert,
  type SharingJudgement,
} from '@commonsight/types/relay/judgeSharing';
import { listCameras } from '../cameras/readCamera.ts';
import { marksOf } from '../cameras/writeCamera.ts';
import { type KeptSharing, SharingFolder } from './SharingFolder.ts';

export type State = KeptSharing | { readonly is: 'damaged' };

export interface SharingOptions {
  readonly folder: string;
  readonly relayId: string;
  readonly log: Logger;
  /** The alert that shares cameras at this moment. */
  readonly runningAlert: () => RunningAlert;
  /** The document or the time has moved on: what is not shared any more has to end. */
  readonly onLooked: () => void;
}

/** How soon a change of document, schedule or clock is seen. Timers to a moment would not notice a clock that is set. */
const lookIntervalMs = 400;

const damaged: SharingJudgement = {
  mayBeSeen: false,
  mode: 'off',
  until: null,
  sentence: 'The relay cannot read what the owner shares, and shares nothing.',
};
const undecided: SharingJudgement = {
  mayBeSeen: false,
  mode: 'off',
  until: null,
  sentence: 'The owner has not shared this camera yet.',
};
const awaiting: SharingJudgement = {
  mayBeSeen: false,
  mode: 'off',
  until: null,
  sentence: 'The owner has not confirmed this camera yet.',
};
const unpaired: SharingJudgement = {
  mayBeSeen: true,
  mode: 'always',
  until: null,
  sentence: 'No owner is paired with this relay.',
};

/** The owner's word as the running relay goes by it: read from its folder again and again, so that no server is needed. */
export class Sharing {
  readonly #folder: SharingFolder;
  readonly #options: SharingOptions;
  readonly #timer: NodeJS.Timeout;
  #state: State = { is: 'damaged' };
  #hasBeenPaired = false;
  #lastVersion = 0;
  #told = '';
  #awaiting = new Set<string>();
  readonly #isAdding = new Set<string>();
  #looking: Promise<void> | null = null;

  static async open(options: SharingOptions): Promise<Sharing> {
    const sharing = new Sharing(options);
    await sharing.look();
    return sharing;
  }

  private constructor(options: SharingOptions) {
    this.#options = options;
    this.#folder = new SharingFolder(options.folder, options.relayId);
    this.#timer = setInterval(() => void this.look(), lookIntervalMs);
  }

  /** Whether a camera may be seen at this moment. */
  mayBeSeen(cameraId: string): boolean {
    if (this.awaitsOwner(cameraId)) return false;
    if (this.#state.is === 'paired' && this.#state.document !== null) {
      return isShared(this.#state.document, cameraId, Date.now(), this.#options.runningAlert() !== null);
    }
    return this.judge(cameraId).mayBeSeen;
  }

  /** What was read last. */
  get state(): State {
    return this.#state;
  }

  /** SHR10: whether a camera came over the link and no owner has confirmed it, by a document or at the console. */
  awaitsOwner(cameraId: string): boolean {
    if (!this.#awaiting.has(cameraId)) return false;
    return !(this.#state.is === 'paired' && Object.hasOwn(this.#state.document?.cameras ?? {}, cameraId));
  }

  /** The cameras of the relay's file that no owner has confirmed. */
  get awaitingOwner(): string[] {
    return [...this.#awaiting].filter((cameraId) => this.awaitsOwner(cameraId));
  }

  /** A camera is being added over the link. Until the file says more of it, it awaits its owner. */
  awaitOwner(cameraId: string): void {
    this.#isAdding.add(cameraId);
    this.#awaiting.add(cameraId);
  }

  judge(cameraId: string): SharingJudgement {
    if (this.awaitsOwner(cameraId)) return awaiting;
    if (this.#state.is === 'unpaired') return unpaired;
    if (this.#state.is === 'damaged') return damaged;
    const { document } = this.#state;
    return document === null ? undecided : judgeSharing(document, cameraId, Date.now(), this.#options.runningAlert());
  }

  /** Reads the folder now. Never throws: what cannot be read shares nothing. */
  look(): Promise<void> {
    this.#looking ??= this.#look().finally(() => {
      this.#looking = null;
    });
    return this.#looking;
  }

  /** Reads the folder from now on: a look that was under way does not count. */
  async lookAgain(): Promise<void> {
    await this.#looking;
    await this.look();
  }

  close(): void {
    clearInterval(this.#timer);
  }

  async #look(): Promise<void> {
    try {
      const kept = await this.#folder.read();
      this.#assertGoesOn(kept);
      this.#state = kept;
      const version = kept.is === 'paired' ? (kept.document?.version ?? 0) : 0;
      this.#hasBeenPaired ||= kept.is === 'paired';
      this.#lastVersion = version;
      this.#tell(`${kept.is} ${version}`, () => {
        this.#options.log.info({ state: kept.is, version }, 'what the owner shares is taken up');
      });
    } catch (error) {
      this.#state = { is: 'damaged' };
      const reason = error instanceof Error ? error.message : String(error);
      this.#tell(reason, () => this.#options.log.error({ reason }, 'the sharing folder is damaged, nothing is shared'));
    }
    await this.#lookAtCameras();
    this.#options.onLooked();
  }

  /** A file that cannot be read changes nothing: no stream of it can be pulled either. */
  async #lookAtCameras(): Promise<void> {
    const entries = await listCameras(this.#options.folder).catch(() => undefined);
    if (entries === undefined) return;
    for (const id of this.#isAdding) if (Object.hasOwn(entries, id)) this.#isAdding.delete(id);
    const awaiting = Object.keys(entries).filter((id) => marksOf(entries[id]).awaitsOwner);
    this.#awaiting = new Set([...awaiting, ...this.#isAdding]);
  }

  /** Files that were put back are no word of the owner's. */
  #assertGoesOn(kept: KeptSharing): void {
    if (kept.is === 'unpaired') {
      if (this.#hasBeenPaired) throw new Error('The owner’s keys are gone.');
    } else if ((kept.document?.version ?? 0) < this.#lastVersion) {
      throw new Error(`The document is older than version ${this.#lastVersion}, which was accepted before.`);
    }
  }

  #tell(words: string, tell: () => void): void {
    if (words === this.#told) return;
    this.#told = words;
    tell();
  }
}

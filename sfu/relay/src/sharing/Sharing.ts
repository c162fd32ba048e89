import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { CameraMasks } from '@commonsight/types/relay/masks';
import type { Logger } from 'pino';
import {
  isShared,
  judgeSharing,
  type RunningAlert,
  type SharingJudgement,
} from '@commonsight/types/relay/judgeSharing';
import type { SharingDocument, SharingState } from '@commonsight/types/relay/sharing';
import { type AwaitingEntry, awaitingOf, isConfirmedBy } from '../cameras/marks.ts';
import { camerasFileName, listCameras } from '../cameras/readCamera.ts';
import { confirmEntries } from '../cameras/writeCamera.ts';
import { ForeignSharingError } from './openSharing.ts';
import { type KeptSharing, SharingFolder } from './SharingFolder.ts';

export type State = KeptSharing | { readonly is: 'damaged' };

/** None while nobody is paired, or nobody can know who is. */
export function ownerKeysOf(state: State): readonly string[] {
  return state.is === 'paired' ? state.ownerKeys : [];
}

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
/** A disk that takes nothing is not asked at each look. */
const liftAgainMs = 10_000;

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
const unread: SharingJudgement = {
  mayBeSeen: false,
  mode: 'off',
  until: null,
  sentence: 'The relay cannot read its cameras, and shows none before it can. Look at cameras.json at the relay.',
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
  /** The entries of the cameras' file that await their owner, whatever the document says; null before it was read once. */
  #awaiting: ReadonlyMap<string, AwaitingEntry> | null = null;
  /** What the cameras' file was like when it was read. */
  #camerasFile = '';
  readonly #adding = new Set<string>();
  #looking: Promise<void> | null = null;
  #lifting: Promise<void> | null = null;
  #liftAgainAtMs = 0;

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

  /** The keys of now, of whom the relay takes a word. */
  get ownerKeys(): readonly string[] {
    return ownerKeysOf(this.#state);
  }

  /** SHR10: whether a camera came over the link and no owner has confirmed it, by a document or at the console. */
  awaitsOwner(cameraId: string): boolean {
    if (this.#adding.has(cameraId) || this.#awaiting === null) return true;
    const awaits = this.#awaiting.get(cameraId);
    return awaits !== undefined && !isConfirmedBy(this.#document, cameraId, awaits);
  }

  /** The cameras of the relay's file that no owner has confirmed. */
  get awaitingOwner(): SharingState['awaitingOwner'] {
    return [...(this.#awaiting ?? [])].flatMap(([cameraId, { entryId }]) =>
      this.awaitsOwner(cameraId) ? [{ cameraId, entryId }] : [],
    );
  }

  /** A camera is being added over the link. Until the file says more of it, it awaits its owner. */
  awaitOwner(cameraId: string): void {
    this.#adding.add(cameraId);
  }

  /** It was not added after all, or nobody can be sure: now the file alone counts. */
  async forgetAdded(cameraId: string): Promise<void> {
    await this.lookAgain();
    this.#adding.delete(cameraId);
  }

  get #document(): SharingDocument | null {
    return this.#state.is === 'paired' ? this.#state.document : null;
  }

  judge(cameraId: string): SharingJudgement {
    if (this.#awaiting === null) return unread;
    if (this.awaitsOwner(cameraId)) return awaiting;
    if (this.#state.is === 'unpaired') return unpaired;
    if (this.#state.is === 'damaged') return damaged;
    const { document } = this.#state;
    return document === null ? undecided : judgeSharing(document, cameraId, Date.now(), this.#options.runningAlert());
  }

  /** What the owner hides of a camera; null for nothing. `unknown` is no leave to show it. */
  masksOf(cameraId: string): CameraMasks | null | 'unknown' {
    if (this.#state.is === 'unpaired') return null;
    if (this.#state.is === 'damaged' || this.#state.document === null) return 'unknown';
    const { masks = {} } = this.#state.document;
    return (Object.hasOwn(masks, cameraId) ? masks[cameraId] : undefined) ?? null;
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

  /** Idempotent. Nothing is written any more when it resolves. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#looking;
    await this.#lifting;
  }

  async #look(): Promise<void> {
    try {
      const kept = await this.#read();
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

  /** A file that cannot be read changes nothing: until it can be, no stream of it is pulled that was not before. */
  async #lookAtCameras(): Promise<void> {
    const { folder } = this.#options;
    const file = await describeFile(join(folder, camerasFileName));
    if (file !== this.#camerasFile) {
      const entries = await listCameras(folder).catch(() => undefined);
      if (entries === undefined) return;
      for (const id of this.#adding) if (Object.hasOwn(entries, id)) this.#adding.delete(id);
      this.#awaiting = awaitingOf(entries);
      this.#camerasFile = file;
    }
    this.#lift();
  }

  /**
   * What a document has confirmed stays so under later ones, which need not repeat it: the mark goes out of the file. Nobody
   * waits for that, since the document counts already.
   */
  #lift(): void {
    const document = this.#document;
    if (document === null || this.#lifting !== null || performance.now() < this.#liftAgainAtMs) return;
    const isConfirmed = (cameraId: string, awaits: AwaitingEntry) => isConfirmedBy(document, cameraId, awaits);
    if (![...(this.#awaiting ?? [])].some(([cameraId, awaits]) => isConfirmed(cameraId, awaits))) return;
    const { folder, log } = this.#options;
    this.#lifting = confirmEntries(folder, isConfirmed)
      .then(({ confirmed }) => log.info({ cameraIds: confirmed }, 'the owner has confirmed new cameras'))
      .catch((error: unknown) => {
        this.#liftAgainAtMs = performance.now() + liftAgainMs;
        log.warn({ err: error }, 'that new cameras are confirmed could not be written down yet');
      })
      .finally(() => {
        this.#lifting = null;
      });
  }

  /** Between its reading of the keys and of the document another key may have been paired that has signed this one. */
  async #read(): Promise<KeptSharing> {
    return this.#folder.read().catch((error: unknown) => {
      if (error instanceof ForeignSharingError) return this.#folder.read();
      throw error;
    });
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

/** Another text for another file, content or right to it; that is cheaper than reading it again and again. */
async function describeFile(path: string): Promise<string> {
  try {
    const { ino, size, ctimeNs } = await stat(path, { bigint: true });
    return `${ino} ${size} ${ctimeNs}`;
  } catch {
    return 'none';
  }
}

import { createHash } from 'node:crypto';
import type { CameraFault } from '@commonsight/types/health';
import type { StreamKind } from '@commonsight/types/stream-kind';
import { marksOf } from '../cameras/marks.ts';
import { listCameras, readCamera } from '../cameras/readCamera.ts';
import { pause } from '../pause.ts';
import { toCameraError } from '../rtsp/CameraError.ts';
import type { AddressRules } from '../rtsp/resolveAddress.ts';
import { RtspSession } from '../rtsp/RtspSession.ts';
import type { DigestMemory } from '../rtsp/SignInRule.ts';

export interface CameraCheck {
  readonly at: string;
  readonly fault: { readonly code: CameraFault; readonly message: string } | null;
}

export interface CameraChecksOptions {
  readonly folder: string;
  readonly rules: AddressRules;
  readonly digestMemory: DigestMemory;
  /** How long a round over all cameras takes. */
  readonly roundMs: number;
  readonly answerTimeoutMs: number;
  /** Whether a stream of the camera runs: then that is known better, and some cameras serve few sessions. */
  readonly isRunning: (cameraId: string) => boolean;
}

/** Cameras that were never asked come quickly: somebody has just started the relay or added them. */
const firstStepMs = 100;
const shortestStepMs = 100;
/** So soon a new camera is noticed. */
const newCamerasMs = 30_000;
/** Cameras lock an account after some wrong passwords, and then the owner is locked out too. */
const roundsBetweenSignIns = 12;

/** Asks the cameras that nobody views, one after the other and again and again, whether they would answer. */
export class CameraChecks {
  readonly #options: CameraChecksOptions;
  readonly #abort = new AbortController();
  readonly #checks = new Map<string, CameraCheck>();
  readonly #askedAtMs = new Map<string, number>();
  /** Rounds until a camera that refused the password is asked again, and what its entry was like, which holds the password. */
  readonly #shut = new Map<string, { rounds: number; entryHash: string }>();
  #run: Promise<void> = Promise.resolve();

  constructor(options: CameraChecksOptions) {
    this.#options = options;
  }

  start(): void {
    this.#run = this.#goRound();
  }

  /** What was found last; undefined for a camera that was not asked yet, or not since a stream of it ran. */
  of(cameraId: string): CameraCheck | undefined {
    this.#forgetIfRunning(cameraId);
    return this.#checks.get(cameraId);
  }

  /** Idempotent. */
  async close(): Promise<void> {
    this.#abort.abort();
    await this.#run;
  }

  async #goRound(): Promise<void> {
    const { folder, roundMs, isRunning } = this.#options;
    const { signal } = this.#abort;
    while (!signal.aborted) {
      const entries: Record<string, unknown> = await listCameras(folder).catch(() => ({}));
      const ids = Object.keys(entries);
      for (const id of this.#askedAtMs.keys()) if (!Object.hasOwn(entries, id)) this.#forget(id);
      for (const id of ids) this.#forgetIfRunning(id);
      const askedAtMs = (id: string): number => this.#askedAtMs.get(id) ?? -Infinity;
      const [next] = ids.toSorted((one, other) => askedAtMs(one) - askedAtMs(other));
      const isDue = next !== undefined && performance.now() - askedAtMs(next) >= roundMs;
      if (isDue) {
        this.#askedAtMs.set(next, performance.now());
        if (!isRunning(next) && !this.#mustWait(next, entries[next])) await this.#check(next, entries[next]);
      }
      const hasNew = ids.some((id) => !this.#askedAtMs.has(id));
      const evenMs = Math.min(newCamerasMs, roundMs / Math.max(1, ids.length));
      await pause(hasNew ? firstStepMs : Math.max(shortestStepMs, evenMs), signal);
    }
  }

  #forget(cameraId: string): void {
    this.#askedAtMs.delete(cameraId);
    this.#checks.delete(cameraId);
    this.#shut.delete(cameraId);
  }

  /**
   * Who views it sees how it is; a fault that was found before may be none any more. A refused password stays, because it is
   * hardly asked again: a viewing that gets further has another entry, which is asked at once.
   */
  #forgetIfRunning(cameraId: string): void {
    const isRefused = this.#checks.get(cameraId)?.fault?.code === 'wrongPassword';
    if (!isRefused && this.#options.isRunning(cameraId)) this.#checks.delete(cameraId);
  }

  /** Both streams, because walls play the small one; the first fault is told, and nothing is asked after it. */
  async #check(cameraId: string, entry: unknown): Promise<void> {
    const { folder, rules, digestMemory, answerTimeoutMs } = this.#options;
    const { signal } = this.#abort;
    const { streams } = marksOf(entry);
    const kinds: readonly StreamKind[] = streams.length === 0 ? ['main'] : streams;
    let fault: CameraCheck['fault'] = null;
    try {
      for (const kind of kinds) {
        const camera = await readCamera(folder, cameraId, kind);
        const signInRule = digestMemory.ruleFor({ ...camera, id: cameraId });
        await RtspSession.describe({ camera, rules, signInRule, answerTimeoutMs, signal });
      }
    } catch (error) {
      if (signal.aborted) return;
      const { fault: code, message } = toCameraError(error);
      fault = { code, message };
    }
    if (fault?.code === 'wrongPassword') {
      this.#shut.set(cameraId, { rounds: roundsBetweenSignIns, entryHash: hashOf(entry) });
    } else this.#shut.delete(cameraId);
    this.#checks.set(cameraId, { at: new Date().toISOString(), fault });
  }

  #mustWait(cameraId: string, entry: unknown): boolean {
    const shut = this.#shut.get(cameraId);
    // A corrected password is tried at once.
    if (shut === undefined || shut.entryHash !== hashOf(entry) || shut.rounds <= 0) return false;
    this.#shut.set(cameraId, { ...shut, rounds: shut.rounds - 1 });
    return true;
  }
}

/** To see that an entry was changed without keeping the password that is in it. */
function hashOf(entry: unknown): string {
  return createHash('sha256').update(JSON.stringify(entry)).digest('hex');
}

import type { AlertInput } from '@commonsight/types/relay/alert-input';
import type { Logger } from 'pino';
import { listCameras } from '../cameras/readCamera.ts';
import { readOnvifCamera } from '../cameras/readOnvifCamera.ts';
import { RelayError } from '../errors.ts';
import { LogLimit } from '../LogLimit.ts';
import type { AddressRules } from '../rtsp/resolveAddress.ts';
import type { State } from '../sharing/Sharing.ts';
import { InputWatch, type InputWatchOptions, inputWatchTimings } from './InputWatch.ts';
import type { InputEvent } from './readInputEvents.ts';

/** The alert, as far as inputs have to do with it. */
export interface InputAlerts {
  /** Throws a RelayError for what does not fit, such as an input that has to be silent for a while first. */
  startByInput(which: string): void;
}

export interface AlertInputsOptions {
  readonly folder: string;
  readonly rules: AddressRules;
  /** What the owner's folder said last. */
  readonly sharingState: () => State;
  /** Of a camera that came over the link the relay asks nothing before its owner has confirmed it. */
  readonly awaitsOwner: (cameraId: string) => boolean;
  readonly alerts: InputAlerts;
  readonly log: Logger;
  readonly openWatch?: (options: InputWatchOptions) => Watch;
}

type Watch = Pick<InputWatch, 'isHeard' | 'start' | 'reopen' | 'close'>;

interface Watched {
  inputs: readonly AlertInput[];
  /** The entry as it stood when the watch was begun or opened anew. */
  entry: string;
  readonly watch: Watch;
  readonly lines: LogLimit;
}

/** Begins the alert at a change of the digital inputs that the owner has signed for, and of no others. */
export class AlertInputs {
  readonly #options: AlertInputsOptions;
  readonly #watched = new Map<string, Watched>();
  readonly #closing = new Set<Promise<void>>();
  #looking: Promise<void> | null = null;
  #isClosed = false;

  constructor(options: AlertInputsOptions) {
    this.#options = options;
  }

  /** To be called again and again: follows the owner's document and the cameras' entries. */
  look(): Promise<void> {
    this.#looking ??= this.#follow()
      .catch((error: unknown) => this.#options.log.error({ err: error }, 'inputs could not be followed'))
      .finally(() => {
        this.#looking = null;
      });
    return this.#looking;
  }

  /** Undefined for a camera of which no input is chosen. */
  stateOf(cameraId: string): 'heard' | 'failing' | undefined {
    const watched = this.#watched.get(cameraId);
    if (watched === undefined) return undefined;
    return watched.watch.isHeard ? 'heard' : 'failing';
  }

  /** Idempotent. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#looking;
    for (const cameraId of this.#watched.keys()) this.#end(cameraId);
    await Promise.all(this.#closing);
  }

  async #follow(): Promise<void> {
    const { folder, sharingState, awaitsOwner } = this.#options;
    const state = sharingState();
    // What cannot be read now says nothing: what is heard goes on, and begins no alert meanwhile.
    if (state.is === 'damaged') return;
    const inputs = state.is === 'paired' ? (state.document?.inputs ?? []) : [];
    const wanted = Map.groupBy(
      inputs.filter(({ cameraId }) => !awaitsOwner(cameraId)),
      ({ cameraId }) => cameraId,
    );
    for (const cameraId of this.#watched.keys()) if (!wanted.has(cameraId)) this.#end(cameraId);
    if (wanted.size === 0) return;
    // A file with a mistake leaves everything as it is.
    const entries = await listCameras(folder).catch(() => undefined);
    if (entries === undefined || this.#isClosed) return;
    for (const [cameraId, chosen] of wanted) this.#watch(cameraId, chosen, JSON.stringify(entries[cameraId] ?? null));
  }

  #watch(cameraId: string, inputs: readonly AlertInput[], entry: string): void {
    const watched = this.#watched.get(cameraId);
    if (watched !== undefined) {
      watched.inputs = inputs;
      if (watched.entry === entry) return;
      watched.entry = entry;
      watched.watch.reopen();
      return;
    }
    const { folder, rules, log, openWatch = (of) => new InputWatch(of) } = this.#options;
    const watch = openWatch({
      place: () => readOnvifCamera(folder, cameraId),
      rules,
      timings: inputWatchTimings,
      log: log.child({ cameraId }),
      onChange: (change) => this.#changed(cameraId, change),
    });
    this.#watched.set(cameraId, { inputs, entry, watch, lines: new LogLimit() });
    watch.start();
  }

  #end(cameraId: string): void {
    const watched = this.#watched.get(cameraId);
    if (watched === undefined) return;
    this.#watched.delete(cameraId);
    const closing = watched.watch.close().finally(() => this.#closing.delete(closing));
    this.#closing.add(closing);
  }

  #changed(cameraId: string, { input, isActive }: InputEvent): void {
    const { alerts, log } = this.#options;
    const watched = this.#watched.get(cameraId);
    if (watched === undefined) return;
    const { inputs, lines } = watched;
    const meant = inputs.filter(
      (one) => (one.input === null || one.input === input) && isActive === (one.startsWhen === 'on'),
    );
    if (meant.length === 0) return;
    // By the owner's choice and not by the event: a camera that makes up inputs is no crowd of sources.
    const isNamed = meant.some((one) => one.input !== null);
    try {
      alerts.startByInput(isNamed ? `${cameraId} ${input}` : cameraId);
      lines.log((counted) => log.info({ cameraId, input, ...counted }, 'an input has asked for the alert'));
    } catch (error) {
      if (!(error instanceof RelayError)) throw error;
      const reason = error.message;
      lines.log((counted) => log.warn({ cameraId, input, reason, ...counted }, 'an input was passed over'));
    }
  }
}

import { uptime } from 'node:os';
import {
  type AlertAct,
  type AlertSettings,
  type AlertState,
  type AlertTrigger,
  defaultAlertSettings,
} from '@commonsight/types/relay/alert';
import type { RunningAlert } from '@commonsight/types/relay/judgeSharing';
import type { Logger } from 'pino';
import type { State } from '../sharing/Sharing.ts';
import { AlertMachine } from './AlertMachine.ts';

export interface AlertsOptions {
  /** What the owner's folder said last. */
  readonly sharingState: () => State;
  readonly log: Logger;
  /** Whatever the alert opens or closes has to follow at once. */
  readonly onChanged: () => void;
  /** How long the machine has been running, together with the time in which it slept. */
  readonly uptimeSeconds?: () => number;
}

/** The uptime is told in whole seconds, or worse. */
const sleptSeconds = 30;

/**
 * The relay's alert with its clock: performance.now() runs evenly whatever is done to the clock on the wall. An alert lives
 * in memory alone, so that none survives a restart. While the machine sleeps that clock stands still: a sleep ends the alert.
 */
export class Alerts {
  readonly #machine: AlertMachine;
  readonly #options: AlertsOptions;
  #timer: NodeJS.Timeout | undefined;
  #mark = '';
  /** By how much the uptime was ahead of the monotonic clock when the alert with this id began. */
  #began = { id: '', aheadSeconds: 0 };

  constructor(options: AlertsOptions) {
    this.#options = options;
    this.#machine = new AlertMachine(() => settingsOf(options.sharingState()));
  }

  /** The alert that shares cameras at this moment. */
  get running(): RunningAlert {
    const nowMs = performance.now();
    if (!this.#machine.isSharing(nowMs)) return null;
    return { endsAtMs: Date.now() + (this.#machine.state(nowMs)?.leftMs ?? 0) };
  }

  get isSharing(): boolean {
    return this.#machine.isSharing(performance.now());
  }

  get state(): AlertState | null {
    return this.#machine.state(performance.now());
  }

  /** Changes with every stage and every new end. */
  get mark(): string {
    return this.#machine.mark(performance.now());
  }

  /** Does what somebody asks who may; an `end` of nothing is no error. Throws a RelayError for what does not fit. */
  act(act: AlertAct, trigger: Exclude<AlertTrigger, 'input'>): AlertState | null {
    const nowMs = performance.now();
    if (act === 'start' || act === 'test') this.#machine.start(trigger, act === 'test', nowMs);
    else if (act === 'extend') this.#machine.extend(nowMs);
    else this.#machine.end(trigger, nowMs);
    return this.#follow(nowMs);
  }

  /**
   * An input of a camera begins an alert, and can do nothing else. `which` is the owner's choice that it fits. Throws a RelayError
   * for what does not fit.
   */
  startByInput(which: string): void {
    const nowMs = performance.now();
    this.#machine.start('input', false, nowMs, `input ${which}`);
    this.#follow(nowMs);
  }

  /** The incident of this alert is closed. */
  endForIncident(id: string): void {
    const nowMs = performance.now();
    this.#machine.end('incidentClosed', nowMs, id);
    this.#follow(nowMs);
  }

  /**
   * The owner's word was read again. One that cannot be read shares nothing by itself and may be whole again in a moment, so
   * it ends no alert.
   */
  heed(): void {
    const nowMs = performance.now();
    if (this.#hasSlept(nowMs)) this.#machine.end('relaySlept', nowMs);
    if (this.#options.sharingState().is !== 'damaged') this.#machine.heed(nowMs);
    this.#follow(nowMs);
  }

  close(): void {
    clearTimeout(this.#timer);
  }

  #hasSlept(nowMs: number): boolean {
    return this.#aheadSeconds(nowMs) - this.#began.aheadSeconds > sleptSeconds;
  }

  #aheadSeconds(nowMs: number): number {
    return (this.#options.uptimeSeconds ?? uptime)() - nowMs / 1_000;
  }

  /** Writes a new stage down, has the streams follow it, and waits for the next one. */
  #follow(nowMs: number): AlertState | null {
    const state = this.#machine.state(nowMs);
    if (state !== null && state.id !== this.#began.id) {
      this.#began = { id: state.id, aheadSeconds: this.#aheadSeconds(nowMs) };
    }
    const mark = this.#machine.mark(nowMs);
    if (mark !== this.#mark) {
      this.#mark = mark;
      const { id, stage, trigger, isTest, end, leftMs } = state ?? {};
      this.#options.log.info({ alertId: id, stage, trigger, isTest, end, leftMs }, 'the alert has changed');
      this.#options.onChanged();
    }
    clearTimeout(this.#timer);
    const nextMs = this.#machine.nextMoment(nowMs);
    if (nextMs !== null) {
      // Timers of Node follow the monotonic clock too.
      this.#timer = setTimeout(() => this.#follow(performance.now()), Math.max(1, Math.ceil(nextMs - nowMs)));
    }
    return state;
  }
}

/** Null while no document says which cameras are shared on alert. */
function settingsOf(state: State): AlertSettings | null {
  if (state.is !== 'paired' || state.document === null) return null;
  return state.document.alert ?? defaultAlertSettings;
}

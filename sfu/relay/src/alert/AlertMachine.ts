import { randomUUID } from 'node:crypto';
import type { AlertEnd, AlertSettings, AlertState, AlertTrigger } from '@commonsight/types/relay/alert';
import { alertArmMs, alertAskBeforeMs } from '@commonsight/types/relay/alert';
import { RelayError } from '../errors.ts';

/** An alert in milliseconds of the monotonic clock. */
interface Run {
  readonly id: string;
  readonly isTest: boolean;
  readonly trigger: AlertTrigger;
  /** When arming is over and cameras are shared. */
  readonly sharesAtMs: number;
  /** From when the owner's maximum counts: also an alert before it, that its trigger goes on with. */
  readonly countsFromMs: number;
  /** How long it was to last when that was said last. */
  lengthMs: number;
  endsAtMs: number;
  ended: End | null;
}

interface End {
  readonly atMs: number;
  readonly why: AlertEnd;
  /** Who cancelled it does not stand in `why`. */
  readonly isByTrigger: boolean;
}

/** What one local trigger wants, since it was silent last. */
interface Wish {
  askedAtMs: number;
  /** From when the owner's maximum counts for it. */
  readonly countsFromMs: number;
  /** The last alert that it began, or asked for while it ran. */
  readonly run: Run;
}

/** Of so many thirds of a short alert the last one asks. */
const askAtMostShare = 3;

/** A local trigger whose alert was ended has to be silent for so long before it begins one: one that sticks is never heard. */
const quietMs = 10 * 60_000;
/** Nothing was shared, and who pressed by mistake may press in earnest soon; one that sticks calls sooner. */
const quietAfterCancelMs = 60_000;

/**
 * One alert at a time: arming, sharing, extension asked, ended. All moments are those of a monotonic clock that the caller
 * gives, so that a clock on the wall that is set moves nothing, and each question is answered for its own moment: an alert
 * is over at its time whether anything has looked at it or not.
 */
export class AlertMachine {
  /** Null while the owner's word allows no alert. */
  readonly #settings: () => AlertSettings | null;
  #run: Run | null = null;
  /** By source. Each goes by its own alerts alone, so that none that sticks or lies silences another one. */
  readonly #wishes = new Map<string, Wish>();

  constructor(settings: () => AlertSettings | null) {
    this.#settings = settings;
  }

  /**
   * Begins an alert. A running one of the same kind goes on as it is; a real one ends a test; a test ends nothing. `conflict`
   * for a local trigger when the owner has ended the alert that it asked for before, or that has lasted its maximum.
   * `source` tells local triggers of one kind apart.
   */
  start(trigger: AlertTrigger, isTest: boolean, nowMs: number, source: string = trigger): void {
    const settings = this.#allowed();
    const running = this.#running(nowMs);
    if (running !== null && isTest && !running.isTest) {
      throw new RelayError('conflict', 'An alert runs. A test is not made beside it.');
    }
    const isWish = !isTest && isLocal(trigger);
    const sharesAtMs = nowMs + alertArmMs;
    const countsFromMs = isWish ? this.#wished(source, sharesAtMs, settings, nowMs) : sharesAtMs;
    if (running !== null && isTest === running.isTest) {
      if (isWish && countsFromMs !== null) {
        this.#wishes.set(source, { askedAtMs: nowMs, countsFromMs, run: running });
      }
      return;
    }
    if (countsFromMs === null) {
      throw new RelayError(
        'conflict',
        'The alert that this trigger asked for has just ended. The owner or the console can begin another one.',
      );
    }
    if (running !== null) running.ended = { atMs: nowMs, why: 'realAlert', isByTrigger: false };
    const lengthMs = settings.seconds * 1_000;
    const endsAtMs = Math.min(sharesAtMs + lengthMs, countsFromMs + settings.mostSeconds * 1_000);
    const run: Run = { id: randomUUID(), isTest, trigger, sharesAtMs, countsFromMs, lengthMs, endsAtMs, ended: null };
    this.#run = run;
    if (isWish) this.#wishes.set(source, { askedAtMs: nowMs, countsFromMs, run });
  }

  /** Lets the alert last its length again from now on, but never over the owner's maximum. */
  extend(nowMs: number): void {
    const settings = this.#allowed();
    const running = this.#running(nowMs);
    if (running === null) throw new RelayError('conflict', 'No alert runs. Start a new one.');
    if (nowMs < running.sharesAtMs) throw new RelayError('conflict', 'The alert has not begun yet.');
    const endsAtMs = Math.min(nowMs + settings.seconds * 1_000, lastMoment(running, settings));
    if (endsAtMs <= running.endsAtMs) {
      throw new RelayError(
        'conflict',
        'The alert cannot be made longer: it lasts for its maximum, or was just extended.',
      );
    }
    running.lengthMs = settings.seconds * 1_000;
    running.endsAtMs = endsAtMs;
  }

  /** Ends what runs; what is still arming is cancelled. Nothing happens when none runs, or only another one. */
  end(why: AlertEnd, nowMs: number, id?: string): void {
    const running = this.#running(nowMs);
    if (running === null || (id !== undefined && running.id !== id)) return;
    const isArming = nowMs < running.sharesAtMs;
    const words = isArming && isByHand(why) ? 'cancelled' : why;
    running.ended = { atMs: nowMs, why: words, isByTrigger: why === 'webhook' };
  }

  /** The owner's word may have changed: an alert never lasts longer than it allows. */
  heed(nowMs: number): void {
    const running = this.#running(nowMs);
    if (running === null) return;
    const settings = this.#settings();
    const lastMs = settings === null ? nowMs : lastMoment(running, settings);
    if (lastMs <= nowMs) this.end('notAllowed', nowMs);
    else running.endsAtMs = Math.min(running.endsAtMs, lastMs);
  }

  /** Whether cameras that are shared on alert are shared at this moment. */
  isSharing(nowMs: number): boolean {
    const running = this.#running(nowMs);
    return running !== null && !running.isTest && nowMs >= running.sharesAtMs;
  }

  /** The alert that runs, else the last one; null before the first. */
  state(nowMs: number): AlertState | null {
    const run = this.#run;
    if (run === null) return null;
    const { id, isTest, trigger } = run;
    const ended = endOf(run, nowMs);
    const untilMs = ended?.atMs ?? nowMs;
    const sharedMs = Math.max(0, Math.round(untilMs - run.sharesAtMs));
    const shared = { id, isTest, trigger, sharedMs };
    if (ended !== null) {
      const endedMsAgo = Math.max(0, Math.round(nowMs - ended.atMs));
      return { ...shared, stage: 'ended', leftMs: 0, mayExtend: false, end: ended.why, endedMsAgo };
    }
    const isArming = nowMs < run.sharesAtMs;
    const stage = isArming ? 'arming' : nowMs < askMoment(run) ? 'sharing' : 'extensionAsked';
    const leftMs = Math.max(0, Math.round((isArming ? run.sharesAtMs : run.endsAtMs) - nowMs));
    const mayExtend = stage === 'extensionAsked' && this.#mayGrow(run);
    return { ...shared, stage, leftMs, mayExtend, end: null, endedMsAgo: null };
  }

  /** Changes whenever an alert reaches another stage or gets another end. */
  mark(nowMs: number): string {
    const state = this.state(nowMs);
    return state === null ? '' : [state.id, state.stage, state.mayExtend, this.#run?.endsAtMs].join(' ');
  }

  /** When the alert reaches its next stage by itself; null when none runs. */
  nextMoment(nowMs: number): number | null {
    const running = this.#running(nowMs);
    if (running === null) return null;
    const moments = [running.sharesAtMs, askMoment(running), running.endsAtMs];
    return moments.find((moment) => moment > nowMs) ?? null;
  }

  #allowed(): AlertSettings {
    const settings = this.#settings();
    if (settings === null) {
      throw new RelayError(
        'notPermitted',
        'There is no alert before the owner has said which cameras are shared on alert.',
      );
    }
    return settings;
  }

  /** A local trigger wants an alert: from when the maximum counts for it. Null when it has to be silent first. */
  #wished(source: string, sharesAtMs: number, settings: AlertSettings, nowMs: number): number | null {
    const wish = this.#wishes.get(source);
    if (wish === undefined) return sharesAtMs;
    const silentMs = nowMs - wish.askedAtMs;
    wish.askedAtMs = nowMs;
    const ended = endOf(wish.run, nowMs);
    if (ended === null) return wish.countsFromMs;
    if (Math.min(silentMs, nowMs - ended.atMs) >= quietAfter(ended)) return sharesAtMs;
    // Nobody who decides has ended it, and its maximum is not over: it goes on.
    const isUndecided = ended.isByTrigger || ended.why === 'time' || ended.why === 'relaySlept';
    return isUndecided && sharesAtMs < lastMoment(wish, settings) ? wish.countsFromMs : null;
  }

  #mayGrow(run: Run): boolean {
    const settings = this.#settings();
    return settings !== null && run.endsAtMs < lastMoment(run, settings);
  }

  #running(nowMs: number): Run | null {
    return this.#run !== null && endOf(this.#run, nowMs) === null ? this.#run : null;
  }
}

function endOf(run: Run, nowMs: number): Run['ended'] {
  return run.ended ?? (nowMs >= run.endsAtMs ? { atMs: run.endsAtMs, why: 'time', isByTrigger: false } : null);
}

function quietAfter({ why, isByTrigger }: End): number {
  return why === 'cancelled' && !isByTrigger ? quietAfterCancelMs : quietMs;
}

function lastMoment({ countsFromMs }: Pick<Run, 'countsFromMs'>, { mostSeconds }: AlertSettings): number {
  return countsFromMs + mostSeconds * 1_000;
}

function askMoment({ endsAtMs, lengthMs }: Run): number {
  return endsAtMs - Math.min(alertAskBeforeMs, lengthMs / askAtMostShare);
}

/** Whether it speaks for somebody whom the relay does not know, or for a thing. */
function isLocal(trigger: AlertTrigger): boolean {
  return trigger !== 'owner' && trigger !== 'console';
}

function isByHand(why: AlertEnd): boolean {
  return why === 'owner' || why === 'webhook' || why === 'console';
}

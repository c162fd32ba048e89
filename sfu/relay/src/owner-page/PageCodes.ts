import { nameOfKey } from '@commonsight/types/relay/sharing';
import type { Logger } from 'pino';
import { pageCodeMs, type PairingCode } from '../sharing/PairingCode.ts';
import type { SharingFolder } from '../sharing/SharingFolder.ts';

/** What the page of the site's network has to say. */
export type PageState =
  /** A press makes a code. */
  | { readonly is: 'ready' }
  | { readonly is: 'shown'; readonly code: string; readonly forMinutes: number }
  /** A code runs that was shown elsewhere; `from` is the address whose press made it, null for the console. */
  | { readonly is: 'running'; readonly from: string | null; readonly forMinutes: number }
  /** The relay has run for too long, or has made too many. */
  | { readonly is: 'closed' }
  | { readonly is: 'paired'; readonly keyNames: readonly string[] }
  /** The owner's folder cannot be read: nobody knows whether there is an owner. */
  | { readonly is: 'unknown' };

export interface PageCodesOptions {
  readonly folder: Pick<SharingFolder, 'read' | 'prepare'>;
  readonly code: Pick<PairingCode, 'make' | 'running'>;
  readonly log: Pick<Logger, 'warn'>;
  /** Monotonic, in milliseconds. */
  readonly nowMs?: () => number;
}

/**
 * Who can start the relay's machine anew stands before it. So a press counts within the first hour only: a relay that nobody
 * has paired is not for ever open to whatever comes into its network.
 */
export const openForMs = 60 * 60_000;
/** For each start: more than a person mistypes. */
const mostCodes = 10;

/**
 * When the page may make a pairing code and when it may show one (SHR6): it makes one while no owner is paired, none while another
 * one runs, and shows it to who has pressed alone; beside that it shows what the console lets it show.
 */
export class PageCodes {
  readonly #options: PageCodesOptions;
  readonly #startedAtMs: number;
  #made = 0;
  #lastFrom: string | null = null;
  /** One press at a time: the second of two finds the first one's code. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(options: PageCodesOptions) {
    this.#options = options;
    this.#startedAtMs = this.#nowMs();
  }

  async look(): Promise<PageState> {
    const running = await this.#options.code.running(Date.now());
    if (running?.origin === 'consoleAndPage') {
      return { is: 'shown', code: running.shown, forMinutes: minutesUntil(running.expiresAt) };
    }
    const kept = await this.#options.folder.read().catch(() => null);
    if (kept === null) return { is: 'unknown' };
    if (kept.is === 'paired') return { is: 'paired', keyNames: kept.ownerKeys.map(nameOfKey) };
    if (running !== undefined) {
      const from = running.origin === 'page' ? this.#lastFrom : null;
      return { is: 'running', from, forMinutes: minutesUntil(running.expiresAt) };
    }
    const isOpen = this.#nowMs() - this.#startedAtMs < openForMs && this.#made < mostCodes;
    return { is: isOpen ? 'ready' : 'closed' };
  }

  /** Somebody at this address has pressed: makes a code and shows it, if a press makes one now. */
  press(from: string): Promise<PageState> {
    const turn = this.#turn.then(() => this.#press(from));
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  async #press(from: string): Promise<PageState> {
    const state = await this.look();
    if (state.is !== 'ready') return state;
    const { folder, code, log } = this.#options;
    await folder.prepare();
    const { shown, expiresAt } = await code.make(Date.now(), { origin: 'page', lifeMs: pageCodeMs });
    this.#made += 1;
    this.#lastFrom = from;
    log.warn({ from }, 'a pairing code was made on the page of the site’s network');
    return { is: 'shown', code: shown, forMinutes: minutesUntil(expiresAt) };
  }

  #nowMs(): number {
    return (this.#options.nowMs ?? (() => performance.now()))();
  }
}

function minutesUntil(moment: string): number {
  return Math.max(1, Math.ceil((Date.parse(moment) - Date.now()) / 60_000));
}

import { type KeyObject, sign, timingSafeEqual } from 'node:crypto';
import type { LinkHandlers } from '@commonsight/types/answer';
import { modesAt } from '@commonsight/types/relay/judgeSharing';
import { ownerProof, relayProof, type PairRequest, type PairResponse } from '@commonsight/types/relay/pairing';
import type { RelayRequests } from '@commonsight/types/relay/relay-link';
import { type SharingState, sharingReceiptText, type SignedSharing } from '@commonsight/types/relay/sharing';
import type { Logger } from 'pino';
import { RelayError } from '../errors.ts';
import { SharingConflictError } from './openSharing.ts';
import { PairingCode } from './PairingCode.ts';
import type { Sharing } from './Sharing.ts';
import { SharingFolder } from './SharingFolder.ts';

export interface SharingDeskOptions {
  readonly folder: string;
  readonly relayId: string;
  /** Signs receipts; its public half, SPKI DER in base64url, goes to an owner's browser when it is paired. */
  readonly deviceKey: KeyObject;
  readonly devicePublicKey: string;
  readonly sharing: Sharing;
  readonly log: Logger;
  /** Tells the server what holds; rejects while it cannot be told. */
  readonly tell: (state: SharingState) => Promise<void>;
}

const tellAgainMs = 5_000;

type Handlers = Pick<LinkHandlers<RelayRequests>, 'owner:pair' | 'sharing:offer'>;

/** The owner's way to the relay over the server, which carries everything and can change nothing. */
export class SharingDesk {
  readonly #options: SharingDeskOptions;
  readonly #folder: SharingFolder;
  readonly #code: PairingCode;
  #told = '';
  #tellAgainAtMs = 0;
  #telling: Promise<void> | null = null;
  /** One pairing or document at a time: the second of two with the same version finds the first one kept. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(options: SharingDeskOptions) {
    this.#options = options;
    this.#folder = new SharingFolder(options.folder, options.relayId);
    this.#code = new PairingCode(this.#folder.path);
  }

  readonly handlers: Handlers = {
    'owner:pair': (request) => this.#inTurn(() => this.#pair(request)),
    'sharing:offer': ({ signed }) => this.#inTurn(() => this.#offer(signed)),
  };

  /** The server knows nothing yet, or is another one. */
  connected(): void {
    this.#told = '';
    this.#tellAgainAtMs = 0;
    this.tellChanges();
  }

  /** To be called whenever the sharing was looked at; tells only what differs from what was told. */
  tellChanges(): void {
    const state = this.#state();
    const text = JSON.stringify(state);
    if (text === this.#told || this.#telling !== null || performance.now() < this.#tellAgainAtMs) return;
    this.#telling = this.#tell(state, text).finally(() => {
      this.#telling = null;
    });
  }

  async #tell(state: SharingState, text: string): Promise<void> {
    try {
      await this.#options.tell(state);
      this.#told = text;
    } catch {
      // There is no link, or the server is of an earlier version and does not know the question.
      this.#tellAgainAtMs = performance.now() + tellAgainMs;
    }
  }

  #state(): SharingState {
    const { state } = this.#options.sharing;
    const awaitingOwner = this.#options.sharing.awaitingOwner.slice(0, mostAwaiting);
    // No document names them, and without one what holds for all others does not hold for them.
    const unconfirmed = Object.fromEntries(awaitingOwner.map(({ cameraId }) => [cameraId, 'off' as const]));
    if (state.is !== 'paired') {
      return {
        state: state.is,
        ownerKeys: [],
        inForce: null,
        modes: unconfirmed,
        awaitingOwner,
        others: state.is === 'unpaired' ? 'always' : 'off',
      };
    }
    const { ownerKeys, document, signed } = state;
    const shared = { state: 'paired' as const, ownerKeys: [...ownerKeys], awaitingOwner };
    if (document === null || signed === null) return { ...shared, inForce: null, modes: unconfirmed, others: 'off' };
    const inForce = { signed, receipt: this.#receipt(signed) };
    const { modes, others } = modesAt(document, Date.now());
    return { ...shared, inForce, modes: { ...modes, ...unconfirmed }, others };
  }

  /** Ed25519 signatures are the same each time, so that nothing looks changed. */
  #receipt({ document }: SignedSharing): string {
    const { relayId, deviceKey } = this.#options;
    return sign(null, Buffer.from(sharingReceiptText({ relayId, document })), deviceKey).toString('base64url');
  }

  async #pair({ ownerKey, nonce, proof }: PairRequest): Promise<PairResponse> {
    const { relayId, devicePublicKey, log, sharing } = this.#options;
    const transcript = { relayId, ownerKey, nonce };
    const taken = await this.#code.take(Date.now());
    if (taken === undefined || !isSame(proof, await ownerProof(taken.code, transcript))) {
      log.warn({ hadCode: taken !== undefined }, 'a pairing was refused');
      throw new RelayError('codeNotAccepted', 'The relay does not accept this code. Show a new one at its console.');
    }
    const { code, isForFirstOwner } = taken;
    await this.#folder.pair(ownerKey, { isFirstOnly: isForFirstOwner }).catch((error: unknown) => {
      throw new RelayError('notPermitted', sentenceOf(error), { cause: error });
    });
    await sharing.look();
    log.info('an owner is paired');
    return { relayKey: devicePublicKey, proof: await relayProof(code, transcript, devicePublicKey) };
  }

  async #offer(signed: SignedSharing): Promise<SharingState> {
    const { log, sharing } = this.#options;
    try {
      await this.#folder.accept(JSON.stringify(signed));
    } catch (error) {
      log.warn({ reason: sentenceOf(error) }, 'a sharing document was refused');
      const code = error instanceof SharingConflictError ? 'conflict' : 'notPermitted';
      throw new RelayError(code, sentenceOf(error), { cause: error });
    }
    // A look that runs already may have read what was there before.
    await sharing.lookAgain();
    return this.#state();
  }

  #inTurn<T>(act: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(act, act);
    this.#turn = turn.catch(() => undefined);
    return turn;
  }
}

/** As many as the message takes; a site has some hundred cameras. */
const mostAwaiting = 1_000;

function isSame(one: string, other: string): boolean {
  const [left, right] = [Buffer.from(one), Buffer.from(other)];
  return left.length === right.length && timingSafeEqual(left, right);
}

function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

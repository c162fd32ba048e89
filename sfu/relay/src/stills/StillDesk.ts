import { type KeyObject, sign } from 'node:crypto';
import type { LinkHandlers } from '@commonsight/types/answer';
import type { RelayRequests } from '@commonsight/types/relay/relay-link';
import {
  type SignedStillRequest,
  type StillAnswer,
  type StillRequest,
  stillReceiptText,
  stillRequestSchema,
  stillSignatureContext,
} from '@commonsight/types/relay/still';
import type { Logger } from 'pino';
import { readCamera } from '../cameras/readCamera.ts';
import { RelayError } from '../errors.ts';
import { CameraError } from '../rtsp/CameraError.ts';
import type { AddressRules } from '../rtsp/resolveAddress.ts';
import type { DigestMemory } from '../rtsp/SignInRule.ts';
import { openSigned } from '../sharing/openSigned.ts';
import type { Sharing } from '../sharing/Sharing.ts';
import { AnsweredRequests } from './AnsweredRequests.ts';
import { sealStill } from './sealStill.ts';
import { takeStill } from './takeStill.ts';

export interface StillDeskOptions {
  /** Where `cameras.json` is. */
  readonly folder: string;
  readonly relayId: string;
  readonly deviceKey: KeyObject;
  readonly sharing: Pick<Sharing, 'ownerKeys'>;
  readonly rules: AddressRules;
  readonly digestMemory: DigestMemory;
  readonly answerTimeoutMs: number;
  readonly log: Logger;
  readonly take?: typeof takeStill;
}

/** Less than the server waits. A camera with a key frame every ten seconds is served. */
const longestMs = 15_000;

/** Takes stills for owners. The server that carries them can neither ask for one nor see or make one up. */
export class StillDesk {
  readonly #options: StillDeskOptions;
  readonly #abort = new AbortController();
  readonly #answered: AnsweredRequests;
  #taking: Promise<unknown> | undefined;

  constructor(options: StillDeskOptions) {
    this.#options = options;
    this.#answered = new AnsweredRequests(options.folder);
  }

  readonly handlers: Pick<LinkHandlers<RelayRequests>, 'camera:takeStill'> = {
    'camera:takeStill': ({ signed }) => this.#answer(signed),
  };

  /** Ends what runs. */
  async close(): Promise<void> {
    this.#abort.abort();
    await this.#taking?.catch(() => undefined);
  }

  async #answer(signed: SignedStillRequest): Promise<StillAnswer> {
    const request = this.#open(signed);
    if (this.#taking !== undefined) {
      throw new RelayError('tooManyRequests', 'The relay takes a still already. Try again in a moment.');
    }
    const taking = this.#takeOnce(request);
    this.#taking = taking;
    try {
      const sealed = await taking;
      const text = stillReceiptText({ request: signed.request, sealed });
      return { sealed, receipt: sign(null, Buffer.from(text), this.#options.deviceKey).toString('base64url') };
    } finally {
      this.#taking = undefined;
    }
  }

  #open({ request, signature }: SignedStillRequest): StillRequest {
    const { relayId, sharing, log } = this.#options;
    return openSigned(
      { content: request, signature },
      {
        context: stillSignatureContext,
        schema: stillRequestSchema,
        what: 'request',
        relayId,
        ownerKeys: sharing.ownerKeys,
        log,
      },
    );
  }

  async #takeOnce(request: StillRequest): Promise<string> {
    const isNew = await this.#answered.add(request.sealingPoint).catch((error: unknown) => {
      this.#options.log.error({ err: error }, 'which requests for stills were answered cannot be kept');
      throw new RelayError(
        'mediaUnavailable',
        'The relay cannot keep which requests for stills it has answered. Look at its disk and at answered-stills.json there.',
        { cause: error },
      );
    });
    if (!isNew) throw new RelayError('conflict', 'This request was answered already. Ask anew.');
    return this.#take(request);
  }

  async #take(request: StillRequest): Promise<string> {
    const { folder, rules, digestMemory, answerTimeoutMs, log, take = takeStill } = this.#options;
    const { cameraId, kind } = request;
    try {
      const camera = await readCamera(folder, cameraId, kind);
      const jpeg = await take({
        camera,
        rules,
        answerTimeoutMs,
        log,
        signInRule: digestMemory.ruleFor({ ...camera, id: cameraId }),
        signal: AbortSignal.any([this.#abort.signal, AbortSignal.timeout(longestMs)]),
      });
      const sealed = await sealStill(jpeg, request);
      log.info({ cameraId, kind }, 'took a still for the owner');
      return sealed;
    } catch (error) {
      if (error instanceof CameraError) throw new RelayError('mediaUnavailable', error.message, { cause: error });
      throw error;
    }
  }
}

import type { LinkHandlers } from '@commonsight/types/answer';
import {
  type PreviewOrder,
  previewMs,
  previewOrderSchema,
  previewSignatureContext,
  type SignedPreviewOrder,
} from '@commonsight/types/relay/preview';
import type { RelayNotifications, RelayRequests } from '@commonsight/types/relay/relay-link';
import type { Logger } from 'pino';
import type { z } from 'zod';
import { RelayError } from '../errors.ts';
import { openSigned } from '../sharing/openSigned.ts';
import { OrderChallenges } from '../sharing/OrderChallenges.ts';
import type { Sharing } from '../sharing/Sharing.ts';
import type { Streams } from '../streams/Streams.ts';
import type { UplinkDescription } from '../uplink/StreamOutput.ts';

type StartRequest = z.output<RelayRequests['preview:start']['request']>;
type EndReason = z.output<RelayNotifications['preview:stopped']>['reason'];

export interface PreviewDeskOptions {
  readonly relayId: string;
  readonly sharing: Pick<Sharing, 'judge' | 'ownerKeys'>;
  readonly streams: Pick<Streams, 'startPreview' | 'stopPreview'>;
  readonly log: Logger;
  readonly tell: (previewId: string, reason: EndReason) => void;
  /** How long one lasts. */
  readonly lastsMs?: number;
}

/** Owners of one site look now and then; each preview costs the site's line a stream. */
const mostPreviews = 3;

/**
 * The owner's way to see a camera as police get it. The order is the owner's word for one camera and some minutes; the relay
 * looks at the signature by itself, and ends the preview by its own clock.
 */
export class PreviewDesk {
  readonly #options: PreviewDeskOptions;
  readonly #challenges = new OrderChallenges();
  readonly #previews = new Map<string, { readonly started: Promise<unknown>; readonly timer: NodeJS.Timeout }>();

  constructor(options: PreviewDeskOptions) {
    this.#options = options;
  }

  readonly handlers: Pick<LinkHandlers<RelayRequests>, 'preview:prepare' | 'preview:start' | 'preview:stop'> = {
    'preview:prepare': async () => ({ challenge: this.#challenges.make(performance.now()) }),
    'preview:start': (request) => this.#start(request),
    'preview:stop': async ({ previewId }) => {
      await this.#stop(previewId);
      return {};
    },
  };

  /** The server knows of no preview yet, or is another one: nobody looks any more. */
  connected(): void {
    this.#stopAll();
  }

  /** The owner's word was read again: without an owner nobody previews. */
  heed(): void {
    if (this.#options.sharing.ownerKeys.length === 0) this.#stopAll();
  }

  /** The streams have ended it by themselves. */
  stopped(previewId: string, reason: EndReason): void {
    if (this.#forget(previewId)) this.#options.tell(previewId, reason);
  }

  close(): void {
    for (const previewId of this.#previews.keys()) this.#forget(previewId);
  }

  async #start({ signed, previewId, streamId, uplink }: StartRequest): Promise<UplinkDescription> {
    const { cameraId, kind, isBeyondSharing } = this.#open(signed);
    if (this.#previews.has(previewId)) throw new RelayError('conflict', 'This preview runs already.');
    if (this.#previews.size >= mostPreviews) {
      throw new RelayError('tooManyRequests', `${mostPreviews} previews run already. Close one of them.`);
    }
    const { mayBeSeen, sentence } = this.#options.sharing.judge(cameraId);
    if (!mayBeSeen && !isBeyondSharing) throw new RelayError('notShared', sentence);
    const { streams, lastsMs = previewMs } = this.#options;
    // What the owner wants to see although it is not shared goes on, and what is shared ends with the sharing.
    const started = streams.startPreview({ previewId, streamId, cameraId, kind, uplink, isBeyondSharing: !mayBeSeen });
    // Timers of Node follow the monotonic clock.
    const timer = setTimeout(() => void this.#end(previewId), lastsMs);
    this.#previews.set(previewId, { started, timer });
    try {
      return await started;
    } catch (error) {
      this.#forget(previewId);
      throw error;
    }
  }

  async #end(previewId: string): Promise<void> {
    await this.#stop(previewId);
    this.#options.log.info({ previewId }, 'a preview has had its time');
    this.#options.tell(previewId, 'time');
  }

  #stopAll(): void {
    for (const previewId of this.#previews.keys()) void this.#stop(previewId);
  }

  /** Also one that is just being opened. */
  async #stop(previewId: string): Promise<void> {
    const preview = this.#previews.get(previewId);
    if (preview === undefined) return;
    await preview.started.catch(() => undefined);
    this.#forget(previewId);
    await this.#options.streams.stopPreview(previewId);
  }

  #forget(previewId: string): boolean {
    clearTimeout(this.#previews.get(previewId)?.timer);
    return this.#previews.delete(previewId);
  }

  #open({ order, signature }: SignedPreviewOrder): PreviewOrder {
    const { relayId, sharing, log } = this.#options;
    return openSigned(
      { content: order, signature },
      {
        context: previewSignatureContext,
        schema: previewOrderSchema,
        what: 'order',
        relayId,
        ownerKeys: sharing.ownerKeys,
        log,
        // Last, so that nobody but an owner can make a challenge void.
        check: ({ challenge }) => this.#challenges.spend(challenge, performance.now()),
      },
    );
  }
}

import { previewRoutes } from '@commonsight/types/http/preview-routes';
import { previewKeepMs } from '@commonsight/types/relay/preview';
import type { StreamKind } from '@commonsight/types/stream-kind';
import type { CallResult } from '../../api/CallResult.ts';
import { ownerCall } from '../../api/ownerCall.ts';
import { PeerSession } from '../../media/PeerSession.ts';
import type { OwnerKey } from '../ownerKey.ts';
import { cannotSign, signPreviewOrder } from '../signOrders.ts';
import { PreviewSignaling } from './PreviewSignaling.ts';
import { previewEndWords, previewProblem } from './previewWords.ts';

export type PreviewState =
  | { state: 'opening' }
  | { state: 'flowing'; track: MediaStreamTrack; leftMs: number }
  | { state: 'ended'; words: string };

export interface PreviewWish {
  secret: string;
  key: OwnerKey;
  cameraId: string;
  kind: StreamKind;
  isBeyondSharing: boolean;
}

/** One preview, from the owner's signature to its end. It never begins anew by itself: each costs a signature. */
export class PreviewSession {
  readonly #wish: PreviewWish;
  readonly #onChanged: (state: PreviewState) => void;
  readonly #createPeer: typeof PeerSession.create;
  #previewId: string | null = null;
  #peer: PeerSession | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isOver = false;

  constructor(
    wish: PreviewWish,
    onChanged: (state: PreviewState) => void,
    createPeer: typeof PeerSession.create = PeerSession.create.bind(PeerSession),
  ) {
    this.#wish = wish;
    this.#onChanged = onChanged;
    this.#createPeer = createPeer;
  }

  /** Resolves when the picture flows, or the reason why it does not was told. */
  async open(): Promise<void> {
    const { secret, key, cameraId, kind, isBeyondSharing } = this.#wish;
    const { relayId } = key;
    const prepared = await ownerCall(previewRoutes.preparePreview, secret, { body: { relayId } });
    if (prepared.state !== 'ok') return this.#fail(prepared);
    const { challenge } = prepared.value;
    const signed = await signPreviewOrder(key, { challenge, cameraId, kind, isBeyondSharing }).catch(() => null);
    if (signed === null) return this.#end(cannotSign);
    if (this.#isOver) return;
    const started = await ownerCall(previewRoutes.startPreview, secret, { body: { relayId, signed } });
    if (started.state !== 'ok') return this.#fail(started);
    const { previewId, routerRtpCapabilities } = started.value;
    this.#previewId = previewId;
    // It was closed while it was being opened: nobody has told the server of it yet.
    if (this.#isOver) return this.#tellStop();
    const track = await this.#connect(previewId, routerRtpCapabilities);
    if (this.#isOver) return;
    if (track === null) return this.#end(previewEndWords.mediaLost);
    await this.#keep(previewId, track);
  }

  /** Idempotent. Also while the page is left. */
  close(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#release();
    this.#tellStop();
  }

  async #connect(
    previewId: string,
    routerRtpCapabilities: Parameters<typeof PeerSession.create>[1]['routerRtpCapabilities'],
  ): Promise<MediaStreamTrack | null> {
    const signaling = new PreviewSignaling(previewId, this.#wish.secret);
    const opened = { peerId: previewId, secret: '', isResumed: false, viewingIds: [], routerRtpCapabilities };
    const peer = await this.#createPeer(signaling, opened, () => this.#end(previewEndWords.mediaLost));
    if (peer === null || signaling.consumer === null) return null;
    if (this.#isOver) {
      peer.close();
      return null;
    }
    this.#peer = peer;
    const [consumer] = await peer.consume([signaling.consumer]);
    return consumer?.track ?? null;
  }

  /** Says that the page is there, again and again; the first time lets packets flow. */
  async #keep(previewId: string, track: MediaStreamTrack): Promise<void> {
    const result = await ownerCall(previewRoutes.keepPreview, this.#wish.secret, { params: { id: previewId } });
    if (this.#isOver) return;
    if (result.state === 'failed' && result.error.code === 'notFound') return this.#end(previewEndWords.mediaLost);
    if (result.state === 'ok') {
      const { leftMs, end } = result.value;
      if (end !== null) return this.#end(previewEndWords[end]);
      this.#onChanged({ state: 'flowing', track, leftMs });
    }
    // A server that does not answer once may do so the next time; it ends a silent page's preview itself.
    this.#timer = setTimeout(() => void this.#keep(previewId, track), previewKeepMs);
  }

  #fail(result: Exclude<CallResult<unknown>, { state: 'ok' }>): void {
    this.#end(result.state === 'aborted' ? previewEndWords.closedByOwner : previewProblem(result.error));
  }

  #end(words: string): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#release();
    this.#tellStop();
    this.#onChanged({ state: 'ended', words });
  }

  #release(): void {
    clearTimeout(this.#timer);
    this.#peer?.close();
    this.#peer = null;
  }

  #tellStop(): void {
    if (this.#previewId === null) return;
    // Not heard of, the server ends it for the page's silence.
    void ownerCall(previewRoutes.stopPreview, this.#wish.secret, { params: { id: this.#previewId }, keepalive: true });
  }
}

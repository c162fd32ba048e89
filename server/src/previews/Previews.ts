import type { PreviewEnd } from '@commonsight/types/preview';
import {
  previewKeepMs,
  previewMs,
  previewOrderSchema,
  previewSignatureContext,
  type SignedPreviewOrder,
} from '@commonsight/types/relay/preview';
import type { z } from 'zod';
import type { previewRoutes } from '@commonsight/types/http/preview-routes';
import type { AnonymousActor } from '../access/Actor.ts';
import type { Audit } from '../audit/Audit.ts';
import { CodedError, codeOf } from '../errors.ts';
import { newId } from '../ids.ts';
import type { OpenLinks } from '../ledger/OpenLinks.ts';
import type { AskRelay } from '../relay-link/RelayLinks.ts';
import type { AskHost } from '../sfu-link/SfuLink.ts';
import type { OwnerDoor } from '../sharing/OwnerDoor.ts';
import { readSigned } from '../sharing/readSigned.ts';
import type { BackgroundWork } from '../BackgroundWork.ts';
import type { StreamRecord } from '../streams/StreamRecord.ts';
import type { Streams } from '../streams/Streams.ts';
import type { HostClosings } from '../viewings/HostClosings.ts';
import { leftMsOf, type Preview } from './Preview.ts';

type Body<Name extends keyof typeof previewRoutes> = (typeof previewRoutes)[Name] extends {
  body: infer B extends z.ZodType;
}
  ? z.output<B>
  : never;
type Answer<Name extends keyof typeof previewRoutes> = z.output<(typeof previewRoutes)[Name]['response']>;

export interface PreviewsParts {
  audit: Pick<Audit, 'record'>;
  links: Pick<OpenLinks, 'open'>;
  door: OwnerDoor;
  streams: Pick<Streams, 'find'>;
  askHost: AskHost;
  askRelay: AskRelay;
  closings: Pick<HostClosings, 'closePeer'>;
  background: Pick<BackgroundWork, 'run'>;
}

const orderForm = { context: previewSignatureContext, schema: previewOrderSchema, what: 'order of a preview' };
const askTimeoutMs = 5_000;
/** The page may be slow once. */
const silenceMs = 3 * previewKeepMs;
/** The host's clock may be a little ahead. */
const clockToleranceMs = 2_000;
/** For so long the page can still learn why a preview has ended. */
const rememberedMs = 60_000;

/**
 * Owners' own views of their cameras (PRV1 to PRV4). They are no viewings: no grant, no incident, no wall. An owner's signature
 * decides: the server looks at it before anything comes of an order, carries it for the cameras of the link's site alone, and
 * writes it down; the relay has the last word.
 */
export class Previews {
  readonly #parts: PreviewsParts;
  readonly #previews = new Map<string, Preview>();

  constructor(parts: PreviewsParts) {
    this.#parts = parts;
  }

  async prepare(
    actor: AnonymousActor,
    secret: string | null,
    { relayId }: Body<'preparePreview'>,
  ): Promise<Answer<'preparePreview'>> {
    await this.#parts.door.openRelay(actor, secret, relayId, 'preview.started');
    return this.#parts.askRelay(relayId, 'preview:prepare', {}, { timeoutMs: askTimeoutMs });
  }

  /** The line, then the order. When it runs, an earlier preview of the link ends. */
  async start(
    actor: AnonymousActor,
    secret: string | null,
    { relayId, signed }: Body<'startPreview'>,
  ): Promise<Answer<'startPreview'>> {
    const { door, streams, audit } = this.#parts;
    const own = await door.openRelay(actor, secret, relayId, 'preview.started');
    const { linkId, agencyId, siteId, signers } = own;
    const envelope = { content: signed.order, signature: signed.signature };
    const { content } = await door.orRefuse(own.act, async () => readSigned(envelope, orderForm, signers));
    const { cameraId, kind } = content;
    const record = await streams.find(agencyId, cameraId, kind);
    const ofStream = { stream: kind, ...(record === null ? {} : { streamId: record.streamId }) };
    const target = { kind: 'camera' as const, id: cameraId };
    const act = { ...own.act, target, details: { ...own.act.details, ...ofStream } };
    return door.orRefuse(act, async () => {
      if (record?.siteId !== siteId) throw new CodedError('notFound');
      await audit.record({ ...act, outcome: 'done' });
      const preview = this.#add({ linkId, agencyId, relayId, cameraId, actor });
      try {
        const routerRtpCapabilities = await this.#open(preview, record, signed);
        await this.#endEarlier(preview);
        return { previewId: preview.id, leftMs: leftMsOf(preview, previewMs), routerRtpCapabilities };
      } catch (error) {
        await this.#end(preview, codeOf(error) === 'notShared' ? 'notShared' : 'mediaLost');
        throw error;
      }
    });
  }

  /** Makes the host's side of the browser's transport, with a consumer that waits. Once for a preview. */
  async open(
    actor: AnonymousActor,
    secret: string | null,
    id: string,
    { rtpCapabilities }: Body<'openPreview'>,
  ): Promise<Answer<'openPreview'>> {
    const preview = await this.#running(actor, secret, id);
    if (preview.stage !== 'started') throw new CodedError('conflict', 'The preview is open already.');
    preview.stage = 'opening';
    const { askHost } = this.#parts;
    const transport = await askHost('peer:createTransport', { peerId: id });
    const { uplinkId, expiresAt } = preview;
    const { results } = await askHost('consumer:create', {
      peerId: id,
      rtpCapabilities,
      consumers: [{ viewingId: id, uplinkId, expiresAt }],
    });
    const [result] = results;
    if (result === undefined) throw new CodedError('mediaUnavailable');
    if (!result.ok) throw new CodedError(result.error.code, result.error.message);
    preview.stage = 'open';
    return { transport, consumer: result.consumer };
  }

  async connect(
    actor: AnonymousActor,
    secret: string | null,
    id: string,
    request: Body<'connectPreview'>,
  ): Promise<Record<string, never>> {
    await this.#running(actor, secret, id);
    await this.#parts.askHost('peer:connectTransport', { peerId: id, ...request });
    return {};
  }

  /** The page is there; from the first time on packets flow to it. */
  async keep(actor: AnonymousActor, secret: string | null, id: string): Promise<Answer<'keepPreview'>> {
    const preview = await this.#own(actor, secret, id);
    if (preview.end !== null) return { leftMs: 0, end: preview.end };
    this.#hear(preview);
    if (preview.stage === 'open') {
      await this.#parts.askHost('consumer:resume', { viewingIds: [id] });
      preview.stage = 'flowing';
    }
    return { leftMs: leftMsOf(preview, previewMs), end: preview.end };
  }

  async stop(actor: AnonymousActor, secret: string | null, id: string): Promise<Answer<'stopPreview'>> {
    const preview = await this.#own(actor, secret, id);
    await this.#end(preview, 'closedByOwner');
    return { end: preview.end ?? 'closedByOwner' };
  }

  /** The SFU host has ended its side; another peer is none of ours. */
  hostEnded(peerId: string): void {
    const preview = this.#previews.get(peerId);
    if (preview === undefined) return;
    this.#endSoon(preview, leftMsOf(preview, previewMs) < clockToleranceMs ? 'time' : 'mediaLost');
  }

  /** The host's link begins anew: what it ran for previews is closed with all that no record wants. */
  hostConnected(): void {
    for (const preview of this.#previews.values()) this.#endSoon(preview, 'mediaLost');
  }

  /** The relay has ended it; a relay speaks for its own previews alone. */
  relayEnded(relayId: string, previewId: string, reason: 'time' | 'notShared' | 'stopped'): void {
    const preview = this.#previews.get(previewId);
    if (preview?.relayId === relayId) this.#endSoon(preview, reason === 'stopped' ? 'mediaLost' : reason);
  }

  /** The relay's link begins anew, and it has ended what it sent (PRV1); or it was revoked. */
  relayGone(relayId: string): void {
    for (const preview of this.#previews.values()) {
      if (preview.relayId === relayId) this.#endSoon(preview, 'mediaLost');
    }
  }

  /** Ends timers. What runs ends at relay and host by itself. */
  close(): void {
    for (const preview of this.#previews.values()) clearTimers(preview);
    this.#previews.clear();
  }

  #add(of: Pick<Preview, 'linkId' | 'agencyId' | 'relayId' | 'cameraId' | 'actor'>): Preview {
    const preview: Preview = {
      ...of,
      id: newId(),
      uplinkId: newId(),
      startedAtMs: performance.now(),
      expiresAt: new Date(Date.now() + previewMs).toISOString(),
      stage: 'starting',
      end: null,
      timers: new Set(),
      silence: null,
    };
    this.#previews.set(preview.id, preview);
    preview.timers.add(setTimeout(() => this.#endSoon(preview, 'time'), previewMs));
    this.#hear(preview);
    return preview;
  }

  /** One that began after this one ends this one, when it runs. */
  async #endEarlier({ linkId, startedAtMs }: Preview): Promise<void> {
    const ofLink = [...this.#previews.values()].filter((other) => other.linkId === linkId);
    const earlier = ofLink.filter((other) => other.startedAtMs < startedAtMs);
    await Promise.all(earlier.map((other) => this.#end(other, 'replaced')));
  }

  async #open(preview: Preview, { streamId }: StreamRecord, signed: SignedPreviewOrder) {
    const { id, uplinkId, relayId } = preview;
    const { askHost, askRelay } = this.#parts;
    const { routerRtpCapabilities } = await askHost('peer:open', { peerId: id });
    const target = await askHost('uplink:open', { uplinkId, streamId: id, nearPeerId: id });
    const uplink = { uplinkId, ...target };
    const order = { signed, previewId: id, streamId, uplink };
    const sending = await askRelay(relayId, 'preview:start', order, { timeoutMs: askTimeoutMs });
    await askHost('uplink:connect', { uplinkId, ...sending });
    // Its end may have been told to relay and host before its beginning.
    if (preview.end !== null) {
      await this.#closeEverywhere(preview);
      throw new CodedError('conflict', 'The preview was ended meanwhile.');
    }
    preview.stage = 'started';
    return routerRtpCapabilities;
  }

  #hear(preview: Preview): void {
    if (preview.silence !== null) clearTimeout(preview.silence);
    preview.silence = setTimeout(() => this.#endSoon(preview, 'pageLeft'), silenceMs);
  }

  #endSoon(preview: Preview, reason: PreviewEnd): void {
    this.#parts.background.run('end a preview', this.#end(preview, reason));
  }

  /** Once: at host and relay first, then the line with what flowed. */
  async #end(preview: Preview, reason: PreviewEnd): Promise<void> {
    if (preview.end !== null) return;
    preview.end = reason;
    clearTimers(preview);
    preview.timers.add(setTimeout(() => this.#previews.delete(preview.id), rememberedMs));
    const durationMs = Math.round(performance.now() - preview.startedAtMs);
    const [traffic] = await this.#closeEverywhere(preview);
    const { actor, agencyId, cameraId, linkId } = preview;
    const flowed = { packets: traffic?.packets ?? 0, bytes: traffic?.bytes ?? 0 };
    const target = { kind: 'camera' as const, id: cameraId };
    const details = { linkId, reason, durationMs, ...flowed };
    await this.#parts.audit.record({ type: 'preview.ended', outcome: 'done', actor, agencyId, target, details });
  }

  /** Answers what flowed. What is not connected now has ended it by itself, or does when it returns. */
  async #closeEverywhere({ id, uplinkId, relayId }: Preview) {
    const { closings, askHost, askRelay } = this.#parts;
    const traffic = await closings.closePeer(id);
    await Promise.allSettled([
      askHost('uplink:close', { uplinkId }),
      askRelay(relayId, 'preview:stop', { previewId: id }, { timeoutMs: askTimeoutMs }),
    ]);
    return traffic;
  }

  async #running(actor: AnonymousActor, secret: string | null, id: string): Promise<Preview> {
    const preview = await this.#own(actor, secret, id);
    if (preview.end !== null) throw new CodedError('conflict', 'The preview has ended.');
    return preview;
  }

  async #own(actor: AnonymousActor, secret: string | null, id: string): Promise<Preview> {
    const { link } = await this.#parts.links.open(actor, secret, 'preview.started');
    const preview = this.#previews.get(id);
    if (preview?.linkId !== link.id) throw new CodedError('notFound');
    return preview;
  }
}

function clearTimers(preview: Preview): void {
  for (const timer of preview.timers) clearTimeout(timer);
  preview.timers.clear();
  if (preview.silence !== null) clearTimeout(preview.silence);
  preview.silence = null;
}

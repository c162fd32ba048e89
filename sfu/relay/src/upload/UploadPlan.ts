import { mostUploadRefusals, type UploadState } from '@commonsight/types/relay/upload';
import type { StreamKind } from '@commonsight/types/stream-kind';
import type { Logger } from 'pino';
import { RelayError } from '../errors.ts';

/** A stream whose packets leave, with the bytes that it has sent in all and how many times each packet leaves. */
export interface UploadingStream {
  readonly identity: { readonly streamId: string; readonly cameraId: string; readonly kind: StreamKind };
  readonly sentBytes: number;
  readonly uplinkCount: number;
}

export interface UploadPlanOptions {
  /** What the owner has signed; null for no limit. */
  readonly limit: () => number | null;
  readonly sending: () => readonly UploadingStream[];
  /** Kilobits a second of each stream as its test measured them. */
  readonly readTested: () => Promise<ReadonlyMap<string, TestedRates>>;
  readonly log: Logger;
}

/** Null for a stream that was not tested; without the key there is no such stream. */
export type TestedRates = { readonly [K in StreamKind]?: number | null };

type Asked = Pick<UploadingStream['identity'], 'cameraId' | 'kind'>;

/** Kilobits a second of a stream of which nothing is known yet. */
const usual: Readonly<Record<StreamKind, number>> = { main: 4_000, sub: 800 };
/** IP, UDP and SRTP around packets of some 1,200 bytes, and what is sent anew. */
const overhead = 1.05;
/** A peak is forgotten slowly: a street that is empty now was not so an hour ago. */
const decay = 0.995;
const looksUntilKnown = 3;
/** A key frame is no reason to end a stream. */
const looksUntilOver = 5;
/** Encoders are not exact, and scenes differ: up to so much above its test a stream is taken for as it was tested. */
const asTested = 1.25;

const mostLeaves = 'It was ended: more left the site than its owner allows';

/**
 * The owner's limit of what leaves the site (UPL1). A stream begins only if it fits beside those that run, by what was measured of
 * each; and when the sum of what is measured stays above the limit, one of them has to end.
 */
export class UploadPlan {
  readonly #options: UploadPlanOptions;
  /** The highest rate of one copy of a stream, by camera and kind, and how often it was measured. */
  readonly #peaks = new Map<string, { kilobits: number; looks: number }>();
  readonly #reserved = new Set<Asked>();
  readonly #refused: UploadState['refused'] = [];
  #tested: ReadonlyMap<string, TestedRates> = new Map();
  #before: { atMs: number; bytes: ReadonlyMap<string, number> } | null = null;
  /** Kilobits a second of all copies of a stream at the last look, by its id. */
  #rates: ReadonlyMap<string, number> = new Map();
  #looksOver = 0;

  constructor(options: UploadPlanOptions) {
    this.#options = options;
  }

  get state(): UploadState {
    const sending = this.#options.sending().reduce((sum, { identity }) => sum + this.rateOf(identity.streamId), 0);
    return {
      limitKilobitsPerSecond: this.#options.limit(),
      sendingKilobitsPerSecond: Math.round(sending),
      plannedKilobitsPerSecond: Math.round(this.#planned()),
      refused: [...this.#refused],
    };
  }

  /** Kilobits a second that left of a stream at the last look, all its copies together; 0 before the first one that saw it. */
  rateOf(streamId: string): number {
    return this.#rates.get(streamId) ?? 0;
  }

  /**
   * Takes the room for one more copy of a stream, until the answered function is called: then it counts by itself, or did not
   * begin. Throws `uploadFull` with what is left and what would fit.
   */
  reserve(asked: Asked): () => void {
    const limit = this.#options.limit();
    const left = limit === null ? Infinity : limit - this.#planned();
    if (this.#costOf(asked) > left) {
      const message = this.#explain(asked, limit ?? 0, Math.max(0, left));
      this.note(asked, message);
      throw new RelayError('uploadFull', message);
    }
    const place = { ...asked };
    this.#reserved.add(place);
    return () => void this.#reserved.delete(place);
  }

  /**
   * UPL2: which stream has to end, and the reason in words. It is the one that is furthest above its test, or above what is usual
   * where there was none: a camera that floods ends itself and no other. When none is above, of the large pictures the one that
   * began last, else of all. `streams`: the oldest first.
   */
  chooseEnd<S extends UploadingStream>(streams: readonly S[]): { stream: S; message: string } | undefined {
    const [furthest] = streams
      .map((stream) => ({ stream, above: this.#aboveTest(stream) }))
      .toSorted((one, other) => other.above - one.above);
    if (furthest !== undefined && furthest.above > 0) {
      return {
        stream: furthest.stream,
        message: `${mostLeaves}, and this picture is furthest above what is known of it.`,
      };
    }
    const stream = streams.findLast(({ identity }) => identity.kind === 'main') ?? streams.at(-1);
    return stream === undefined ? undefined : { stream, message: `${mostLeaves}.` };
  }

  /** Remembers what was refused or ended, for whoever looks after the site. */
  note({ cameraId, kind }: Asked, message: string): void {
    this.#options.log.warn({ cameraId, kind, reason: message }, 'the upload limit holds');
    this.#refused.unshift({ at: new Date().toISOString(), cameraId, kind, message });
    this.#refused.length = Math.min(this.#refused.length, mostUploadRefusals);
  }

  /** Measures what has left since the last look. True when it has been too much for some looks: then a stream has to end. */
  async look(nowMs: number): Promise<boolean> {
    // A file that cannot be read now says nothing new.
    this.#tested = await this.#options.readTested().catch(() => this.#tested);
    const streams = this.#options.sending();
    const before = this.#before;
    this.#before = {
      atMs: nowMs,
      bytes: new Map(streams.map(({ identity, sentBytes }) => [identity.streamId, sentBytes])),
    };
    if (before === null || nowMs <= before.atMs) return false;
    const rates = new Map<string, number>();
    for (const { identity, sentBytes, uplinkCount } of streams) {
      const sent = sentBytes - (before.bytes.get(identity.streamId) ?? 0);
      const kilobits = ((Math.max(0, sent) * 8) / (nowMs - before.atMs)) * overhead;
      rates.set(identity.streamId, kilobits);
      if (before.bytes.has(identity.streamId)) this.#learn(identity, kilobits / Math.max(1, uplinkCount));
    }
    this.#rates = rates;
    const limit = this.#options.limit();
    const measured = [...rates.values()].reduce((sum, kilobits) => sum + kilobits, 0);
    this.#looksOver = limit !== null && measured > limit ? this.#looksOver + 1 : 0;
    if (this.#looksOver < looksUntilOver) return false;
    this.#looksOver = 0;
    return true;
  }

  #learn(identity: Asked, kilobits: number): void {
    const known = this.#peaks.get(keyOf(identity)) ?? { kilobits: 0, looks: 0 };
    this.#peaks.set(keyOf(identity), {
      kilobits: Math.max(kilobits, known.kilobits * decay),
      looks: known.looks + 1,
    });
  }

  #planned(): number {
    const running = this.#options.sending().reduce((sum, of) => sum + this.#costOf(of.identity) * of.uplinkCount, 0);
    return [...this.#reserved].reduce((sum, asked) => sum + this.#costOf(asked), running);
  }

  #costOf(asked: Asked): number {
    const peak = this.#peaks.get(keyOf(asked));
    if (peak !== undefined && peak.looks >= looksUntilKnown) return peak.kilobits;
    return this.#testedOf(asked);
  }

  #testedOf({ cameraId, kind }: Asked): number {
    return (this.#tested.get(cameraId)?.[kind] ?? usual[kind]) * overhead;
  }

  /** Kilobits a second of all copies; 0 for a stream that sends about as it was tested. */
  #aboveTest({ identity, uplinkCount }: UploadingStream): number {
    const tested = this.#testedOf(identity) * Math.max(1, uplinkCount);
    const rate = this.rateOf(identity.streamId);
    return rate > tested * asTested ? rate - tested : 0;
  }

  #explain(asked: Asked, limit: number, left: number): string {
    const begin = `The owner lets ${megabits(limit)} leave this site, and ${megabits(left)} of it is free.`;
    const small = { ...asked, kind: 'sub' as const };
    const hasSmall = this.#tested.get(asked.cameraId)?.sub !== undefined;
    const need = `needs about ${megabits(this.#costOf(asked))}.`;
    if (asked.kind === 'main') {
      const fits = hasSmall && this.#costOf(small) <= left;
      return `${begin} The large picture ${need}${fits ? ' The small one fits.' : ' Close another camera of this site.'}`;
    }
    return `${begin} This picture ${need} Close another camera of this site.`;
  }
}

function keyOf({ cameraId, kind }: Asked): string {
  return `${cameraId} ${kind}`;
}

function megabits(kilobits: number): string {
  return `${(kilobits / 1_000).toFixed(1)} Mbit/s`;
}

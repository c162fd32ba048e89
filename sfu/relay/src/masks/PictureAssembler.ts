import { nal, typeOf } from '../ingest/nalUnits.ts';
import { createRtpView, parseRtp } from '../ingest/parseRtp.ts';

/** One picture of the camera, as much of it as arrived. The parameter sets of a key frame stand apart. */
export interface CameraPicture {
  /** 90 kHz, as it will be sent. */
  readonly rtpTimestamp: number;
  readonly parameterSets: readonly Buffer[];
  /** Slices, in their order. */
  readonly units: readonly Buffer[];
  readonly isKeyFrame: boolean;
  /** False when a part of it is lost or elsewhere, or may be: nobody knows where what is drawn by the rest lies. */
  readonly isWhole: boolean;
}

/** Of one picture; what is longer is none, and would only fill the memory. */
const longestPictureBytes = 8_000_000;

/** Puts pictures together from the packets that the relay's own RtpWriter writes; it knows no others. */
export class PictureAssembler {
  readonly #onPicture: (picture: CameraPicture) => void;
  readonly #view = createRtpView();
  #sequenceNumber: number | undefined;
  #timestamp: number | undefined;
  #parameterSets: Buffer[] = [];
  #units: Buffer[] = [];
  #fragments: Buffer[] | undefined;
  #bytes = 0;
  #isDamaged = false;
  /** The last packet ended its picture. */
  #isMarked = false;

  constructor(onPicture: (picture: CameraPicture) => void) {
    this.#onPicture = onPicture;
  }

  /** Takes the packet `bytes[0 .. length]` and copies what it needs. */
  take(bytes: Buffer, length: number): void {
    const view = this.#view;
    if (!parseRtp(bytes, 0, length, view)) return;
    const last = this.#sequenceNumber;
    const isBehindGap = last !== undefined && view.sequenceNumber !== ((last + 1) & 0xffff);
    this.#sequenceNumber = view.sequenceNumber;
    // What is missing may have been the end of this picture, or the beginning of the next one.
    if (isBehindGap) this.#damage();
    if (view.timestamp !== this.#timestamp) {
      this.#end();
      this.#isDamaged = isBehindGap;
      // The picture goes on behind its end, as with a camera that sets the marker in the middle: this is a part of one.
    } else if (this.#isMarked) this.#damage();
    this.#isMarked = view.hasMarker;
    this.#timestamp = view.timestamp;
    this.#bytes += view.payloadEnd - view.payloadStart;
    if (this.#bytes > longestPictureBytes) this.#damage();
    else this.#takePayload(Buffer.from(bytes.subarray(view.payloadStart, view.payloadEnd)));
    if (view.hasMarker) this.#end();
  }

  #takePayload(payload: Buffer): void {
    const type = typeOf(payload);
    if (type === nal.stapA) {
      for (let at = 1; at + 2 < payload.length;) {
        const end = at + 2 + payload.readUInt16BE(at);
        this.#parameterSets.push(payload.subarray(at + 2, end));
        at = end;
      }
    } else if (type === nal.fuA) this.#takeFragment(payload);
    else this.#units.push(payload);
  }

  #takeFragment(payload: Buffer): void {
    const position = payload[1] as number;
    if ((position & 0x80) !== 0) {
      this.#fragments = [Buffer.from([((payload[0] as number) & 0xe0) | (position & 0x1f)])];
    }
    if (this.#fragments === undefined) this.#damage();
    this.#fragments?.push(payload.subarray(2));
    if ((position & 0x40) === 0 || this.#fragments === undefined) return;
    this.#units.push(Buffer.concat(this.#fragments));
    this.#fragments = undefined;
  }

  #damage(): void {
    this.#isDamaged = true;
    this.#fragments = undefined;
  }

  #end(): void {
    const [units, parameterSets] = [this.#units, this.#parameterSets];
    const rtpTimestamp = this.#timestamp;
    const isWhole = !this.#isDamaged && this.#fragments === undefined;
    this.#units = [];
    this.#parameterSets = [];
    this.#fragments = undefined;
    this.#bytes = 0;
    this.#isDamaged = false;
    if (units.length === 0 || rtpTimestamp === undefined) return;
    const isKeyFrame = units.some((unit) => typeOf(unit) === nal.idr);
    this.#onPicture({ rtpTimestamp, parameterSets, units, isKeyFrame, isWhole });
  }
}

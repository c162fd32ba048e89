import type { AccessUnit, ParsedClip } from '../h264/AccessUnit.ts';
import { readParameters, readSliceHeader } from '../h264/sliceHeader.ts';
import type { Parameters } from '../h264/sliceHeader.ts';
import { barRows, clockText, drawBar } from './drawBar.ts';
import { barSlices } from './barSlices.ts';

/** Writes a camera's name and the running time into the bar of a clip while it is sent. */
export class LiveBar {
  readonly #title: string;
  readonly #parameters: Parameters;
  readonly #width: number;
  #clock = '';
  #luma: Uint8Array | undefined;

  constructor(title: string, clip: ParsedClip) {
    this.#title = title;
    this.#parameters = readParameters(clip.sps, clip.pps);
    this.#width = this.#parameters.sequence.widthInMacroblocks * 16;
  }

  /** Whether the clip was raised for a bar: then it has slices above its picture. */
  static fits(clip: ParsedClip): boolean {
    return (clip.accessUnits[0]?.slices.length ?? 0) > 1;
  }

  /** The slices to send for a picture that is due at this time. Pictures must come in their order. */
  slices(unit: AccessUnit, wallClockMs: number): Buffer[] {
    const body = unit.slices.slice(barRows(this.#width));
    const [first] = body;
    if (first === undefined) return [...unit.slices];
    const clock = clockText(wallClockMs);
    let lumaBefore: Uint8Array | undefined;
    if (clock !== this.#clock) {
      lumaBefore = this.#luma;
      this.#clock = clock;
      this.#luma = drawBar(this.#title, clock, this.#width);
    }
    const frame = {
      isIdr: unit.isKeyFrame,
      header: readSliceHeader(first, this.#parameters),
      parameters: this.#parameters,
    };
    // Where nothing was drawn before there is nothing to compare with; such a receiver waits for a key frame anyway.
    return [...barSlices(frame, this.#luma ?? drawBar(this.#title, clock, this.#width), lumaBefore), ...body];
  }
}

import { CameraError } from '../rtsp/CameraError.ts';

/** How many streams this machine masks at the same time. */
export class MaskingPlaces {
  readonly #count: number;
  #taken = 0;

  constructor(count: number) {
    this.#count = count;
  }

  /** Gives a function that frees the place again; calling it twice is fine. Throws `CameraError` when all are taken. */
  take(): () => void {
    if (this.#taken >= this.#count) throw new CameraError('maskingFull');
    this.#taken += 1;
    let isTaken = true;
    return () => {
      if (isTaken) this.#taken -= 1;
      isTaken = false;
    };
  }
}

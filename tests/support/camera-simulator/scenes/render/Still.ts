/** The standing part of a scene as a picture, with what moving things need to stand in it. */
export interface Still {
  readonly width: number;
  readonly height: number;
  readonly luma: Uint8Array;
  readonly cb: Uint8Array;
  readonly cr: Uint8Array;
  /** The same picture without the sun: what a moving shadow shows. */
  readonly shadeLuma: Uint8Array;
  readonly shadeCb: Uint8Array;
  readonly shadeCr: Uint8Array;
  /** Metres in front of the camera. */
  readonly depth: Float32Array;
  /** 1 where level ground is seen, on which shadows fall and headlights shine. */
  readonly ground: Uint8Array;
  /** Pixels of water. */
  readonly water: Uint8Array;
}

import { STAMP_CELLS, LOOP_FRAMES, encodeStamp } from '../stamp.ts';
import { BAR_LUMA } from '../bar/drawBar.ts';
import { LOOP_SECONDS } from './movers/movers.ts';
import { PLACES } from './places/places.ts';
import { Grain } from './render/Grain.ts';
import { SceneGeometry } from './render/SceneGeometry.ts';
import { Stage } from './render/Stage.ts';
import type { Planes } from './render/Stage.ts';
import { Tone } from './render/Tone.ts';
import { View } from './render/View.ts';
import { Water } from './render/Water.ts';
import { renderStill } from './render/renderStill.ts';

/** The picture without the bar above it, which the simulator adds while it sends. */
const WIDTH = 1280;
const HEIGHT = 688;
const CELL = 16;
const STAMP_WHITE = 210;
const STAMP_BLACK = 32;

export interface OpenScene {
  readonly width: number;
  readonly height: number;
  /** A frame of the loop as planes of 4:2:0, one behind the other. */
  readonly drawFrame: (index: number) => Buffer;
}

/** Looks at a place through its camera. The standing part is drawn at once, which takes seconds. */
export function openScene(number: number): OpenScene {
  const open = PLACES[(number - 1) % PLACES.length];
  if (open === undefined) throw new Error(`There is no scene ${number}.`);
  const scene = open();
  const { lighting } = scene;
  const geometry = new SceneGeometry(scene.mesh, lighting);
  const view = new View(scene.view, WIDTH, HEIGHT);
  const tone = new Tone(scene.tone);
  const waterLevel = scene.waterLevel === undefined ? {} : { waterLevel: scene.waterLevel };
  const still = renderStill({ geometry, lighting, view, tone, ...waterLevel });
  const stage = new Stage({ still, geometry, lighting, view, tone, movers: scene.movers });
  const grain = new Grain(scene.grain);
  const water = new Water(view, still, scene.waterLevel ?? 0);
  return {
    width: WIDTH,
    height: HEIGHT,
    drawFrame: (index) => {
      const frame = Buffer.concat([still.luma, still.cb, still.cr]);
      const size = WIDTH * HEIGHT;
      const planes: Planes = {
        luma: frame.subarray(0, size),
        cb: frame.subarray(size, size * 1.25),
        cr: frame.subarray(size * 1.25),
      };
      const seconds = (index / LOOP_FRAMES) * LOOP_SECONDS;
      water.draw(planes.luma, seconds);
      stage.draw(planes, seconds);
      grain.add(new Uint8ClampedArray(frame.buffer, frame.byteOffset, size), index);
      drawStamp(planes, index);
      blankFirstLine(planes);
      return frame;
    },
  };
}

/** Its cells are whole macroblocks here and whole 8x8 blocks in the half-size stream, so they stay flat in both. */
function drawStamp({ luma, cb, cr }: Planes, index: number): void {
  for (const [cell, isWhite] of encodeStamp(index).entries()) {
    const x = WIDTH - (STAMP_CELLS - cell) * CELL;
    for (let y = HEIGHT - CELL; y < HEIGHT; y += 1) {
      luma.fill(isWhite ? STAMP_WHITE : STAMP_BLACK, y * WIDTH + x, y * WIDTH + x + CELL);
    }
    for (let y = (HEIGHT - CELL) / 2; y < HEIGHT / 2; y += 1) {
      for (const plane of [cb, cr]) plane.fill(128, (y * WIDTH + x) / 2, (y * WIDTH + x + CELL) / 2);
    }
  }
}

/** One line of the bar's colour in both sizes, see `raiseClip`. */
function blankFirstLine({ luma, cb, cr }: Planes): void {
  luma.fill(BAR_LUMA, 0, 2 * WIDTH);
  cb.fill(128, 0, WIDTH);
  cr.fill(128, 0, WIDTH);
}

import {
  isSimpleMask,
  type MaskPoint,
  maskPolygonSchema,
  mostMaskPoints,
  mostMaskPolygons,
} from '@commonsight/types/relay/masks';

/** Masks while they are drawn, in parts of the picture's width and height. */
export interface MaskDrawing {
  readonly masks: readonly (readonly MaskPoint[])[];
  /** The corners so far of one that is not closed yet. */
  readonly open: readonly MaskPoint[];
}

export type MaskChange =
  | { readonly act: 'addCorner'; readonly at: MaskPoint }
  | { readonly act: 'close' }
  /** `mask` null: of the one that is open. */
  | { readonly act: 'moveCorner'; readonly mask: number | null; readonly corner: number; readonly to: MaskPoint }
  | { readonly act: 'removeMask'; readonly mask: number };

/** A drawing with all that it was before, so that each step can be taken back. */
export interface DrawingHistory {
  readonly now: MaskDrawing;
  readonly past: readonly MaskDrawing[];
  /** The corner that was moved last: moving it on is the same step. */
  readonly moved: string | null;
}

export type MaskFault = 'fewCorners' | 'manyCorners' | 'manyMasks' | 'crossing' | 'small';

export const emptyHistory: DrawingHistory = { now: { masks: [], open: [] }, past: [], moved: null };

export function beginWith(masks: MaskDrawing['masks']): DrawingHistory {
  return { ...emptyHistory, now: { masks, open: [] } };
}

/** What does not fit changes nothing: a corner or a mask too many, an end of too few corners. */
export function draw(history: DrawingHistory, change: MaskChange): DrawingHistory {
  const now = changed(history.now, change);
  if (now === history.now) return history;
  const moved = change.act === 'moveCorner' ? `${change.mask} ${change.corner}` : null;
  const isSameStep = moved !== null && moved === history.moved;
  return { now, past: isSameStep ? history.past : [...history.past, history.now], moved };
}

export function undo(history: DrawingHistory): DrawingHistory {
  const now = history.past.at(-1);
  return now === undefined ? history : { now, past: history.past.slice(0, -1), moved: null };
}

function changed(drawing: MaskDrawing, change: MaskChange): MaskDrawing {
  const { masks, open } = drawing;
  switch (change.act) {
    case 'addCorner':
      if (open.length >= mostMaskPoints || masks.length >= mostMaskPolygons) return drawing;
      return { masks, open: [...open, inPicture(change.at)] };
    case 'close':
      return open.length < 3 ? drawing : { masks: [...masks, open], open: [] };
    case 'moveCorner': {
      const { mask, corner, to } = change;
      const moved = (points: readonly MaskPoint[]) =>
        points.map((point, index) => (index === corner ? inPicture(to) : point));
      if (mask === null) return { masks, open: moved(open) };
      return { masks: masks.map((points, index) => (index === mask ? moved(points) : points)), open };
    }
    case 'removeMask':
      return { masks: masks.filter((_, index) => index !== change.mask), open };
    default:
      return change satisfies never;
  }
}

/** What is wrong with a mask; null for one that can be saved. */
export function faultOf(points: readonly MaskPoint[]): MaskFault | null {
  if (points.length < 3) return 'fewCorners';
  if (points.length > mostMaskPoints) return 'manyCorners';
  if (!isSimpleMask(points)) return 'crossing';
  return maskPolygonSchema.safeParse(points).success ? null : 'small';
}

/** To a ten-thousandth, which is less than a pixel of what is drawn on. */
export function inPicture([x, y]: MaskPoint): MaskPoint {
  const part = (value: number) => Math.round(Math.min(1, Math.max(0, value)) * 10_000) / 10_000;
  return [part(x), part(y)];
}

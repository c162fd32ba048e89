import { exhausted } from '../exhausted.ts';
import type { TooltipSide } from './Tooltip.tsx';

interface Box {
  width: number;
  height: number;
}

interface Rectangle extends Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

const gapPx = 6;
const marginPx = 4;

/** Where a tooltip stands: on the wished side, on the other one where there is no room, and always inside the window. */
export function placeTooltip(of: Rectangle, tooltip: Box, side: TooltipSide, view: Box): { x: number; y: number } {
  const middleX = of.left + of.width / 2 - tooltip.width / 2;
  const middleY = of.top + of.height / 2 - tooltip.height / 2;
  const above = of.top - gapPx - tooltip.height;
  const below = of.bottom + gapPx;
  const before = of.left - gapPx - tooltip.width;
  const after = of.right + gapPx;
  const inside = (x: number, y: number) => ({
    x: Math.round(Math.max(marginPx, Math.min(x, view.width - tooltip.width - marginPx))),
    y: Math.round(Math.max(marginPx, Math.min(y, view.height - tooltip.height - marginPx))),
  });
  switch (side) {
    case 'top':
      return inside(middleX, above < marginPx ? below : above);
    case 'bottom':
      return inside(middleX, below + tooltip.height + marginPx > view.height ? above : below);
    case 'left':
      return inside(before < marginPx ? after : before, middleY);
    case 'right':
      return inside(after + tooltip.width + marginPx > view.width ? before : after, middleY);
    default:
      return exhausted(side);
  }
}

import { cloneElement, type HTMLAttributes, type ReactElement } from 'react';

export type TooltipSide = 'top' | 'bottom' | 'left' | 'right';

interface TooltipMarks {
  'data-tooltip'?: string;
  'data-tooltip-side'?: TooltipSide;
  'data-tooltip-shortcut'?: string;
}

export interface TooltipProps {
  /** Words that are there in another way too (a label, hidden text): who does not see misses nothing. */
  text: string;
  shortcut?: string;
  side?: TooltipSide;
  /** The element that it explains. */
  children: ReactElement<HTMLAttributes<HTMLElement> & TooltipMarks>;
}

/**
 * Explains an element when the pointer or the focus rests on it. It only marks the element: a wall has hundreds of
 * marks, and the one `TooltipLayer` draws the tooltip of the one that is rested on.
 */
export function Tooltip({ text, shortcut, side = 'bottom', children }: TooltipProps) {
  return cloneElement(children, {
    'data-tooltip': text,
    'data-tooltip-side': side,
    ...(shortcut === undefined ? {} : { 'data-tooltip-shortcut': shortcut }),
  });
}

import { Tooltip as BaseTooltip } from '@base-ui/react/tooltip';
import type { ReactElement, ReactNode } from 'react';
import { Kbd } from './Kbd.tsx';

export interface TooltipProps {
  text: ReactNode;
  shortcut?: string;
  side?: 'top' | 'bottom' | 'left' | 'right';
  /** The element that it explains; it gets the tooltip's listeners. */
  children: ReactElement;
}

export function Tooltip({ text, shortcut, side = 'bottom', children }: TooltipProps) {
  return (
    <BaseTooltip.Root>
      <BaseTooltip.Trigger render={children} />
      <BaseTooltip.Portal>
        <BaseTooltip.Positioner side={side} sideOffset={6} className="z-(--z-popup)">
          <BaseTooltip.Popup className="flex max-w-72 items-center gap-2 rounded-md bg-surface-3 px-2 py-1 text-xs text-text shadow-raised">
            {text}
            {shortcut === undefined ? null : <Kbd>{shortcut}</Kbd>}
          </BaseTooltip.Popup>
        </BaseTooltip.Positioner>
      </BaseTooltip.Portal>
    </BaseTooltip.Root>
  );
}

/** Tooltips under one provider open at once when another has just closed. */
export const TooltipProvider = BaseTooltip.Provider;

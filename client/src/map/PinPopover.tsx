import { Popover } from '@base-ui/react/popover';
import type { ReactElement, ReactNode } from 'react';

export interface PinPopoverProps {
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  /** The pin; it opens the popover and keeps its place. */
  trigger: ReactElement;
  label: string;
  children: ReactNode;
}

/** What opens beside a pin. It lies above the whole console, because the map may be a narrow strip. */
export function PinPopover({ isOpen, onOpenChange, trigger, label, children }: PinPopoverProps) {
  return (
    <Popover.Root open={isOpen} onOpenChange={(open) => onOpenChange(open)}>
      <Popover.Trigger render={trigger} />
      <Popover.Portal>
        <Popover.Positioner side="top" sideOffset={8} collisionPadding={8} className="z-(--z-popup) outline-none">
          <Popover.Popup
            aria-label={label}
            className="w-72 rounded-lg bg-surface-2 shadow-raised outline-none transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0"
          >
            {children}
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}

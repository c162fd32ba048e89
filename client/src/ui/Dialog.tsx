import { Dialog as BaseDialog } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import type { ReactNode, RefObject } from 'react';
import { classes } from './classes.ts';
import { isPageCovered } from './pageCover.ts';

export interface DialogProps {
  isOpen: boolean;
  onClose: () => void;
  title: string;
  /** One sentence under the title. */
  description?: ReactNode;
  children?: ReactNode;
  /** The buttons, the one that goes on last. */
  actions?: ReactNode;
  size?: 'sm' | 'md' | 'lg';
  initialFocus?: RefObject<HTMLElement | null>;
  /** Whether the focus goes back to what had it before; without one it does. */
  returnsFocus?: () => boolean;
}

const widths = { sm: 'max-w-sm', md: 'max-w-lg', lg: 'max-w-2xl' } as const;

export function Dialog({
  isOpen,
  onClose,
  title,
  description,
  children,
  actions,
  size = 'md',
  initialFocus,
  returnsFocus,
}: DialogProps) {
  return (
    <BaseDialog.Root open={isOpen} onOpenChange={(open) => (open || isPageCovered() ? undefined : onClose())}>
      <BaseDialog.Portal>
        <BaseDialog.Backdrop className="fixed inset-0 z-(--z-popup) bg-black/60 transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <BaseDialog.Popup
          {...(initialFocus === undefined ? {} : { initialFocus })}
          {...(returnsFocus === undefined ? {} : { finalFocus: returnsFocus })}
          className={classes(
            'fixed top-[12vh] left-1/2 z-(--z-popup) flex max-h-[80vh] w-[calc(100vw-24px)] -translate-x-1/2 flex-col rounded-lg bg-surface-2 shadow-raised outline-none',
            'transition-[opacity,translate] data-ending-style:opacity-0 data-starting-style:-translate-y-1 data-starting-style:opacity-0',
            widths[size],
          )}
        >
          <div className="flex items-start gap-3 px-4 pt-3.5 pb-1">
            <div className="min-w-0 grow">
              <BaseDialog.Title className="m-0 text-lg font-semibold text-text">{title}</BaseDialog.Title>
              {description === undefined ? null : (
                <BaseDialog.Description className="mt-1 mb-0 text-muted">{description}</BaseDialog.Description>
              )}
            </div>
            <BaseDialog.Close
              aria-label="Close"
              className="-mr-1.5 inline-flex size-7 items-center justify-center rounded-md text-muted hover:bg-surface-3 hover:text-text"
            >
              <X className="size-4" aria-hidden />
            </BaseDialog.Close>
          </div>
          <div className="min-h-0 grow relative overflow-y-auto px-4 py-3">{children}</div>
          {actions === undefined ? null : (
            <div className="flex items-center justify-end gap-2 border-t border-line px-4 py-3">{actions}</div>
          )}
        </BaseDialog.Popup>
      </BaseDialog.Portal>
    </BaseDialog.Root>
  );
}

import { Menu as BaseMenu } from '@base-ui/react/menu';
import { Check, ChevronRight } from 'lucide-react';
import { type ReactElement, type ReactNode, Suspense } from 'react';
import { classes } from './classes.ts';
import { Kbd } from './Kbd.tsx';

const popupClass =
  'max-h-[min(26rem,var(--available-height))] min-w-48 overflow-y-auto rounded-lg bg-surface-2 p-1 shadow-raised outline-none';
const itemClass =
  'flex min-h-7 items-center gap-2 rounded-md px-2 py-1 text-text outline-none select-none data-disabled:text-faint data-highlighted:bg-surface-3';

export interface MenuProps {
  /** The button that opens it. */
  trigger: ReactElement;
  align?: 'start' | 'center' | 'end';
  side?: 'top' | 'bottom' | 'left' | 'right';
  isOpen?: boolean;
  isInitiallyOpen?: boolean;
  onOpenChange?: (isOpen: boolean) => void;
  children: ReactNode;
}

export function Menu({
  trigger,
  align = 'start',
  side = 'bottom',
  isOpen,
  isInitiallyOpen = false,
  onOpenChange,
  children,
}: MenuProps) {
  return (
    <BaseMenu.Root
      modal={false}
      defaultOpen={isInitiallyOpen}
      {...(isOpen === undefined ? {} : { open: isOpen })}
      {...(onOpenChange === undefined ? {} : { onOpenChange: (open: boolean) => onOpenChange(open) })}
    >
      <BaseMenu.Trigger render={trigger} />
      <MenuPopup align={align} side={side}>
        {children}
      </MenuPopup>
    </BaseMenu.Root>
  );
}

/** A menu inside a menu. */
export function Submenu({ label, icon, children }: { label: string; icon?: ReactNode; children: ReactNode }) {
  return (
    <BaseMenu.SubmenuRoot>
      <BaseMenu.SubmenuTrigger className={classes(itemClass, 'data-popup-open:bg-surface-3')}>
        <MenuIcon>{icon}</MenuIcon>
        <span className="grow">{label}</span>
        <ChevronRight className="size-3.5 text-muted" aria-hidden />
      </BaseMenu.SubmenuTrigger>
      <MenuPopup align="start" side="right">
        {children}
      </MenuPopup>
    </BaseMenu.SubmenuRoot>
  );
}

function MenuPopup({ align, side, children }: Required<Pick<MenuProps, 'align' | 'side' | 'children'>>) {
  return (
    <BaseMenu.Portal>
      <BaseMenu.Positioner align={align} side={side} sideOffset={4} className="z-(--z-popup) outline-none">
        <BaseMenu.Popup className={popupClass}>
          <Suspense>{children}</Suspense>
        </BaseMenu.Popup>
      </BaseMenu.Positioner>
    </BaseMenu.Portal>
  );
}

export interface MenuItemProps {
  onSelect: () => void;
  icon?: ReactNode;
  shortcut?: string;
  isDisabled?: boolean;
  isDanger?: boolean;
  isChecked?: boolean;
  /** Muted words at the end of the line. */
  hint?: string;
  children: ReactNode;
}

export function MenuItem({
  onSelect,
  icon,
  shortcut,
  isDisabled = false,
  isDanger = false,
  isChecked,
  hint,
  children,
}: MenuItemProps) {
  return (
    <BaseMenu.Item
      disabled={isDisabled}
      onClick={onSelect}
      className={classes(itemClass, isDanger && !isDisabled && 'text-[#ff8fab]')}
    >
      <MenuIcon>{isChecked === undefined ? icon : isChecked ? <Check aria-label="Current" /> : null}</MenuIcon>
      <span className="max-w-72 min-w-0 grow truncate">{children}</span>
      {hint === undefined ? null : <span className="figures text-xs text-muted">{hint}</span>}
      {shortcut === undefined ? null : <Kbd>{shortcut}</Kbd>}
    </BaseMenu.Item>
  );
}

function MenuIcon({ children }: { children: ReactNode }) {
  return <span className="flex size-4 shrink-0 items-center justify-center text-muted [&_svg]:size-4">{children}</span>;
}

export function MenuSeparator() {
  return <BaseMenu.Separator className="mx-1 my-1 h-px bg-line" />;
}

/** A heading with the items under it. */
export function MenuGroup({ label, children }: { label: string; children: ReactNode }) {
  return (
    <BaseMenu.Group>
      <BaseMenu.GroupLabel className="px-2 pt-1.5 pb-1 text-2xs font-semibold tracking-wide text-subtle uppercase">
        {label}
      </BaseMenu.GroupLabel>
      {children}
    </BaseMenu.Group>
  );
}

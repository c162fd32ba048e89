import {
  cloneElement,
  type ComponentProps,
  type ComponentType,
  type HTMLAttributes,
  lazy,
  type ReactElement,
  Suspense,
  useState,
} from 'react';
import type * as Parts from './menuParts.tsx';

/*
 * Menus are fetched when the first one is opened: a wall has dozens of them, and its pictures need none.
 */

const load = () => import('./menuParts.tsx');

function part<P>(choose: (parts: typeof Parts) => ComponentType<P>) {
  return lazy(async () => ({ default: choose(await load()) }));
}

export const MenuItem = part<ComponentProps<typeof Parts.MenuItem>>((parts) => parts.MenuItem);
export const MenuGroup = part<ComponentProps<typeof Parts.MenuGroup>>((parts) => parts.MenuGroup);
export const MenuSeparator = part<ComponentProps<typeof Parts.MenuSeparator>>((parts) => parts.MenuSeparator);
export const Submenu = part<ComponentProps<typeof Parts.Submenu>>((parts) => parts.Submenu);
const LoadedMenu = part<ComponentProps<typeof Parts.Menu>>((parts) => parts.Menu);

export interface MenuProps extends Omit<ComponentProps<typeof Parts.Menu>, 'trigger' | 'isInitiallyOpen'> {
  /** The button that opens it. */
  trigger: ReactElement<HTMLAttributes<HTMLElement>>;
}

/** A button with a menu behind it. */
export function Menu(props: MenuProps) {
  const { trigger, isOpen, onOpenChange } = props;
  const [isWanted, setIsWanted] = useState(false);
  const closed = cloneElement(trigger, {
    'aria-haspopup': 'menu',
    'aria-expanded': false,
    onPointerEnter: () => void load(),
    onClick: () => {
      setIsWanted(true);
      onOpenChange?.(true);
    },
  });
  if (!isWanted && isOpen !== true) return closed;
  return (
    <Suspense fallback={closed}>
      <LoadedMenu {...props} isInitiallyOpen />
    </Suspense>
  );
}

import { Button as BaseButton } from '@base-ui/react/button';
import type { ComponentProps } from 'react';
import { classes } from './classes.ts';
import { Tooltip } from './Tooltip.tsx';

export interface IconButtonProps extends Omit<ComponentProps<typeof BaseButton>, 'className' | 'aria-label'> {
  /** What it does; the accessible name and the tooltip. */
  label: string;
  /** The key that does the same, shown in the tooltip. */
  shortcut?: string;
  isPressed?: boolean;
  size?: 'sm' | 'md';
  className?: string;
}

/** A button with a symbol and no words. */
export function IconButton({ label, shortcut, isPressed, size = 'md', className, ...rest }: IconButtonProps) {
  return (
    <Tooltip text={label} {...(shortcut === undefined ? {} : { shortcut })}>
      <BaseButton
        {...rest}
        aria-label={label}
        {...(isPressed === undefined ? {} : { 'aria-pressed': isPressed })}
        className={classes(
          'inline-flex shrink-0 items-center justify-center rounded-md text-muted transition-colors',
          'hover:bg-surface-3 hover:text-text data-popup-open:bg-surface-3 data-popup-open:text-text',
          'aria-pressed:bg-accent-soft aria-pressed:text-accent disabled:opacity-40 data-disabled:opacity-40',
          size === 'sm' ? 'size-6 [&_svg]:size-3.5' : 'size-7.5 [&_svg]:size-4',
          className,
        )}
      />
    </Tooltip>
  );
}

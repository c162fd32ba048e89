import { Button as BaseButton } from '@base-ui/react/button';
import type { ComponentProps } from 'react';
import { classes } from './classes.ts';

type Look = 'primary' | 'secondary' | 'quiet' | 'danger';

const looks: Readonly<Record<Look, string>> = {
  primary: 'bg-accent text-surface-0 hover:bg-[#63d1ff] font-semibold',
  secondary: 'bg-surface-3 text-text hover:bg-[#263442] inset-ring inset-ring-line-strong',
  quiet: 'text-muted hover:bg-surface-3 hover:text-text',
  danger: 'bg-alert-soft text-[#ff8fab] inset-ring inset-ring-alert/60 hover:bg-[#3d1322]',
};

export interface ButtonProps extends Omit<ComponentProps<typeof BaseButton>, 'className'> {
  look?: Look;
  size?: 'sm' | 'md' | 'lg';
  className?: string;
}

const sizes = { sm: 'h-6 px-2 text-xs', md: 'h-7.5 px-3', lg: 'h-10 px-4 text-base' } as const;

export function Button({ look = 'secondary', size = 'md', className, ...rest }: ButtonProps) {
  return (
    <BaseButton
      {...rest}
      className={classes(
        'inline-flex shrink-0 items-center justify-center gap-1.5 rounded-md whitespace-nowrap transition-colors select-none',
        'disabled:cursor-not-allowed disabled:opacity-50 data-disabled:cursor-not-allowed data-disabled:opacity-50',
        sizes[size],
        looks[look],
        className,
      )}
    />
  );
}

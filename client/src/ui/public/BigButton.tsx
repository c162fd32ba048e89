import type { ComponentProps } from 'react';
import { classes } from '../classes.ts';

const looks = {
  primary: 'bg-accent text-white font-semibold hover:brightness-110',
  secondary: 'bg-surface-1 text-text inset-ring inset-ring-line-strong hover:bg-surface-2',
  quiet: 'bg-transparent text-accent underline underline-offset-4 hover:bg-surface-2',
  danger: 'bg-surface-1 text-stale font-semibold inset-ring inset-ring-stale hover:bg-surface-2',
} as const;

export interface BigButtonProps extends ComponentProps<'button'> {
  look?: keyof typeof looks;
}

/** A button for thumbs: 44 pixels and more. */
export function BigButton({ look = 'secondary', type = 'button', className, ...rest }: BigButtonProps) {
  return (
    <button
      {...rest}
      type={type}
      className={classes(
        'inline-flex min-h-11 items-center justify-center gap-2 rounded-lg border-0 px-5 py-2 text-lg disabled:cursor-not-allowed disabled:opacity-60',
        looks[look],
        className,
      )}
    />
  );
}

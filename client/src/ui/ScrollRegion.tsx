import type { ComponentProps } from 'react';
import { classes } from './classes.ts';

export interface ScrollRegionProps extends Omit<ComponentProps<'section'>, 'tabIndex' | 'aria-label'> {
  /** What it holds, for those who come to it by keys. */
  label: string;
}

/**
 * What scrolls inside a page. It takes the focus, so that it can be scrolled by keys also where nothing in it does
 * (WCAG 2.1.1); nothing else that is no control may.
 */
export function ScrollRegion({ label, className, children, ...rest }: ScrollRegionProps) {
  return (
    <section
      {...rest}
      aria-label={label}
      tabIndex={0}
      className={classes('min-h-0 grow relative overflow-y-auto focus-visible:-outline-offset-2', className)}
    >
      {children}
    </section>
  );
}

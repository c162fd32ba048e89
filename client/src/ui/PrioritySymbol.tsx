import type { Priority } from '@commonsight/types/incident';
import { classes } from './classes.ts';

const colours: Readonly<Record<Priority, string>> = {
  1: 'text-priority-1',
  2: 'text-priority-2',
  3: 'text-priority-3',
};

const shapes: Readonly<Record<Priority, string>> = {
  1: 'M6 .9 11.5 11H.5Z',
  2: 'M6 .6 11.4 6 6 11.4.6 6Z',
  3: 'M1.5 1.5h9v9h-9Z',
};

export interface PrioritySymbolProps {
  priority: Priority;
  /** Not needed where the words stand beside it. */
  isLabelled?: boolean;
  className?: string;
}

/** Priority 1 is an up-triangle, 2 a diamond, 3 a square, each in its colour. */
export function PrioritySymbol({ priority, isLabelled = true, className }: PrioritySymbolProps) {
  return (
    <svg
      viewBox="0 0 12 12"
      {...(isLabelled ? { role: 'img', 'aria-label': `Priority ${priority}` } : { 'aria-hidden': true })}
      className={classes('inline-block size-3 shrink-0', colours[priority], className)}
    >
      <path d={shapes[priority]} fill="currentColor" />
    </svg>
  );
}

import type { ReactNode } from 'react';
import { classes } from './classes.ts';

export type StatusKind = 'live' | 'warn' | 'stale' | 'off' | 'waiting' | 'alert';

const colours: Readonly<Record<StatusKind, string>> = {
  live: 'text-live',
  warn: 'text-warn',
  stale: 'text-stale',
  off: 'text-off',
  waiting: 'text-muted',
  alert: 'text-alert',
};

const shapes: Readonly<Record<StatusKind, ReactNode>> = {
  live: <circle cx="6" cy="6" r="4" fill="currentColor" />,
  warn: <path d="M6 1 11.4 10.8H.6Z" fill="currentColor" />,
  stale: <path d="M2 1h8v2L7 6l3 3v2H2V9l3-3-3-3Z" fill="currentColor" />,
  off: <circle cx="6" cy="6" r="4" fill="none" stroke="currentColor" strokeWidth="1.6" />,
  waiting: <circle cx="6" cy="6" r="4" fill="none" stroke="currentColor" strokeWidth="1.6" strokeDasharray="2.2 2" />,
  alert: <path d="M6 .8 11.2 6 6 11.2.8 6Z" fill="currentColor" />,
};

export interface StatusSymbolProps {
  kind: StatusKind;
  /** The words for those who do not see it; leave it out where the words stand beside it. */
  label?: string;
  className?: string;
}

/** Status is a shape first and a colour second: filled dot, triangle, hourglass, ring, dashed ring, bell. */
export function StatusSymbol({ kind, label, className }: StatusSymbolProps) {
  return (
    <svg
      viewBox="0 0 12 12"
      className={classes('inline-block size-3 shrink-0', colours[kind], className)}
      {...(label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label })}
    >
      {shapes[kind]}
    </svg>
  );
}

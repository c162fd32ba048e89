import { classes } from './classes.ts';

export function Logo({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" aria-hidden className={classes('shrink-0', className)}>
      <path
        d="M3 16s5-8.5 13-8.5S29 16 29 16s-5 8.5-13 8.5S3 16 3 16Z"
        fill="none"
        stroke="var(--color-muted)"
        strokeWidth="2.2"
      />
      <circle cx="16" cy="16" r="4.6" fill="var(--color-accent)" />
    </svg>
  );
}

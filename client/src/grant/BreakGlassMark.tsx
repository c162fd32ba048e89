import { ShieldAlert } from 'lucide-react';
import { classes } from '../ui/classes.ts';

/** Marks access that nobody approved before. */
export function BreakGlassMark({ className }: { className?: string }) {
  return (
    <span
      title="Access without approval. Supervisors know of it, and it has to be justified."
      className={classes(
        'inline-flex shrink-0 items-center gap-1 font-semibold whitespace-nowrap text-warn',
        className,
      )}
    >
      <ShieldAlert className="size-3.5 shrink-0" aria-hidden />
      Break glass
    </span>
  );
}

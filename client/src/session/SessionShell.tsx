import type { ReactNode } from 'react';
import { classes } from '../ui/classes.ts';
import { Logo } from '../ui/Logo.tsx';

export interface SessionShellProps {
  title: string;
  /** One sentence under the title. */
  description?: ReactNode;
  /** For what is read and not only filled in. */
  isWide?: boolean;
  children: ReactNode;
  /** Small words under the card. */
  note?: ReactNode;
}

/** The frame of every page that stands before the wall: the product's name and one card. */
export function SessionShell({ title, description, isWide = false, children, note }: SessionShellProps) {
  return (
    <main className="flex h-full flex-col items-center gap-6 overflow-y-auto bg-[radial-gradient(60rem_30rem_at_50%_20%,#10202d_0%,transparent_70%)] p-6 max-sm:gap-4 max-sm:p-4">
      <div className="mt-auto flex flex-col items-center gap-3 text-center">
        <Logo className="size-12" />
        <h1 className="m-0 text-[1.5rem] leading-tight font-semibold tracking-tight">{title}</h1>
        {description === undefined ? null : <p className="m-0 max-w-120 text-base text-muted">{description}</p>}
      </div>
      <div
        className={classes(
          'w-full rounded-lg bg-surface-1 p-6 inset-ring inset-ring-line max-sm:p-4',
          isWide ? 'max-w-140' : 'max-w-88',
        )}
      >
        {children}
      </div>
      <p className="m-0 mb-auto max-w-88 text-center text-xs text-subtle">{note}</p>
    </main>
  );
}

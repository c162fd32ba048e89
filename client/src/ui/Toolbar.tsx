import type { ReactNode } from 'react';

/** The line above a list: what narrows it down, what it counts, what can be added. */
export function Toolbar({ children }: { children: ReactNode }) {
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-x-3 gap-y-2 border-b border-line px-3 py-2">
      {children}
    </div>
  );
}

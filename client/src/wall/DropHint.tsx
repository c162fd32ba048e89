import type { ReactNode } from 'react';

/** Dashes around a drop target and the sentence of what will happen. */
export function DropHint({ children }: { children: ReactNode }) {
  return (
    <div className="pointer-events-none absolute inset-0 z-5 flex items-center justify-center border-2 border-dashed border-accent bg-accent-soft/70 p-2 text-center text-base font-semibold text-text">
      {children}
    </div>
  );
}

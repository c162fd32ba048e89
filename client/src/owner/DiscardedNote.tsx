import { useEffect, useRef } from 'react';
import { BigButton } from '../ui/public/BigButton.tsx';

/** All unsaved changes were discarded at one press: they can be had back. */
export function DiscardedNote({ onUndo }: { onUndo: () => void }) {
  const button = useRef<HTMLButtonElement>(null);
  // The button that was pressed is gone.
  useEffect(() => button.current?.focus(), []);
  return (
    <div className="mt-3 flex flex-wrap items-center gap-3">
      <output>Your unsaved changes are discarded.</output>
      <BigButton ref={button} onClick={onUndo}>
        Undo
      </BigButton>
    </div>
  );
}

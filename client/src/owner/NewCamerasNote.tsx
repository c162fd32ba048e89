import { BigButton } from '../ui/public/BigButton.tsx';

interface NewCamerasNoteProps {
  /** At least one. */
  count: number;
  /** Null: this browser may look and not change. */
  onChoose: (() => void) | null;
}

/** That new cameras wait for their owner, who can choose them all at once. */
export function NewCamerasNote({ count, onChoose }: NewCamerasNoteProps) {
  const isOne = count === 1;
  return (
    <div className="mt-3 flex flex-wrap items-center gap-3 rounded-md border border-line-strong bg-surface-1 p-3">
      <p className="m-0 min-w-60 flex-1">
        {isOne ? 'A new camera waits' : `${count} new cameras wait`} for you. Police cannot see {isOne ? 'it' : 'them'}{' '}
        before you have chosen a mode and saved. Names are given by the agency: make sure that you know which camera{' '}
        {isOne ? 'it' : 'each'} is.
      </p>
      {onChoose === null ? null : <BigButton onClick={onChoose}>Choose {isOne ? 'it' : 'them'}</BigButton>}
    </div>
  );
}

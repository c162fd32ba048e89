import type { SharingMode } from '@commonsight/types/relay/sharing';
import { ModeSelect } from './ModeSelect.tsx';

interface ChooseBarProps {
  /** What is chosen by the box: all cameras, or those that were found. */
  label: string;
  areAllChosen: boolean;
  onAllChosen: (isChosen: boolean) => void;
  chosenCount: number;
  onMode: (mode: SharingMode) => void;
}

/** Chooses all that are shown, and gives the chosen cameras a mode. */
export function ChooseBar({ label, areAllChosen, onAllChosen, chosenCount, onMode }: ChooseBarProps) {
  return (
    <div className="mt-2 flex flex-wrap items-center gap-3">
      <label className="flex min-h-11 items-center gap-2">
        <input
          type="checkbox"
          className="ml-3 size-5"
          checked={areAllChosen}
          onChange={({ target }) => onAllChosen(target.checked)}
        />
        {label}
      </label>
      <ModeSelect label="Mode of the chosen cameras" value={null} isDisabled={chosenCount === 0} onChange={onMode} />
      <span className="text-muted">{chosenCount} chosen</span>
    </div>
  );
}

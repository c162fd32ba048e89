import { type SharingMode, sharingModeSchema } from '@commonsight/types/relay/sharing';
import { modeNames } from '../sharing/sharingWords.ts';

interface ModeSelectProps {
  label: string;
  value: SharingMode | null;
  isDisabled?: boolean;
  onChange: (mode: SharingMode) => void;
}

/** One of the four modes; the system's own list, for thumbs and keys. Null: nothing is chosen yet. */
export function ModeSelect({ label, value, isDisabled = false, onChange }: ModeSelectProps) {
  return (
    <select
      aria-label={label}
      value={value ?? ''}
      disabled={isDisabled}
      onChange={({ target }) => {
        const mode = sharingModeSchema.safeParse(target.value);
        if (mode.success) onChange(mode.data);
      }}
      className="h-11 min-w-36 rounded-md border border-line-strong bg-surface-1 px-2 text-base text-text disabled:opacity-60"
    >
      {value === null ? <option value="">Set to…</option> : null}
      {sharingModeSchema.options.map((mode) => (
        <option key={mode} value={mode}>
          {modeNames[mode]}
        </option>
      ))}
    </select>
  );
}

import { keptDaysSchema } from '@commonsight/types/relay/sharing';
import { useState } from 'react';
import { OwnerField } from './OwnerField.tsx';

interface KeptDaysFieldProps {
  /** Null: not said. */
  keptDays: number | null;
  onChange: (keptDays: number | 'none') => void;
}

/** For how long the site's recorders keep what the cameras saw, as a part of what the owner signs. */
export function KeptDaysField({ keptDays, onChange }: KeptDaysFieldProps) {
  const [isWrong, setWrong] = useState(false);

  function take(text: string): void {
    const days = text.trim() === '' ? null : Number(text);
    const isGood = days === null || keptDaysSchema.safeParse(days).success;
    setWrong(!isGood);
    if (isGood && days !== keptDays) onChange(days ?? 'none');
  }

  return (
    <OwnerField
      className="mt-3 max-w-120"
      label="Your recordings are kept for (days)"
      hint="By it police see what is about to be overwritten, and you are reminded in time. Where cameras differ, the shortest. Empty: you do not say."
      problem={isWrong ? 'Write whole days, from 1 to 730.' : null}
      inputMode="numeric"
      autoComplete="off"
      defaultValue={keptDays ?? ''}
      onBlur={({ target }) => take(target.value)}
    />
  );
}

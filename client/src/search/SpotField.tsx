import type { Position } from '@commonsight/types/position';
import { useState } from 'react';
import { Field } from '../ui/Field.tsx';
import { readSpot, spotExample, spotWords } from './spotWords.ts';

export interface SpotFieldProps {
  spot: Position | null;
  error: string | null;
  onSpot: (spot: Position) => void;
}

/** The place in degrees: it follows the map, and the map follows what is typed. */
export function SpotField({ spot, error, onSpot }: SpotFieldProps) {
  /** What is being typed; null: nobody types, and the place itself is shown. */
  const [typed, setTyped] = useState<string | null>(null);
  const isWrong = typed !== null && typed.trim() !== '' && readSpot(typed) === null;
  return (
    <Field
      label="Place (latitude, longitude)"
      value={typed ?? (spot === null ? '' : spotWords(spot))}
      placeholder={`Press on the map, or type ${spotExample}`}
      onChange={({ target }) => {
        setTyped(target.value);
        const read = readSpot(target.value);
        if (read !== null) onSpot(read);
      }}
      onBlur={() => (isWrong ? undefined : setTyped(null))}
      error={isWrong ? `Two numbers in degrees with a comma between them, such as ${spotExample}.` : error}
    />
  );
}

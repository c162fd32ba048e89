import type { Position } from '@commonsight/types/position';
import { useState } from 'react';
import { Button } from '../ui/Button.tsx';
import { Field } from '../ui/Field.tsx';
import { readSpot, spotExample } from './spotWords.ts';

/** Adds a corner in degrees, for who has no map or no pointer. */
export function CornerField({ onSpot }: { onSpot: (spot: Position) => void }) {
  const [typed, setTyped] = useState('');
  const [isTried, setIsTried] = useState(false);
  const spot = readSpot(typed);
  const add = (): void => {
    setIsTried(spot === null);
    if (spot === null) return;
    onSpot(spot);
    setTyped('');
  };
  return (
    <div className="flex items-start gap-2">
      <Field
        className="min-w-0 grow"
        label="Corner (latitude, longitude)"
        value={typed}
        placeholder={`Press on the map, or type ${spotExample}`}
        onChange={({ target }) => setTyped(target.value)}
        onKeyDown={(pressed) => {
          if (pressed.key !== 'Enter') return;
          // Enter in the form asks the question, which is not what is meant here.
          pressed.preventDefault();
          add();
        }}
        error={
          isTried && spot === null ? `Two numbers in degrees with a comma between them, such as ${spotExample}.` : null
        }
      />
      <Button className="mt-5" onClick={add}>
        Add
      </Button>
    </div>
  );
}

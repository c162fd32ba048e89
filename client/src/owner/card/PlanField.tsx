import { useId, useMemo, useState } from 'react';
import { BigButton } from '../../ui/public/BigButton.tsx';
import { BlobImage } from '../../ui/BlobImage.tsx';
import { preparePlan } from './preparePlan.ts';

interface PlanFieldProps {
  isKept: boolean;
  newPlan: Uint8Array<ArrayBuffer> | null;
  /** Null: the site has none. */
  onChange: (plan: Uint8Array<ArrayBuffer> | null) => void;
}

/** The floor plan: a picture of any kind, which is drawn anew in this browser before it leaves it. */
export function PlanField({ isKept, newPlan, onChange }: PlanFieldProps) {
  const id = useId();
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const picture = useMemo(() => (newPlan === null ? null : new Blob([newPlan], { type: 'image/png' })), [newPlan]);

  async function choose(file: File | undefined): Promise<void> {
    if (file === undefined) return;
    setBusy(true);
    setProblem(null);
    try {
      onChange(await preparePlan(file));
    } catch (error) {
      setProblem(error instanceof Error ? error.message : 'This picture cannot be used.');
    } finally {
      setBusy(false);
    }
  }

  return (
    <div className="mt-4">
      <label htmlFor={id} className="block font-semibold">
        Floor plan
        <span id={`${id}-hint`} className="block font-normal text-muted">
          A picture with doors, stairs and where your cameras are. It is drawn anew here: where and with what it was
          taken does not leave this device.
        </span>
      </label>
      <input
        id={id}
        type="file"
        accept="image/*"
        disabled={isBusy}
        aria-invalid={problem !== null}
        aria-describedby={problem === null ? `${id}-hint` : `${id}-hint ${id}-problem`}
        onChange={({ target }) => {
          void choose(target.files?.[0]);
          // The same file may be chosen again after it was corrected.
          target.value = '';
        }}
        className="mt-1 block w-full text-base file:mr-3 file:min-h-11 file:rounded-lg file:border-0 file:bg-surface-2 file:px-4 file:text-base file:text-text"
      />
      {problem === null ? null : (
        <p id={`${id}-problem`} role="alert" className="m-0 mt-1 text-stale">
          {problem}
        </p>
      )}
      <output className="mt-2 block">
        {isBusy
          ? 'Drawing the picture…'
          : newPlan === null
            ? isKept
              ? 'A floor plan is kept.'
              : 'No floor plan.'
            : 'A new floor plan, not saved yet.'}
      </output>
      {picture === null ? null : (
        <BlobImage
          blob={picture}
          alt="The new floor plan"
          className="mt-2 block max-h-80 max-w-full rounded-md bg-white"
        />
      )}
      {newPlan === null && !isKept ? null : (
        <BigButton look="quiet" onClick={() => onChange(null)}>
          Remove the floor plan
        </BigButton>
      )}
    </div>
  );
}

import { useId } from 'react';
import { Problem } from '../../ui/public/Problem.tsx';

export interface ChoicesProps<V extends string> {
  label: string;
  /** One of them, or several. */
  kind: 'radio' | 'checkbox';
  options: readonly { value: V; label: string }[];
  chosen: readonly V[];
  problem: string | null;
  onChoose: (value: V) => void;
}

/** Large targets with the browser's own radio buttons or boxes: arrow keys and space work as everywhere. */
export function Choices<V extends string>({ label, kind, options, chosen, problem, onChoose }: ChoicesProps<V>) {
  const id = useId();
  return (
    <div
      role={kind === 'radio' ? 'radiogroup' : 'group'}
      aria-label={label}
      aria-describedby={`${id}-problem`}
      className="flex flex-col gap-3"
    >
      {options.map((option) => (
        <label
          key={option.value}
          className="flex min-h-14 cursor-pointer items-center gap-3 rounded-lg bg-surface-1 px-4 inset-ring inset-ring-line-strong hover:bg-surface-2 has-checked:bg-accent-soft has-checked:inset-ring-2 has-checked:inset-ring-accent has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent"
        >
          <input
            type={kind}
            name={id}
            value={option.value}
            checked={chosen.includes(option.value)}
            onChange={() => onChoose(option.value)}
            className="m-0 size-5 shrink-0 accent-accent focus-visible:outline-none"
          />
          <span className="min-w-0 wrap-anywhere">{option.label}</span>
        </label>
      ))}
      <Problem id={`${id}-problem`} words={problem} />
    </div>
  );
}

import { useId } from 'react';

export interface RangeAnswerProps {
  label: string;
  /** The value in words, shown and spoken. */
  words: string;
  value: number;
  least: number;
  most: number;
  step: number;
  onChange: (value: number) => void;
}

export function RangeAnswer({ label, words, value, least, most, step, onChange }: RangeAnswerProps) {
  const id = useId();
  return (
    <div className="flex flex-col">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <label htmlFor={id} className="text-base font-medium">
          {label}
        </label>
        <span className="figures text-base text-muted">{words}</span>
      </div>
      <input
        id={id}
        type="range"
        min={least}
        max={most}
        step={step}
        value={value}
        aria-valuetext={words}
        onChange={({ currentTarget }) => onChange(Number(currentTarget.value))}
        className="m-0 h-11 w-full accent-accent"
      />
    </div>
  );
}

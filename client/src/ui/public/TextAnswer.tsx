import { type ComponentProps, useId } from 'react';
import { classes } from '../classes.ts';
import { Problem } from './Problem.tsx';

export interface TextAnswerProps extends Omit<ComponentProps<'input'>, 'onChange'> {
  label: string;
  help?: string;
  /** What is wrong, in the person's language. */
  problem: string | null;
  /** By which something else refers to the problem too. */
  problemId?: string;
  onType: (text: string) => void;
}

/** A line to type into, with its problem beside it. */
export function TextAnswer({ label, help, problem, problemId, onType, className, ...input }: TextAnswerProps) {
  const id = useId();
  const problemElement = problemId ?? `${id}-problem`;
  return (
    <div className={classes('flex min-w-0 flex-col gap-1', className)}>
      <label htmlFor={id} className="text-base font-medium">
        {label}
      </label>
      <input
        {...input}
        id={id}
        aria-invalid={problem !== null}
        aria-describedby={`${id}-help ${problemElement}`}
        onChange={({ currentTarget }) => onType(currentTarget.value)}
        className="h-12 w-full min-w-0 rounded-lg border-0 bg-surface-1 px-3 text-lg text-text inset-ring inset-ring-line-strong aria-invalid:inset-ring-2 aria-invalid:inset-ring-stale"
      />
      <p id={`${id}-help`} className="m-0 text-base text-muted empty:hidden">
        {help}
      </p>
      <Problem id={problemElement} words={problem} />
    </div>
  );
}

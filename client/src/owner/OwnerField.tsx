import { type ComponentProps, useId } from 'react';
import { classes } from '../ui/classes.ts';
import { fieldLook } from './inputLook.ts';

interface OwnerFieldProps extends Omit<ComponentProps<'input'>, 'id'> {
  label: string;
  hint?: string;
  /** What is wrong with what stands there; null for nothing. */
  problem?: string | null;
  /** Of all of it: where it stands and how wide it is. */
  className?: string;
}

/** A line to type into, with its label, what it is for and what is wrong with it. */
export function OwnerField({ label, hint, problem = null, className, ...input }: OwnerFieldProps) {
  const id = useId();
  return (
    <div className={classes('text-base', className)}>
      <label htmlFor={id} className="block font-semibold">
        {label}
      </label>
      <p id={`${id}-hint`} className="m-0 text-muted empty:hidden">
        {hint}
      </p>
      <input
        {...input}
        id={id}
        aria-invalid={problem !== null}
        aria-describedby={`${id}-hint ${id}-problem`}
        className={classes(fieldLook, 'aria-invalid:border-stale')}
      />
      {/* Always there, so that what appears in it is read out. */}
      <p id={`${id}-problem`} role="alert" className="m-0 mt-1 text-stale empty:hidden">
        {problem}
      </p>
    </div>
  );
}

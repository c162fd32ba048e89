import { Field as BaseField } from '@base-ui/react/field';
import type { ComponentProps, ReactNode } from 'react';
import { classes } from './classes.ts';
import { inputClass } from './inputClass.ts';

export { inputClass };

export interface FieldProps extends Omit<ComponentProps<typeof BaseField.Control>, 'className' | 'render'> {
  label: string;
  /** One sentence of help under the field. */
  description?: ReactNode;
  /** What is wrong with what was entered. */
  error?: string | null;
  isLarge?: boolean;
  className?: string;
}

/** A label with an input of one line under it. */
export function Field({ label, description, error = null, isLarge = false, className, ...input }: FieldProps) {
  return (
    <BaseField.Root invalid={error !== null} className={classes('flex flex-col gap-1', className)}>
      <BaseField.Label className="text-xs font-medium text-muted">{label}</BaseField.Label>
      <BaseField.Control {...input} className={classes(inputClass, isLarge && 'h-10 text-base')} />
      <FieldWords description={description} error={error} />
    </BaseField.Root>
  );
}

export interface TextFieldProps extends Omit<ComponentProps<'textarea'>, 'className'> {
  label: string;
  description?: ReactNode;
  error?: string | null;
  isLabelHidden?: boolean;
}

/** A label with an input of several lines under it. */
export function TextField({ label, description, error = null, isLabelHidden = false, ...input }: TextFieldProps) {
  return (
    <BaseField.Root invalid={error !== null} className="flex flex-col gap-1">
      <BaseField.Label className={isLabelHidden ? 'sr-only' : 'text-xs font-medium text-muted'}>
        {label}
      </BaseField.Label>
      <BaseField.Control
        render={<textarea {...input} />}
        className={classes(inputClass, 'h-auto min-h-16 resize-y py-1.5')}
      />
      <FieldWords description={description} error={error} />
    </BaseField.Root>
  );
}

function FieldWords({ description, error }: { description: ReactNode; error: string | null }) {
  if (error !== null) {
    return (
      <BaseField.Error match className="text-xs text-[#ff8a80]">
        {error}
      </BaseField.Error>
    );
  }
  if (description === undefined || description === null) return null;
  return <BaseField.Description className="m-0 text-xs text-muted">{description}</BaseField.Description>;
}

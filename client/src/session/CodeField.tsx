import { type Ref } from 'react';
import { Field } from '../ui/Field.tsx';
import { digitsOf } from './digitsOf.ts';

export interface CodeFieldProps {
  value: string;
  onChange: (code: string) => void;
  /** All six digits are there. */
  onComplete: (code: string) => void;
  label?: string;
  isDisabled?: boolean;
  inputRef?: Ref<HTMLInputElement>;
}

/** The six digits of an authenticator app; a pasted code may have spaces in it. */
export function CodeField({
  value,
  onChange,
  onComplete,
  label = 'Code',
  isDisabled = false,
  inputRef,
}: CodeFieldProps) {
  return (
    <Field
      {...(inputRef === undefined ? {} : { ref: inputRef })}
      label={label}
      name="code"
      value={value}
      inputMode="numeric"
      autoComplete="one-time-code"
      spellCheck={false}
      required
      isLarge
      disabled={isDisabled}
      description="Six digits from your authenticator app."
      onChange={({ target }) => {
        const code = digitsOf(target.value);
        onChange(code);
        if (code.length === 6 && code !== value) onComplete(code);
      }}
    />
  );
}

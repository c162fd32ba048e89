import { Eye, EyeOff } from 'lucide-react';
import { type Ref, useState } from 'react';
import { Button } from '../ui/Button.tsx';
import { Field } from '../ui/Field.tsx';
import { StatusSymbol } from '../ui/StatusSymbol.tsx';
import { passwordWords } from './passwordWords.ts';

export interface NewPasswordFieldProps {
  value: string;
  onChange: (password: string) => void;
  /** Why the server refused it. */
  error: string | null;
  label?: string;
  inputRef?: Ref<HTMLInputElement>;
}

const symbols = { tooShort: 'waiting', short: 'warn', good: 'live' } as const;

/** A new password, with words about its length while it is typed. It can be shown, so that it is typed once. */
export function NewPasswordField({ value, onChange, error, label = 'New password', inputRef }: NewPasswordFieldProps) {
  const [isShown, setIsShown] = useState(false);
  const { strength, words } = passwordWords(value);
  return (
    <div className="flex flex-col gap-1.5">
      <div className="flex items-start gap-2">
        <Field
          {...(inputRef === undefined ? {} : { ref: inputRef })}
          className="grow"
          label={label}
          name="newPassword"
          type={isShown ? 'text' : 'password'}
          autoComplete="new-password"
          autoCapitalize="none"
          spellCheck={false}
          required
          isLarge
          value={value}
          onChange={({ target }) => onChange(target.value)}
          error={error}
        />
        <span className="pt-5">
          <ShowButton isShown={isShown} onToggle={() => setIsShown(!isShown)} />
        </span>
      </div>
      {error === null ? (
        <output className="flex items-start gap-1.5 text-xs text-muted">
          <StatusSymbol kind={symbols[strength]} className="mt-0.5" />
          {words}
        </output>
      ) : null}
    </div>
  );
}

function ShowButton({ isShown, onToggle }: { isShown: boolean; onToggle: () => void }) {
  return (
    <Button size="lg" look="quiet" aria-pressed={isShown} onClick={onToggle}>
      {isShown ? <EyeOff className="size-4" aria-hidden /> : <Eye className="size-4" aria-hidden />}
      {isShown ? 'Hide' : 'Show'}
    </Button>
  );
}

import { accountRoutes } from '@commonsight/types/http/account-routes';
import { type FormEvent, useId, useState } from 'react';
import { call } from '../api/call.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Field } from '../ui/Field.tsx';
import { tell } from '../ui/toast.tsx';
import { Section } from '../ui/Section.tsx';
import { focusIt } from './focusIt.ts';
import { FormError } from './FormError.tsx';
import { NewPasswordField } from './NewPasswordField.tsx';
import { passwordWords } from './passwordWords.ts';
import { ownPasswordWords } from './signInWords.ts';

export function PasswordSection() {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <Section
      title="Password"
      description="A new password ends your other sessions."
      action={<Button onClick={() => setIsOpen(true)}>Change password</Button>}
    >
      {isOpen ? <ChangePasswordDialog onClose={() => setIsOpen(false)} /> : null}
    </Section>
  );
}

function ChangePasswordDialog({ onClose }: { onClose: () => void }) {
  const formId = useId();
  const [password, setPassword] = useState('');
  const [newPassword, setNewPassword] = useState('');
  const [refusal, setRefusal] = useState<string | null>(null);
  const [error, setError] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);

  async function change(submitted: FormEvent): Promise<void> {
    submitted.preventDefault();
    setIsBusy(true);
    setError(null);
    setRefusal(null);
    const result = await call(accountRoutes.changePassword, { body: { password, newPassword } });
    setIsBusy(false);
    if (result.state === 'ok') {
      tell(`Your password is changed. ${result.value.advice ?? ''}`.trim());
      onClose();
    } else if (result.state === 'failed') {
      if (result.error.code === 'badRequest') setRefusal(result.error.message);
      else setError(ownPasswordWords(result.error));
    }
  }

  return (
    <Dialog
      isOpen
      onClose={onClose}
      size="sm"
      title="Change password"
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            look="primary"
            type="submit"
            form={formId}
            disabled={isBusy || password === '' || passwordWords(newPassword).strength === 'tooShort'}
          >
            Change password
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={(submitted) => void change(submitted)} className="flex flex-col gap-4">
        <Field
          ref={focusIt}
          label="Your password"
          type="password"
          autoComplete="current-password"
          required
          isLarge
          value={password}
          onChange={({ target }) => setPassword(target.value)}
        />
        <NewPasswordField
          value={newPassword}
          onChange={(typed) => {
            setNewPassword(typed);
            setRefusal(null);
          }}
          error={refusal}
        />
        <FormError>{error}</FormError>
      </form>
    </Dialog>
  );
}

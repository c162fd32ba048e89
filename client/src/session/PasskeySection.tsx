import { accountRoutes } from '@commonsight/types/http/account-routes';
import { useState } from 'react';
import { call } from '../api/call.ts';
import { knowsPasskeys, makePasskey } from '../api/passkey.ts';
import { formatExactTime } from '../incident/format.ts';
import { useRead } from '../incident/useRead.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Field } from '../ui/Field.tsx';
import { tell } from '../ui/toast.tsx';
import { Section } from '../ui/Section.tsx';
import { deviceWords } from './deviceWords.ts';
import { FormError } from './FormError.tsx';
import { PasswordForm } from './PasswordForm.tsx';

interface Passkey {
  id: string;
  name: string;
  createdAt: string;
}

/** The keys on devices with which the user signs in without a password. */
export function PasskeySection() {
  const [reader, setReader] = useState(() => () => call(accountRoutes.listPasskeys));
  const read = useRead(reader);
  const [open, setOpen] = useState<{ act: 'add' } | { act: 'remove'; passkey: Passkey } | null>(null);
  const done = (words: string): void => {
    tell(words);
    setOpen(null);
    setReader(() => () => call(accountRoutes.listPasskeys));
  };
  return (
    <Section
      title="Passkeys"
      description="Sign in and unlock with your device’s fingerprint, face or PIN instead of a password."
      action={knowsPasskeys() ? <Button onClick={() => setOpen({ act: 'add' })}>Add a passkey</Button> : null}
    >
      {read.state === 'failed' ? (
        <div className="mt-3 flex flex-col items-start gap-2">
          <FormError>{read.message}</FormError>
          <Button onClick={read.retry}>Try again</Button>
        </div>
      ) : null}
      {read.state === 'loaded' && read.value.passkeys.length > 0 ? (
        <ul className="m-0 mt-3 flex list-none flex-col divide-y divide-line p-0">
          {read.value.passkeys.map((passkey) => (
            <li key={passkey.id} className="flex items-center gap-3 py-2">
              <div className="min-w-0 flex-1">
                <p className="m-0 truncate font-medium">{passkey.name}</p>
                <p className="figures m-0 text-xs text-muted">Added {formatExactTime(passkey.createdAt)}</p>
              </div>
              <Button
                look="quiet"
                aria-label={`Remove passkey: ${passkey.name}`}
                onClick={() => setOpen({ act: 'remove', passkey })}
              >
                Remove
              </Button>
            </li>
          ))}
        </ul>
      ) : null}
      {open?.act === 'add' ? <AddPasskeyDialog onDone={done} onClose={() => setOpen(null)} /> : null}
      {open?.act === 'remove' ? (
        <Dialog
          isOpen
          onClose={() => setOpen(null)}
          size="sm"
          title={`Remove ${open.passkey.name}?`}
          description="It opens nothing here any more. Remove it from the device as well."
        >
          <PasswordForm
            action="Remove"
            isDanger
            act={async (password) => {
              const params = { id: open.passkey.id };
              const result = await call(accountRoutes.removePasskey, { params, body: { password } });
              if (result.state === 'ok') done(`${open.passkey.name} is removed.`);
              return result;
            }}
          />
        </Dialog>
      ) : null}
    </Section>
  );
}

function AddPasskeyDialog({ onDone, onClose }: { onDone: (words: string) => void; onClose: () => void }) {
  const [name, setName] = useState(() => deviceWords(navigator.userAgent));
  return (
    <Dialog
      isOpen
      onClose={onClose}
      size="sm"
      title="Add a passkey"
      description="Your device asks you after the password."
    >
      <div className="flex flex-col gap-4">
        <Field
          label="Name"
          value={name}
          maxLength={80}
          required
          isLarge
          description="So that you know it again in the list."
          onChange={({ target }) => setName(target.value)}
        />
        <PasswordForm
          action="Add passkey"
          act={async (password) => {
            const asked = await call(accountRoutes.passkeyOptions, { body: { password } });
            if (asked.state !== 'ok') return asked;
            const made = await makePasskey(asked.value.options);
            if (made.state !== 'ok') return made;
            const named = name.trim() === '' ? 'Passkey' : name.trim();
            const result = await call(accountRoutes.addPasskey, { body: { name: named, response: made.value } });
            if (result.state === 'ok') onDone(`${result.value.name} can sign you in now.`);
            return result;
          }}
        />
      </div>
    </Dialog>
  );
}

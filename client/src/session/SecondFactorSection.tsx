import { accountRoutes } from '@commonsight/types/http/account-routes';
import { useRouteContext } from '@tanstack/react-router';
import { useState } from 'react';
import { call } from '../api/call.ts';
import { readSession } from '../state/session.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { tell } from '../ui/toast.tsx';
import { Section } from '../ui/Section.tsx';
import { BackupCodes } from './BackupCodes.tsx';
import { PasswordForm } from './PasswordForm.tsx';
import { SecondFactorSetUp } from './SecondFactorSetUp.tsx';

type Open = 'setUp' | 'renew' | 'remove';

const titles: Readonly<Record<Open, string>> = {
  setUp: 'Set up a second factor',
  renew: 'Make new backup codes',
  remove: 'Remove the second factor',
};

/** The authenticator app and its backup codes. */
export function SecondFactorSection({ hasSecondFactor }: { hasSecondFactor: boolean }) {
  const { signedIn } = useRouteContext({ from: '__root__' });
  const [open, setOpen] = useState<Open | null>(null);
  const [codes, setCodes] = useState<readonly string[] | null>(null);

  function close(): void {
    setOpen(null);
    setCodes(null);
    void readSession(signedIn.session);
  }

  return (
    <Section
      title="Second factor"
      description={
        hasSecondFactor
          ? 'Signing in asks for a code of your authenticator app after the password.'
          : 'A code of an authenticator app after the password keeps out who has only the password.'
      }
      action={
        hasSecondFactor ? (
          <span className="flex flex-wrap gap-2">
            <Button onClick={() => setOpen('renew')}>New backup codes</Button>
            <Button look="quiet" onClick={() => setOpen('remove')}>
              Remove
            </Button>
          </span>
        ) : (
          <Button look="primary" onClick={() => setOpen('setUp')}>
            Set up
          </Button>
        )
      }
    >
      {open === null ? null : (
        <Dialog isOpen onClose={close} title={titles[open]}>
          {open === 'setUp' ? <SecondFactorSetUp onDone={close} /> : null}
          {open === 'renew' && codes === null ? (
            <PasswordForm
              action="Make new codes"
              act={async (password) => {
                const result = await call(accountRoutes.renewBackupCodes, { body: { password } });
                if (result.state === 'ok') setCodes(result.value.backupCodes);
                return result;
              }}
            />
          ) : null}
          {open === 'renew' && codes !== null ? (
            <div className="flex flex-col gap-4">
              <BackupCodes codes={codes} />
              <Button look="primary" size="lg" onClick={close}>
                I have kept them
              </Button>
            </div>
          ) : null}
          {open === 'remove' ? (
            <PasswordForm
              action="Remove"
              isDanger
              act={async (password) => {
                const result = await call(accountRoutes.removeTotp, { body: { password } });
                if (result.state === 'ok') {
                  tell('The second factor is removed.');
                  close();
                }
                return result;
              }}
            />
          ) : null}
        </Dialog>
      )}
    </Section>
  );
}

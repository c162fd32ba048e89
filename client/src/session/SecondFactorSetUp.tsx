import { accountRoutes } from '@commonsight/types/http/account-routes';
import type { RouteResponse } from '@commonsight/types/http/route';
import { type FormEvent, useState } from 'react';
import { call } from '../api/call.ts';
import { Button } from '../ui/Button.tsx';
import { CopyButton } from '../ui/CopyButton.tsx';
import { BackupCodes } from './BackupCodes.tsx';
import { CodeField } from './CodeField.tsx';
import { focusIt } from './focusIt.ts';
import { FormError } from './FormError.tsx';
import { PasswordForm } from './PasswordForm.tsx';
import { QrCode } from './QrCode.tsx';
import { secretGroups } from './secretGroups.ts';

type Begun = RouteResponse<(typeof accountRoutes)['beginTotp']>;

export interface SecondFactorSetUpProps {
  /** The backup codes were seen: the second factor is on. */
  onDone: () => void;
}

/** Sets up an authenticator app: the password again, the secret, the first code, the backup codes. */
export function SecondFactorSetUp({ onDone }: SecondFactorSetUpProps) {
  const [begun, setBegun] = useState<Begun | null>(null);
  const [isConfirmed, setIsConfirmed] = useState(false);
  if (begun === null) {
    return (
      <PasswordForm
        action="Go on"
        act={async (password) => {
          const result = await call(accountRoutes.beginTotp, { body: { password } });
          if (result.state === 'ok') setBegun(result.value);
          return result;
        }}
      />
    );
  }
  if (!isConfirmed) return <ConfirmSecret begun={begun} onConfirmed={() => setIsConfirmed(true)} />;
  return (
    <div className="flex flex-col gap-4">
      <h2 className="m-0 text-lg font-semibold">Keep your backup codes</h2>
      <BackupCodes codes={begun.backupCodes} />
      <Button look="primary" size="lg" onClick={onDone}>
        I have kept them
      </Button>
    </div>
  );
}

function ConfirmSecret({ begun, onConfirmed }: { begun: Begun; onConfirmed: () => void }) {
  const [code, setCode] = useState('');
  const [error, setError] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);

  async function confirm(given: string): Promise<void> {
    if (isBusy) return;
    setIsBusy(true);
    setError(null);
    const result = await call(accountRoutes.confirmTotp, { body: { code: given } });
    setIsBusy(false);
    setCode('');
    if (result.state === 'ok') onConfirmed();
    else if (result.state === 'failed') {
      const isWrong = result.error.code === 'wrongCredentials' || result.error.code === 'badRequest';
      setError(
        isWrong
          ? 'This code is wrong. Look whether the phone’s clock is right, and take the next one.'
          : result.error.message,
      );
    }
  }

  return (
    <form
      onSubmit={(submitted: FormEvent) => {
        submitted.preventDefault();
        void confirm(code);
      }}
      className="flex flex-col gap-4"
    >
      <div className="flex flex-wrap items-start gap-5">
        <QrCode text={begun.uri} label="QR code for your authenticator app" />
        <div className="flex min-w-48 flex-1 flex-col gap-2">
          <p className="m-0 text-base">Scan this with an authenticator app on your phone.</p>
          <p className="m-0 text-muted">Or type this secret into it:</p>
          <code data-testid="totp-secret" className="font-mono text-base break-words text-text">
            {secretGroups(begun.secret)}
          </code>
          <div>
            <CopyButton text={begun.secret} label="Copy secret" />
          </div>
        </div>
      </div>
      <CodeField
        inputRef={focusIt}
        label="The app’s code"
        value={code}
        onChange={setCode}
        onComplete={(full) => void confirm(full)}
        isDisabled={isBusy}
      />
      <FormError>{error}</FormError>
      <Button look="primary" size="lg" type="submit" disabled={isBusy || code.length < 6}>
        Confirm
      </Button>
    </form>
  );
}

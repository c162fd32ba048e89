import { sessionRoutes } from '@commonsight/types/http/session-routes';
import type { Session } from '@commonsight/types/session';
import { useState } from 'react';
import { call } from '../api/call.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { tell } from '../ui/toast.tsx';
import { FormError } from './FormError.tsx';

export interface WallDisplayDialogProps {
  session: Session;
  device: string;
  onClose: () => void;
  onDeclared: () => void;
}

/** Makes one of the supervisor's own sessions a screen for a room. */
export function WallDisplayDialog({ session, device, onClose, onDeclared }: WallDisplayDialogProps) {
  const [error, setError] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);

  async function declare(): Promise<void> {
    setIsBusy(true);
    setError(null);
    const result = await call(sessionRoutes.declareWallDisplay, { params: { id: session.id } });
    setIsBusy(false);
    if (result.state === 'ok') {
      tell(`${device} is a wall display now.`);
      if (session.isCurrent) window.location.assign('/');
      else onDeclared();
    } else if (result.state === 'failed') setError(result.error.message);
  }

  return (
    <Dialog
      isOpen
      onClose={onClose}
      size="sm"
      title={session.isCurrent ? 'Make this browser a wall display?' : `Make ${device} a wall display?`}
      description="It shows the wall to a room under your grants and does not lock. It changes nothing and asks for nothing, until its session ends. This is written to the audit log."
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" disabled={isBusy} onClick={() => void declare()}>
            Make a wall display
          </Button>
        </>
      }
    >
      <FormError>{error}</FormError>
    </Dialog>
  );
}

import { sessionRoutes } from '@commonsight/types/http/session-routes';
import { useState } from 'react';
import { call } from '../api/call.ts';
import { useRead } from '../incident/useRead.ts';
import { Button } from '../ui/Button.tsx';
import { FormError } from './FormError.tsx';
import { UseNoticeText } from './UseNoticeText.tsx';

const readNotice = () => call(sessionRoutes.useNotice);

/** The use notice before anything else: accept it, or sign out. */
export function UseNoticeForm({ onAccepted, onSignOut }: { onAccepted: () => void; onSignOut: () => void }) {
  const [reader, setReader] = useState(() => readNotice);
  const notice = useRead(reader);
  const [error, setError] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);

  async function accept(version: number): Promise<void> {
    setIsBusy(true);
    setError(null);
    const result = await call(sessionRoutes.acceptUseNotice, { body: { version } });
    if (result.state === 'ok') {
      onAccepted();
      return;
    }
    setIsBusy(false);
    if (result.state !== 'failed') return;
    setError(result.error.code === 'conflict' ? 'The notice has changed. Read it again.' : result.error.message);
    // A new function reads anew.
    if (result.error.code === 'conflict') setReader(() => () => readNotice());
  }

  return (
    <div className="flex flex-col gap-4">
      {notice.state === 'loaded' ? (
        <UseNoticeText notice={notice.value} />
      ) : notice.state === 'failed' ? (
        <>
          <FormError>{notice.message}</FormError>
          <Button onClick={notice.retry}>Try again</Button>
        </>
      ) : (
        <p className="m-0 text-muted">Reading the notice…</p>
      )}
      <FormError>{error}</FormError>
      <div className="flex items-center justify-between gap-3">
        <Button look="quiet" size="lg" onClick={onSignOut}>
          Sign out
        </Button>
        <Button
          look="primary"
          size="lg"
          disabled={isBusy || notice.state !== 'loaded'}
          onClick={() => (notice.state === 'loaded' ? void accept(notice.value.version) : undefined)}
        >
          Accept and go on
        </Button>
      </div>
    </div>
  );
}

import type { FootageRequest } from '@commonsight/types/footage';
import { footageRoutes } from '@commonsight/types/http/footage-routes';
import { Link } from '@tanstack/react-router';
import { FileVideo } from 'lucide-react';
import { useEffect, useState } from 'react';
import { call } from '../../api/call.ts';
import { useLiveRead } from '../../incident/useLiveRead.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { AddPersonDialog } from './AddPersonDialog.tsx';
import { RequestCard } from './RequestCard.tsx';

/** Answers and uploads come when they come; who waits for them sees them soon. */
const readEveryMs = 30_000;

const readRequests = (signal: AbortSignal) => call(footageRoutes.listFootageRequests, { signal });

/** The requests that one reads, newest first, read again and again. */
export function FootageList() {
  const { read, readAgain } = useLiveRead(readRequests, null);
  const [addingTo, setAddingTo] = useState<string | null>(null);
  useEffect(() => {
    const timer = window.setInterval(readAgain, readEveryMs);
    return () => window.clearInterval(timer);
  }, [readAgain]);
  // What was read stays when one of the later readings fails, and so does an open dialog.
  const [kept, setKept] = useState<readonly FootageRequest[] | null>(null);
  if (read.state === 'loaded' && read.value.requests !== kept) setKept(read.value.requests);
  const requests = read.state === 'loaded' ? read.value.requests : kept;
  if (requests === null) {
    if (read.state !== 'failed') return <EmptyState title="Reading the requests…" />;
    return (
      <EmptyState title="The requests could not be read" action={<Button onClick={read.retry}>Try again</Button>}>
        {read.message}
      </EmptyState>
    );
  }
  if (requests.length === 0) {
    return (
      <EmptyState
        icon={<FileVideo aria-hidden />}
        title="No request has been sent yet"
        action={
          <Link to="/search" className="text-accent underline-offset-4 hover:underline">
            Find cameras that saw a place
          </Link>
        }
      >
        Choose cameras there and ask the people behind them for what they recorded.
      </EmptyState>
    );
  }
  return (
    <div className="min-h-0 grow overflow-y-auto p-4 max-sm:p-3">
      <div className="mx-auto flex max-w-240 flex-col gap-4">
        <p className="m-0 text-muted">
          You read what you have sent, and what a colleague has added you to. Every download is a line of the audit log.
        </p>
        {read.state === 'failed' ? (
          <p role="alert" className="m-0 text-warn">
            The requests could not be read again, so these may be old. {read.message}
          </p>
        ) : null}
        {requests.map((request) => (
          <RequestCard key={request.id} request={request} onAdd={() => setAddingTo(request.id)} />
        ))}
      </div>
      {addingTo === null ? null : (
        <AddPersonDialog
          requestId={addingTo}
          onAdded={() => {
            setAddingTo(null);
            readAgain();
          }}
          onClose={() => setAddingTo(null)}
        />
      )}
    </div>
  );
}

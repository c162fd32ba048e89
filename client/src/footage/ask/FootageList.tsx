import { Link } from '@tanstack/react-router';
import { FileVideo } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { AddPersonDialog } from './AddPersonDialog.tsx';
import { filterRequests, type RequestFilter } from './filterRequests.ts';
import { RequestCard } from './RequestCard.tsx';
import { RequestToolbar } from './RequestToolbar.tsx';
import { useFootageRequests } from './useFootageRequests.ts';

/** The requests that one reads, newest first. */
export function FootageList() {
  const { requests, hasOlder, problem, retry, readOlder, take } = useFootageRequests();
  const [text, setText] = useState('');
  const [filter, setFilter] = useState<RequestFilter>('all');
  const [addingTo, setAddingTo] = useState<string | null>(null);
  if (requests === null) {
    if (problem === null) return <EmptyState title="Reading the requests…" />;
    return (
      <EmptyState title="The requests could not be read" action={<Button onClick={retry}>Try again</Button>}>
        {problem}
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
  const shown = filterRequests(requests, { text, filter });
  return (
    <div className="min-h-0 grow relative overflow-y-auto p-4 max-sm:p-3">
      <div className="mx-auto flex max-w-240 flex-col gap-4">
        <p className="m-0 text-muted">
          You read what you have sent, and what a colleague has added you to. Every download is a line of the audit log.
        </p>
        {problem === null ? null : (
          <p role="alert" className="m-0 text-warn">
            The requests could not be read again, so these may be old. {problem}
          </p>
        )}
        <RequestToolbar
          requests={requests}
          shown={shown.length}
          hasOlder={hasOlder}
          text={text}
          onText={setText}
          filter={filter}
          onFilter={setFilter}
        />
        {shown.length === 0 ? <p className="m-0 text-muted">None of these is like that.</p> : null}
        {shown.map((request) => (
          <RequestCard key={request.id} request={request} onAdd={() => setAddingTo(request.id)} />
        ))}
        {hasOlder ? (
          <Button className="self-start" onClick={() => void readOlder()}>
            Show older requests
          </Button>
        ) : null}
      </div>
      {addingTo === null ? null : (
        <AddPersonDialog
          requestId={addingTo}
          onAdded={(request) => {
            setAddingTo(null);
            take(request);
          }}
          onClose={() => setAddingTo(null)}
        />
      )}
    </div>
  );
}

import type { FootageSession, OwnFootageRequest } from '@commonsight/types/footage';
import { use, useEffect, useState } from 'react';
import type { CallResult } from '../../api/CallResult.ts';
import { BigButton } from '../../ui/public/BigButton.tsx';
import { LanguageContext, useText } from '../../language/LanguageContext.ts';
import { errorWords } from '../../language/messages/messages.ts';
import { momentWords } from '../../language/momentWords.ts';
import { footagePath, keepFootageVisit, type KeptVisit } from './footageVisit.ts';
import { tabStorage } from '../../visit/safeStorage.ts';

export interface FootageInboxProps {
  /** Where it stands, and where the request leads back to. */
  page: NonNullable<KeptVisit['openedFrom']>;
  /** Memoised: a new one is read again. */
  list: (signal: AbortSignal) => Promise<CallResult<{ requests: OwnFootageRequest[] }>>;
  open: (id: string) => Promise<CallResult<FootageSession>>;
  /** Why none can be opened here; null when they can. */
  closed?: string | null;
}

/** The requests that somebody was asked, on the own page; each is opened without another link. */
export function FootageInbox({ page, list, open, closed = null }: FootageInboxProps) {
  const words = useText();
  const { footage } = words;
  const language = use(LanguageContext);
  const [requests, setRequests] = useState<readonly OwnFootageRequest[] | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    const abort = new AbortController();
    const read = async (): Promise<void> => {
      const result = await list(abort.signal);
      if (result.state === 'ok') setRequests(result.value.requests);
      if (result.state === 'failed') setProblem(errorWords(result.error, words));
    };
    void read();
    return () => abort.abort();
  }, [list, words]);
  const openOne = async (id: string): Promise<void> => {
    const result = await open(id);
    if (result.state === 'failed') setProblem(errorWords(result.error, words));
    if (result.state !== 'ok') return;
    keepFootageVisit(tabStorage, { visit: result.value, linkSecret: null, openedFrom: page });
    window.location.assign(footagePath);
  };
  if (requests === null && problem === null) return null;
  return (
    <section aria-labelledby="inbox" className="flex flex-col gap-2">
      <h2 id="inbox" className="m-0 text-xl font-semibold">
        {footage.inbox}
      </h2>
      {requests?.length === 0 ? <p className="m-0 text-base text-muted">{footage.noInbox}</p> : null}
      {closed === null || requests === null || requests.length === 0 ? null : <p className="m-0 text-base">{closed}</p>}
      <ul className="m-0 flex list-none flex-col gap-2 p-0 empty:hidden">
        {requests?.map(({ id, number, place, state, deadline }) => (
          <li
            key={id}
            className="flex flex-wrap items-center gap-x-4 gap-y-2 rounded-lg bg-surface-1 p-4 inset-ring inset-ring-line"
          >
            <span className="min-w-0 grow basis-56 wrap-anywhere">
              <span className="font-medium">
                {number} · {place}
              </span>
              <span className="block text-base text-muted">
                {footage.states[state]}, {footage.until(momentWords(deadline, language))}
              </span>
            </span>
            {state === 'expired' || closed !== null ? null : (
              <BigButton aria-label={footage.what(footage.open, number)} onClick={() => void openOne(id)}>
                {footage.open}
              </BigButton>
            )}
          </li>
        ))}
      </ul>
      {problem === null ? null : (
        <p role="alert" className="m-0 text-stale">
          {problem}
        </p>
      )}
    </section>
  );
}

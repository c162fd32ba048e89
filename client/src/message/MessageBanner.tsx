import { routes } from '@commonsight/types/http/routes';
import { MessageSquareText } from 'lucide-react';
import { createPortal } from 'react-dom';
import { useStore } from 'zustand';
import { call } from '../api/call.ts';
import { useWorkspace } from '../app/WorkspaceContext.ts';
import { formatExactTime, formatTimeOfDay } from '../incident/format.ts';
import { messageAcknowledged } from '../state/messages.ts';
import { Button } from '../ui/Button.tsx';
import { useSend } from '../ui/useSend.ts';
import { roleNames } from '../ui/words.ts';

/** What a supervisor tells this user. It stays over whatever page is open until it is acknowledged, in any window. */
export function MessageBanner() {
  const { messages } = useWorkspace();
  const { isBusy, error, send } = useSend();
  const waiting = useStore(messages, (state) => state.waiting);
  const [message] = waiting;
  if (message === undefined) return null;

  const { id } = message;
  const acknowledge = () =>
    send(
      () => call(routes.acknowledgeMessage, { params: { id } }),
      () => messageAcknowledged(messages, id),
    );
  const more = waiting.length - 1;
  // Beside the page’s root, as popups are: a message also shows over an open dialog. Below the sign of a watched wall, which
  // nothing may cover.
  return createPortal(
    <div className="pointer-events-none fixed inset-x-0 top-20 z-(--z-toast) flex justify-center px-3 max-md:top-24">
      <section
        role="alert"
        aria-label={`Message from ${message.by.name}`}
        data-message={message.id}
        className="pointer-events-auto flex w-full max-w-140 flex-col gap-2 rounded-lg border-l-4 border-accent bg-surface-3 px-4 py-3 shadow-raised"
      >
        <div className="flex items-center gap-2">
          <MessageSquareText className="size-4 shrink-0 text-accent" aria-hidden />
          <p className="m-0 min-w-0 truncate text-base font-semibold">
            {message.by.name}
            <span className="ml-2 text-xs font-normal text-muted">{roleNames[message.by.role]}</span>
          </p>
          <span className="grow" />
          <time
            dateTime={message.sentAt}
            title={formatExactTime(message.sentAt)}
            className="figures text-xs text-muted"
          >
            {formatTimeOfDay(message.sentAt)}
          </time>
        </div>
        <p className="m-0 max-h-[40vh] overflow-y-auto text-lg break-words whitespace-pre-wrap">{message.text}</p>
        <div className="flex items-center justify-end gap-3">
          {error === null ? null : <span className="grow text-xs text-[#ff8a80]">{error}</span>}
          {more > 0 ? <span className="figures text-xs text-muted">{more} more after this one</span> : null}
          <Button look="primary" disabled={isBusy} onClick={() => void acknowledge()}>
            Acknowledge
          </Button>
        </div>
      </section>
    </div>,
    document.body,
  );
}

import type { Review } from '@commonsight/types/review';
import { ClipboardCheck } from 'lucide-react';
import { formatClock, formatExactTime, formatTimeOfDay } from '../incident/format.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { StatusSymbol } from '../ui/StatusSymbol.tsx';
import { flagNames } from './reviewWords.ts';

export interface ReviewQueueProps {
  reviews: readonly Review[];
  unread: number;
  isLoaded: boolean;
  ownUserId: string;
  onOpen: (viewingId: string) => void;
}

/** What waits for a judgement: flagged viewings, and those that chance has drawn. */
export function ReviewQueue({ reviews, unread, isLoaded, ownUserId, onOpen }: ReviewQueueProps) {
  const flagged = reviews.filter(({ flags }) => flags.length > 0).length;
  return (
    <section
      aria-labelledby="review-queue"
      className="flex w-72 shrink-0 flex-col border-r border-line bg-surface-1 max-md:max-h-56 max-md:w-full max-md:border-r-0 max-md:border-b"
    >
      <div className="flex h-12 shrink-0 items-center gap-2 border-b border-line px-3">
        <h2 id="review-queue" className="m-0 text-sm font-semibold">
          Review queue
        </h2>
        <span className="grow" />
        <output className="figures text-xs text-muted">
          {isLoaded ? `${flagged} flagged, ${reviews.length - flagged + unread} drawn` : ''}
        </output>
      </div>
      {reviews.length === 0 ? (
        <EmptyState icon={<ClipboardCheck />} title={isLoaded ? 'Nothing waits for review.' : 'Reading the queue…'}>
          {isLoaded ? 'Flagged viewings and a random sample of the others come here.' : null}
        </EmptyState>
      ) : (
        <ul className="m-0 min-h-0 grow list-none overflow-y-auto p-0">
          {reviews.map((review) => (
            <QueueRow
              key={review.viewing.id}
              review={review}
              isOwn={review.viewing.user.id === ownUserId}
              onOpen={onOpen}
            />
          ))}
        </ul>
      )}
    </section>
  );
}

interface QueueRowProps {
  review: Review;
  isOwn: boolean;
  onOpen: (viewingId: string) => void;
}

function QueueRow({ review: { viewing, flags, isReady }, isOwn, onOpen }: QueueRowProps) {
  return (
    <li className="border-b border-line">
      <button
        type="button"
        data-review={viewing.id}
        onClick={() => onOpen(viewing.id)}
        className="flex w-full flex-col gap-0.5 px-3 py-2 text-left hover:bg-surface-2 focus-visible:-outline-offset-2"
      >
        <span className="flex items-baseline gap-2">
          <span className="min-w-0 truncate font-medium">{viewing.user.name}</span>
          <span className="grow" />
          <time
            dateTime={viewing.startedAt}
            title={formatExactTime(viewing.startedAt)}
            className="figures text-xs text-muted"
          >
            {formatTimeOfDay(viewing.startedAt)}
            {viewing.endedAt === null
              ? ''
              : `, ${formatClock(Date.parse(viewing.endedAt) - Date.parse(viewing.startedAt))}`}
          </time>
        </span>
        <span className="figures truncate text-xs text-muted">
          {viewing.cameraName}, #{viewing.incidentNumber}
        </span>
        <span className="flex items-center gap-1.5 text-xs">
          <StatusSymbol kind={flags.length > 0 ? 'warn' : 'off'} />
          <span className="min-w-0 truncate">
            {flags.length > 0 ? flags.map(({ kind }) => flagNames[kind]).join(', ') : 'Drawn by chance'}
          </span>
          <span className="grow" />
          <span className="shrink-0 text-muted">{isOwn ? 'your own' : isReady ? '' : 'still runs'}</span>
        </span>
      </button>
    </li>
  );
}

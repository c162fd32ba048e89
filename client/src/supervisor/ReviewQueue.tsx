import type { Review } from '@commonsight/types/review';
import { ClipboardCheck } from 'lucide-react';
import { formatClock, formatExactTime, formatTimeOfDay } from '../incident/format.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { StatusSymbol } from '../ui/StatusSymbol.tsx';
import { InboxRow, InboxSection } from './InboxSection.tsx';
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
    <InboxSection
      id="review-queue"
      title="Review queue"
      summary={isLoaded ? `${flagged} flagged, ${reviews.length - flagged + unread} drawn` : ''}
      isEmpty={reviews.length === 0}
      empty={
        <EmptyState icon={<ClipboardCheck />} title={isLoaded ? 'Nothing waits for review.' : 'Reading the queue…'}>
          {isLoaded ? 'Flagged viewings and a random sample of the others come here.' : null}
        </EmptyState>
      }
      className="grow"
    >
      {reviews.map((review) => (
        <QueueRow
          key={review.viewing.id}
          review={review}
          isOwn={review.viewing.user.id === ownUserId}
          onOpen={onOpen}
        />
      ))}
    </InboxSection>
  );
}

interface QueueRowProps {
  review: Review;
  isOwn: boolean;
  onOpen: (viewingId: string) => void;
}

function QueueRow({ review: { viewing, flags, isReady }, isOwn, onOpen }: QueueRowProps) {
  const { startedAt, endedAt } = viewing;
  return (
    <InboxRow
      mark={{ 'data-review': viewing.id }}
      onOpen={() => onOpen(viewing.id)}
      name={viewing.user.name}
      aside={
        <time dateTime={startedAt} title={formatExactTime(startedAt)}>
          {formatTimeOfDay(startedAt)}
          {endedAt === null ? '' : `, ${formatClock(Date.parse(endedAt) - Date.parse(startedAt))}`}
        </time>
      }
      subject={`${viewing.cameraName}, #${viewing.incidentNumber}`}
      reason={
        <>
          <StatusSymbol kind={flags.length > 0 ? 'warn' : 'off'} />
          <span className="min-w-0 truncate">
            {flags.length > 0 ? flags.map(({ kind }) => flagNames[kind]).join(', ') : 'Drawn by chance'}
          </span>
        </>
      }
      note={isOwn ? 'your own' : isReady ? undefined : 'still runs'}
    />
  );
}

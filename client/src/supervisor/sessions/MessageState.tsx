import type { Message } from '@commonsight/types/message';
import { formatTimeOfDay } from '../../incident/format.ts';
import { StatusSymbol } from '../../ui/StatusSymbol.tsx';

/** Whether a message was acknowledged, and when. */
export function MessageState({ message }: { message: Message | undefined }) {
  if (message === undefined) return null;
  const { acknowledgedAt, sentAt } = message;
  return (
    <span className="inline-flex items-center gap-1.5" title={message.text}>
      <StatusSymbol kind={acknowledgedAt === null ? 'waiting' : 'live'} />
      {acknowledgedAt === null
        ? `Sent ${formatTimeOfDay(sentAt)}, not acknowledged`
        : `Acknowledged ${formatTimeOfDay(acknowledgedAt)}`}
    </span>
  );
}

import type { PushSubscription as PushedBrowser } from '@commonsight/types/push';
import { BigButton } from '../../ui/public/BigButton.tsx';

interface PushedBrowsersProps {
  browsers: readonly PushedBrowser[];
  /** The subscription of this browser, which is ended above. */
  ownId: string | null;
  mayEnd: boolean;
  onEnd: (subscriptionId: string) => void;
}

const day = new Intl.DateTimeFormat('en-US', { dateStyle: 'medium' });

/** The owner's other browsers that get push messages: one of a lost phone is ended from any of them. */
export function PushedBrowsers({ browsers, ownId, mayEnd, onEnd }: PushedBrowsersProps) {
  const others = browsers.filter(({ id }) => id !== ownId);
  if (others.length === 0) return null;
  return (
    <>
      <h3 className="m-0 mt-4 text-base font-semibold">Other devices with push messages</h3>
      <ul className="m-0 list-none p-0">
        {others.map(({ id, name, createdAt, takenAt }) => (
          <li key={id} className="flex flex-wrap items-center gap-3 border-t border-line py-2">
            <span className="min-w-0 grow basis-56 break-words">
              {name ?? 'A device'}, since {day.format(new Date(createdAt))}
              <span className="block text-muted">
                {name === null
                  ? 'Its name is shown on your own devices.'
                  : takenAt === null
                    ? 'No push message was sent yet.'
                    : `Last push message ${day.format(new Date(takenAt))}.`}
              </span>
            </span>
            <BigButton
              disabled={!mayEnd}
              aria-label={`Stop push messages to ${name ?? 'this device'}`}
              onClick={() => onEnd(id)}
            >
              Stop
            </BigButton>
          </li>
        ))}
      </ul>
    </>
  );
}

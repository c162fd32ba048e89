import { mostFootageSources } from '@commonsight/types/footage';
import type { FoundSource } from '@commonsight/types/search';
import { Link } from '@tanstack/react-router';
import { formatCount } from '../../incident/format.ts';
import { Button } from '../../ui/Button.tsx';

export interface AskBarProps {
  shown: readonly FoundSource[];
  chosen: ReadonlySet<string>;
  onChoose: (chosen: ReadonlySet<string>) => void;
  onAsk: () => void;
}

/** Above what was found: whose footage is going to be asked for. */
export function AskBar({ shown, chosen, onChoose, onAsk }: AskBarProps) {
  const isTooMany = chosen.size > mostFootageSources;
  return (
    <div className="sticky top-0 z-1 flex min-h-10 flex-wrap items-center gap-2 border-b border-line bg-surface-2 px-3 py-1.5">
      <Button look="primary" size="sm" disabled={chosen.size === 0 || isTooMany} onClick={onAsk}>
        Ask for footage{chosen.size === 0 ? '' : ` of ${formatCount(chosen.size, 'camera')}`}
      </Button>
      {chosen.size === 0 ? (
        <Button
          look="quiet"
          size="sm"
          onClick={() => onChoose(new Set(shown.slice(0, mostFootageSources).map(({ id }) => id)))}
        >
          Choose all shown
        </Button>
      ) : (
        <Button look="quiet" size="sm" onClick={() => onChoose(new Set())}>
          Choose none
        </Button>
      )}
      <Link to="/footage-requests" className="ml-auto text-xs text-accent underline-offset-4 hover:underline">
        Requests sent
      </Link>
      {isTooMany ? (
        <span role="alert" className="text-xs text-warn">
          {String(mostFootageSources)} at once at most.
        </span>
      ) : null}
    </div>
  );
}

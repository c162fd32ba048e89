import { Link } from '@tanstack/react-router';
import { CloudOff, LayoutGrid, SearchX } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '../ui/Button.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { CreateWallButton } from '../wall/CreateWallButton.tsx';

function PlainPage({ children }: { children: ReactNode }) {
  return <main className="h-full">{children}</main>;
}

/** The same page for what does not exist and for what belongs to somebody else. */
export function NotFoundPage({ what }: { what: 'page' | 'wall' | 'screen' }) {
  return (
    <PlainPage>
      <EmptyState
        icon={<SearchX aria-hidden />}
        title={`This ${what} was not found`}
        action={
          <Link to="/" className="text-accent underline-offset-4 hover:underline">
            Go to your wall
          </Link>
        }
      >
        Check the address, or ask whoever gave it to you.
      </EmptyState>
    </PlainPage>
  );
}

export function UnreachablePage({ message }: { message: string }) {
  return (
    <PlainPage>
      <EmptyState
        icon={<CloudOff aria-hidden />}
        title="Commonsight cannot be opened"
        action={<Button onClick={() => window.location.reload()}>Try again</Button>}
      >
        {message}
      </EmptyState>
    </PlainPage>
  );
}

export function NoWallPage() {
  return (
    <PlainPage>
      <EmptyState icon={<LayoutGrid aria-hidden />} title="There is no wall yet" action={<CreateWallButton />}>
        A wall is where cameras are watched together. Every change on it is seen by everybody who has it open.
      </EmptyState>
    </PlainPage>
  );
}

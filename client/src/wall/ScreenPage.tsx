import { useParams } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { LoadingPage } from '../app/LoadingPage.tsx';
import { NotFoundPage, UnreachablePage } from '../app/plainPages.tsx';
import { useWorkspace } from '../app/WorkspaceContext.ts';
import { WallDialogs } from '../console/WallDialogs.tsx';
import { useConsoleKeys } from '../keyboard/useConsoleKeys.ts';
import { currentScreen } from '../state/wall.ts';
import { classes } from '../ui/classes.ts';
import { isScreenMissing, useJoinWall } from './useJoinWall.ts';
import { WatchedSign } from './WatchedSign.tsx';
import { WallView } from './WallView.tsx';

const showLineForMs = 3_000;

/** One screen of a wall in a window of its own: tiles, and a thin line that fades. */
export function ScreenPage() {
  const { wallId, n } = useParams({ from: '/signedIn/wall/$wallId/screen/$n' });
  const screen = /^[1-8]$/.test(n) ? Number(n) : null;
  if (screen === null) return <NotFoundPage what="screen" />;
  return <JoinedScreen wallId={wallId} number={screen} />;
}

function JoinedScreen({ wallId, number }: { wallId: string; number: number }) {
  const state = useJoinWall(wallId, number);
  useConsoleKeys();
  const screen = currentScreen(state);
  useEffect(() => {
    document.title = state.state === 'joined' ? `${state.wall.name}, screen ${number}` : 'Commonsight';
  }, [state, number]);
  if (state.state === 'notFound') return <NotFoundPage what="wall" />;
  if (isScreenMissing(state)) return <NotFoundPage what="screen" />;
  if (state.state === 'failed') return <UnreachablePage message={state.message} />;
  if (screen === null || state.state !== 'joined') return <LoadingPage />;
  return (
    <main className="relative flex h-full flex-col">
      <WatchedSign />
      <div className="min-h-0 grow">
        <WallView screen={screen} isBare />
      </div>
      <FadingLine words={`${state.wall.name} · Screen ${number}`} />
      <WallDialogs />
    </main>
  );
}

/** Says where this is when the pointer moves, and whenever the server is away. */
function FadingLine({ words }: { words: string }) {
  const { connection } = useWorkspace();
  const isLost = useStore(connection, (state) => state.state === 'lost');
  const [isShown, setIsShown] = useState(true);
  useEffect(() => {
    let timer = setTimeout(() => setIsShown(false), showLineForMs);
    const show = (): void => {
      setIsShown(true);
      clearTimeout(timer);
      timer = setTimeout(() => setIsShown(false), showLineForMs);
    };
    window.addEventListener('pointermove', show);
    return () => {
      clearTimeout(timer);
      window.removeEventListener('pointermove', show);
    };
  }, []);
  return (
    <div
      className={classes(
        'pointer-events-none absolute inset-x-0 bottom-0 z-10 flex h-6 items-center justify-center gap-3 bg-surface-0/85 text-xs text-muted transition-opacity duration-500',
        isShown || isLost ? 'opacity-100' : 'opacity-0',
      )}
    >
      {isLost ? 'Connection to the server lost. Pictures go on. Reconnecting.' : words}
    </div>
  );
}

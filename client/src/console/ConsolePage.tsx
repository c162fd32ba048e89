import { useParams, useSearch } from '@tanstack/react-router';
import { lazy, Suspense, useEffect } from 'react';
import { LoadingPage } from '../app/LoadingPage.tsx';
import { NotFoundPage, UnreachablePage } from '../app/plainPages.tsx';
import { useWorkspace } from '../app/WorkspaceContext.ts';
import { useConsoleKeys } from '../keyboard/useConsoleKeys.ts';
import { currentScreen } from '../state/wall.ts';
import { useMediaQuery } from '../ui/useMediaQuery.ts';
import { isScreenMissing, useJoinWall } from '../wall/useJoinWall.ts';
import { ConsoleHeader } from './ConsoleHeader.tsx';
import { WatchedSign } from '../wall/WatchedSign.tsx';
import { ConsolePanels } from './ConsolePanels.tsx';
import { StatusLine } from './StatusLine.tsx';
import { usePanels } from './usePanels.ts';
import { WallDialogs } from './WallDialogs.tsx';

const ConsoleTabs = lazy(async () => ({ default: (await import('./ConsoleTabs.tsx')).ConsoleTabs }));

/** Where analysts and dispatchers work: the wall with incidents, cameras and the map around it. */
export function ConsolePage() {
  const { wallId } = useParams({ from: '/signedIn/wall/$wallId' });
  const { screen: number = 1 } = useSearch({ from: '/signedIn/wall/$wallId' });
  const { attention } = useWorkspace();
  const state = useJoinWall(wallId, number);
  const panels = usePanels();
  const isNarrow = useMediaQuery('(max-width: 767px)');
  useConsoleKeys();

  const wall = state.state === 'joined' ? state.wall : null;
  const wallIncidentId = wall?.incidentId ?? null;
  useEffect(() => {
    if (wall !== null) document.title = `${wall.name} · Commonsight`;
  }, [wall]);
  useEffect(() => {
    if (wallIncidentId !== null && attention.getState().selectedIncidentId === null) {
      attention.setState({ selectedIncidentId: wallIncidentId });
    }
  }, [attention, wallIncidentId]);

  if (state.state === 'notFound') return <NotFoundPage what="wall" />;
  if (isScreenMissing(state)) return <NotFoundPage what="screen" />;
  if (state.state === 'failed') return <UnreachablePage message={state.message} />;
  const screen = currentScreen(state);
  if (state.state !== 'joined' || screen === null) return <LoadingPage />;
  return (
    <div className="flex h-full flex-col">
      <ConsoleHeader wall={state.wall} screen={screen} present={state.present} panels={isNarrow ? null : panels} />
      <WatchedSign />
      {isNarrow ? (
        <Suspense>
          <ConsoleTabs screen={screen} />
        </Suspense>
      ) : (
        <ConsolePanels screen={screen} panels={panels} />
      )}
      <StatusLine screen={screen} />
      <WallDialogs />
    </div>
  );
}

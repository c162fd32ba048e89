import type { Id } from '@commonsight/types/ids';
import type { SupervisedSession } from '@commonsight/types/session-board';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { useWorkspace } from '../../app/WorkspaceContext.ts';
import { WatchedWall } from '../../state/WatchedWall.ts';
import { ScreenMiniature } from './ScreenMiniature.tsx';

/** The walls that a session has open, as they are at this moment. */
export function WatchedWalls({ session, isOwn }: { session: SupervisedSession; isOwn: boolean }) {
  const walls = Map.groupBy(session.screens, ({ wallId }) => wallId);
  return (
    <section className="mt-4" aria-label="Walls">
      {walls.size === 0 ? (
        <p className="m-0 text-muted">No wall is open in this session.</p>
      ) : (
        [...walls].map(([wallId, screens]) => (
          <WallMiniature key={wallId} wallId={wallId} wallName={screens[0]?.wallName ?? ''} session={session} />
        ))
      )}
      {walls.size === 0 || isOwn ? null : (
        <p className="m-0 mt-1.5 text-xs text-muted">
          {session.user.name} sees on the wall that you are watching it, for as long as this is open.
        </p>
      )}
    </section>
  );
}

interface WallMiniatureProps {
  wallId: Id;
  wallName: string;
  session: SupervisedSession;
}

function WallMiniature({ wallId, wallName, session }: WallMiniatureProps) {
  const { signaling } = useWorkspace();
  const [watched] = useState(() => new WatchedWall(signaling, wallId));
  useEffect(() => {
    watched.open();
    return () => watched.close();
  }, [watched]);
  return (
    <div className="mb-3">
      <h3 className="m-0 mb-1.5 text-xs font-semibold text-muted">Wall: {wallName}</h3>
      <Screens watched={watched} wallId={wallId} session={session} />
    </div>
  );
}

function Screens({ watched, wallId, session }: { watched: WatchedWall; wallId: Id; session: SupervisedSession }) {
  const state = useStore(watched.store);
  if (state.state === 'reading') return <p className="m-0 text-muted">Reading the wall…</p>;
  if (state.state === 'failed') return <p className="m-0 text-[#ff8a80]">{state.message}</p>;
  const open = session.screens.filter((entry) => entry.wallId === wallId).map(({ screen }) => screen);
  // Who follows the wall without a screen sees all of them.
  const screens = open.includes(null) ? state.wall.screens : state.wall.screens.filter((s) => open.includes(s.number));
  const watchedCameras = new Set(session.viewings.map(({ cameraId }) => cameraId));
  return (
    <div className="grid grid-cols-[repeat(auto-fill,minmax(16rem,1fr))] gap-3">
      {screens.map((screen) => (
        <ScreenMiniature key={screen.number} screen={screen} watchedCameras={watchedCameras} />
      ))}
    </div>
  );
}

import { useEffect } from 'react';
import { useStore } from 'zustand';
import { useWorkspace } from '../app/WorkspaceContext.ts';
import { currentScreen, type WallState } from '../state/wall.ts';

/** Keeps this window on a wall and one of its screens, for as long as the page is shown. */
export function useJoinWall(wallId: string, screen: number): WallState {
  const workspace = useWorkspace();
  const { wall, grantFlow, attention, media } = workspace;
  useEffect(() => {
    // Who opens a wall opens its cameras, so the purpose may be asked for.
    grantFlow.invite(null);
    attention.setState({ selectedSlot: null, maximisedTileId: null, moving: null });
    media.prepare();
    void wall.join(wallId, screen);
  }, [wall, grantFlow, attention, media, wallId, screen]);
  useEffect(
    () => () => {
      void wall.leave();
      attention.setState({ selectedSlot: null, maximisedTileId: null, moving: null, openDialog: null });
    },
    [wall, attention],
  );
  return useStore(wall.store);
}

/** The screen that is asked for is not one of the wall's. */
export function isScreenMissing(state: WallState): boolean {
  return state.state === 'joined' && currentScreen(state) === null;
}

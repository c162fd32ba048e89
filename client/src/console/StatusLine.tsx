import type { Screen } from '@commonsight/types/wall';
import { layoutSlots } from '@commonsight/types/layout';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { useWorkspace } from '../app/WorkspaceContext.ts';
import { GrantCountdown } from '../grant/GrantCountdown.tsx';
import { isShowingLive } from '../media/TileState.ts';
import { LockCountdown } from '../session/LockCountdown.tsx';
import { offlineRelayCount } from '../state/sites.ts';
import { classes } from '../ui/classes.ts';
import { Kbd } from '../ui/Kbd.tsx';
import { StatusSymbol } from '../ui/StatusSymbol.tsx';

/** What holds for the whole screen, in one quiet line. */
export function StatusLine({ screen }: { screen: Screen }) {
  const workspace = useWorkspace();
  const { media, sites, attention, connection } = workspace;
  // Said here, because a line that comes and goes above the wall would move every picture.
  const isLost = useStore(connection, (state) => state.state === 'lost');
  const [delayP95Ms, setDelayP95Ms] = useState<number | null>(null);
  useEffect(() => {
    const timer = setInterval(() => setDelayP95Ms(media.delayP95Ms()), 1_000);
    return () => clearInterval(timer);
  }, [media]);
  const offlineRelays = useStore(sites, offlineRelayCount);
  const shown = screen.tiles.filter((tile) => tile.slot <= layoutSlots[screen.layout]);
  // From the tiles' own states, so that the line never says anything else than the tiles.
  const liveCount = useStore(media.tiles, (states) => {
    return shown.filter(({ id }) => isShowingLive(states.get(id))).length;
  });
  return (
    <footer
      className={classes(
        'figures relative flex h-6.5 shrink-0 items-center gap-4 overflow-hidden border-t px-3 text-xs whitespace-nowrap text-muted',
        isLost ? 'border-warn/40 bg-[#2a1f0c]' : 'border-line bg-surface-1',
      )}
    >
      <output className="absolute inset-0 flex items-center justify-center gap-2 text-sm text-warn empty:hidden max-md:bg-[#2a1f0c]">
        {isLost ? 'Connection to the server lost. Pictures go on. Reconnecting.' : null}
      </output>
      {workspace.can('camera.view') ? <LiveCount live={liveCount} shown={shown.length} /> : null}
      {liveCount === 0 ? null : (
        <span className="max-md:hidden">
          Delay p95 <span className="text-text">{delayP95Ms === null ? 'not measured yet' : `${delayP95Ms} ms`}</span>
        </span>
      )}
      <span className="flex items-center gap-1.5">
        {offlineRelays === 0 ? (
          'All relays online'
        ) : (
          <>
            <StatusSymbol kind="warn" className="size-2.5" />
            <span className="text-text">
              {offlineRelays} {offlineRelays === 1 ? 'relay' : 'relays'} offline
            </span>
          </>
        )}
      </span>
      <span className="grow" />
      <GrantCountdown />
      <LockCountdown />
      <button
        type="button"
        onClick={() => attention.setState({ openDialog: 'keys' })}
        className="flex items-center gap-1.5 hover:text-text max-md:hidden"
      >
        <Kbd>?</Kbd> Keys
      </button>
    </footer>
  );
}

function LiveCount({ live, shown }: { live: number; shown: number }) {
  if (shown === 0) return <span>No cameras on this screen</span>;
  return (
    <span className="flex items-center gap-1.5">
      <StatusSymbol kind={live === shown ? 'live' : 'waiting'} className="size-2.5" />
      <span>
        <span className="text-text">{live}</span> of {shown} live
      </span>
    </span>
  );
}

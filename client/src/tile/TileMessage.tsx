import type { Tile } from '@commonsight/types/wall';
import { useStore } from 'zustand';
import { useWorkspace } from '../app/WorkspaceContext.ts';
import { useServerNowMs } from '../incident/ticking.ts';
import type { TileState } from '../media/TileState.ts';
import { classes } from '../ui/classes.ts';
import { StatusSymbol } from '../ui/StatusSymbol.tsx';
import { TileAct } from './TileAct.tsx';
import { tileWords } from './tileWords.ts';

const connecting: TileState = { state: 'connecting', message: null, retryAtMs: null };

/** What stands in the middle of a tile that shows no live picture, over the last one if there is one. */
export function TileMessage({ tile }: { tile: Tile }) {
  const { media } = useWorkspace();
  const state = useStore(media.tiles, (states) => states.get(tile.id)) ?? connecting;
  const hasMessage = state.state !== 'live' && state.state !== 'degraded' && state.state !== 'reconnecting';
  return hasMessage ? <Message tile={tile} state={state} /> : null;
}

function Message({ tile, state }: { tile: Tile; state: TileState }) {
  const { clock } = useWorkspace();
  const serverNowMs = useServerNowMs();
  const { kind, message, action } = tileWords(state, { serverNowMs, localNowMs: serverNowMs - clock.offsetMs });
  if (message === null) return null;
  const isOverPicture = 'ageSeconds' in state && state.ageSeconds !== null;
  const isMoving = state.state === 'connecting' || state.state === 'waitingForKeyFrame';
  return (
    <div
      className={classes(
        'absolute inset-0 z-1 flex flex-col items-center justify-center gap-1 px-3 py-8 text-center',
        isOverPicture ? 'bg-surface-0/72' : 'bg-linear-to-b from-surface-1 to-[#0b1017]',
      )}
    >
      <StatusSymbol
        kind={kind}
        className={classes('mb-0.5 size-4', isMoving && 'animate-spin [animation-duration:3s]')}
      />
      <p className="m-0 max-w-full truncate text-sm font-semibold text-text @min-[280px]/tile:text-base">
        {message.title}
      </p>
      <p
        title={message.sentence}
        className="figures m-0 line-clamp-2 max-w-[34ch] text-xs text-muted @max-[190px]/tile:hidden @min-[420px]/tile:text-sm"
      >
        {message.sentence}
      </p>
      {action === null ? null : <TileAct tile={tile} action={action} />}
    </div>
  );
}

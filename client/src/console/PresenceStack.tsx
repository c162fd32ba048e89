import { useWorkspace } from '../app/WorkspaceContext.ts';
import type { WallPresence } from '../state/wall.ts';
import { Tooltip } from '../ui/Tooltip.tsx';
import { initialsOf } from '../ui/initialsOf.ts';

const shownAtMost = 4;

/** Who else works on the wall now. */
export function PresenceStack({ present }: { present: WallPresence }) {
  const { me } = useWorkspace();
  const others = [...new Map(present.map(({ user }) => [user.id, user])).values()].filter(
    ({ id }) => id !== me.user.id,
  );
  if (others.length === 0) return null;
  const names = others.map(({ name }) => name).join(', ');
  return (
    <Tooltip text={`Also on this wall: ${names}`}>
      <span className="flex shrink-0 items-center -space-x-1.5">
        {others.slice(0, shownAtMost).map((user) => (
          <span
            key={user.id}
            aria-hidden
            className="flex size-6 items-center justify-center rounded-full border-2 border-surface-1 bg-surface-3 text-[0.625rem] font-semibold text-muted"
          >
            {initialsOf(user.name)}
          </span>
        ))}
        {others.length > shownAtMost ? (
          <span className="figures pl-2.5 text-xs text-muted">+{others.length - shownAtMost}</span>
        ) : null}
        <span className="sr-only">Also on this wall: {names}</span>
      </span>
    </Tooltip>
  );
}

import { useStore } from 'zustand';
import { useWorkspace } from '../app/WorkspaceContext.ts';
import { formatClock } from '../incident/format.ts';
import { useServerNowMs } from '../incident/ticking.ts';
import { isRunning } from '../state/grants.ts';
import { classes } from '../ui/classes.ts';
import { Kbd } from '../ui/Kbd.tsx';
import { StatusSymbol } from '../ui/StatusSymbol.tsx';
import { extendGrant } from './grantActs.ts';
import { endsSoonMs } from './grantWords.ts';

/** From here on the countdown is there, still calm. */
const shownMs = 5 * 60_000;

/** The last minutes of a grant that carries tiles of this screen, with the way to more of them. */
export function GrantCountdown() {
  const workspace = useWorkspace();
  const nowMs = useServerNowMs();
  const { byId } = useStore(workspace.grants);
  const incidents = useStore(workspace.incidents);
  const ending = [...byId.values()]
    .filter((grant) => isRunning(grant, nowMs) && Date.parse(grant.endsAt) - nowMs < shownMs)
    .toSorted((a, b) => a.endsAt.localeCompare(b.endsAt))[0];
  if (ending === undefined) return null;
  const number = incidents.byId.get(ending.incidentId)?.number;
  const what = `${ending.isBreakGlass ? 'Break-glass access' : 'Access'} to ${number === undefined ? 'the incident' : `#${number}`}`;
  const leftMs = Date.parse(ending.endsAt) - nowMs;
  const isShort = leftMs < endsSoonMs;

  return (
    <span className={classes('flex items-center gap-1.5', isShort ? 'font-semibold text-warn' : 'text-text')}>
      <StatusSymbol kind={isShort ? 'warn' : 'waiting'} className="size-2.5" />
      {what} ends in {formatClock(leftMs)}
      {/* Read out once, not each second. */}
      <output className="sr-only">{isShort ? `${what} ends in less than 2 minutes.` : ''}</output>
      {ending.isBreakGlass ? null : (
        <button
          type="button"
          onClick={() => void extendGrant(workspace, ending)}
          className="flex items-center gap-1 font-semibold text-accent underline-offset-2 hover:underline"
        >
          Renew <Kbd>G</Kbd>
        </button>
      )}
    </span>
  );
}

import { routes } from '@commonsight/types/http/routes';
import { useStore } from 'zustand';
import { call } from '../api/call.ts';
import { useWorkspace } from '../app/WorkspaceContext.ts';
import { formatClock } from '../incident/format.ts';
import { useServerNowMs } from '../incident/ticking.ts';
import { grantChanged, isRunning } from '../state/grants.ts';
import { StatusSymbol } from '../ui/StatusSymbol.tsx';
import { tellFailure } from '../ui/toast.tsx';

const warnBeforeMs = 5 * 60_000;

/** The last minutes of a grant that carries tiles of this screen, with the way to more of them. */
export function GrantCountdown() {
  const workspace = useWorkspace();
  const nowMs = useServerNowMs();
  const { byId } = useStore(workspace.grants);
  const incidents = useStore(workspace.incidents);
  const ending = [...byId.values()]
    .filter((grant) => isRunning(grant, nowMs) && Date.parse(grant.endsAt) - nowMs < warnBeforeMs)
    .toSorted((a, b) => a.endsAt.localeCompare(b.endsAt))[0];
  if (ending === undefined) return null;
  const number = incidents.byId.get(ending.incidentId)?.number;

  async function extend(grantId: string): Promise<void> {
    const result = await call(routes.extendGrant, { params: { id: grantId } });
    if (tellFailure(result) && result.state === 'ok') grantChanged(workspace.grants, result.value);
  }

  return (
    <span className="flex items-center gap-1.5 text-text">
      <StatusSymbol kind="warn" className="size-2.5" />
      Access to {number === undefined ? 'the incident' : `#${number}`} ends in{' '}
      {formatClock(Date.parse(ending.endsAt) - nowMs)}
      <button
        type="button"
        onClick={() => void extend(ending.id)}
        className="font-semibold text-accent underline-offset-2 hover:underline"
      >
        Extend
      </button>
    </span>
  );
}

import type { Incident } from '@commonsight/types/incident';
import { KeyRound } from 'lucide-react';
import { useState } from 'react';
import { useStore } from 'zustand';
import { useWorkspace } from '../app/WorkspaceContext.ts';
import { grantForIncident } from '../state/grants.ts';
import { Button } from '../ui/Button.tsx';
import { classes } from '../ui/classes.ts';
import { StatusSymbol } from '../ui/StatusSymbol.tsx';
import { purposeNames } from '../ui/words.ts';
import { formatCount, formatLeft } from './format.ts';
import { extendGrant } from './incidentActs.ts';
import { useServerNowMs } from './ticking.ts';

/** From here on the countdown asks for attention. */
const shortMs = 5 * 60_000;

/** Under which purpose the user may look, for how long still, and the way to more. */
export function GrantLine({ incident }: { incident: Incident }) {
  const workspace = useWorkspace();
  const nowMs = useServerNowMs();
  const grant = grantForIncident(useStore(workspace.grants), incident.id, nowMs);
  const [isExtending, setIsExtending] = useState(false);
  if (!workspace.can('grant.request') || incident.closedAt !== null) return null;

  if (grant === null) {
    const hasCameras = incident.cameraIds.length > 0;
    return (
      <div className="flex items-center gap-2">
        <KeyRound className="size-3.5 shrink-0 text-muted" aria-hidden />
        <span className="min-w-0 grow text-muted">
          {hasCameras ? 'You have no access yet.' : 'Add a camera to ask for access.'}
        </span>
        <Button
          size="sm"
          disabled={!hasCameras}
          onClick={() => workspace.grantFlow.request(incident.id, incident.cameraIds)}
        >
          Request access
        </Button>
      </div>
    );
  }
  const leftMs = Date.parse(grant.endsAt) - nowMs;
  const isShort = leftMs < shortMs;
  return (
    <div className="flex items-center gap-2">
      {isShort ? (
        <StatusSymbol kind="warn" label="Ends soon" />
      ) : (
        <KeyRound className="size-3.5 shrink-0 text-muted" aria-hidden />
      )}
      <span className="min-w-0 grow truncate" title={`Access to ${formatCount(grant.cameraIds.length, 'camera')}`}>
        {purposeNames[grant.purpose]}
      </span>
      <span
        className={classes('figures shrink-0 text-lg font-semibold', isShort ? 'text-warn' : 'text-text')}
        title="Time left of your access"
      >
        {formatLeft(leftMs)}
        <span className="ml-1 text-xs font-normal text-muted">left</span>
      </span>
      <Button
        size="sm"
        look={isShort ? 'primary' : 'secondary'}
        disabled={isExtending}
        onClick={() => {
          setIsExtending(true);
          void extendGrant(workspace, grant.id).finally(() => setIsExtending(false));
        }}
      >
        Extend
      </Button>
    </div>
  );
}

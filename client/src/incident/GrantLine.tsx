import type { Grant } from '@commonsight/types/grant';
import type { GrantRequest } from '@commonsight/types/grant-request';
import type { Incident } from '@commonsight/types/incident';
import { KeyRound } from 'lucide-react';
import { useState } from 'react';
import { useStore } from 'zustand';
import { useWorkspace } from '../app/WorkspaceContext.ts';
import { BreakGlassMark } from '../grant/BreakGlassMark.tsx';
import { extendGrant, withdrawRequest } from '../grant/grantActs.ts';
import { endsSoonMs } from '../grant/grantWords.ts';
import { usePurposeName } from '../grant/usePurposeName.ts';
import { runningGrants } from '../state/grants.ts';
import { ownWaitingRequest } from '../state/grantRequests.ts';
import { packOf, purposeChoices } from '../state/policy.ts';
import { Button } from '../ui/Button.tsx';
import { classes } from '../ui/classes.ts';
import { StatusSymbol } from '../ui/StatusSymbol.tsx';
import { approverWords } from '../ui/words.ts';
import { formatCount, formatLeft } from './format.ts';
import { useServerNowMs } from './ticking.ts';

/** Under which purpose the user may look, for how long still, and the way to more. */
export function GrantLine({ incident }: { incident: Incident }) {
  const workspace = useWorkspace();
  const nowMs = useServerNowMs();
  const grants = runningGrants(useStore(workspace.grants), incident.id, nowMs);
  const waiting = ownWaitingRequest(useStore(workspace.grantRequests), workspace.me.user.id, incident.id);
  if (!workspace.can('grant.request') || incident.closedAt !== null) return null;
  return (
    <>
      {grants.map((grant) => (
        <Running key={grant.id} grant={grant} nowMs={nowMs} />
      ))}
      {waiting === null ? null : (
        <Waiting
          incident={incident}
          request={waiting}
          nowMs={nowMs}
          isGlassBroken={grants.some(({ isBreakGlass }) => isBreakGlass)}
        />
      )}
      {grants.length === 0 && waiting === null ? <NoAccess incident={incident} /> : null}
    </>
  );
}

function NoAccess({ incident }: { incident: Incident }) {
  const { grantFlow } = useWorkspace();
  const hasCameras = incident.cameraIds.length > 0;
  return (
    <div className="flex items-center gap-2">
      <KeyRound className="size-3.5 shrink-0 text-muted" aria-hidden />
      <span className="min-w-0 grow text-muted">
        {hasCameras ? 'You have no access yet.' : 'Add a camera to ask for access.'}
      </span>
      <Button size="sm" disabled={!hasCameras} onClick={() => grantFlow.request(incident.id, incident.cameraIds)}>
        Request access
      </Button>
    </div>
  );
}

function Running({ grant, nowMs }: { grant: Grant; nowMs: number }) {
  const workspace = useWorkspace();
  const purposeName = usePurposeName();
  const [isExtending, setIsExtending] = useState(false);
  const leftMs = Date.parse(grant.endsAt) - nowMs;
  const isShort = leftMs < endsSoonMs;
  return (
    <div className="flex items-center gap-2">
      {isShort ? (
        <StatusSymbol kind="warn" label="Ends soon" />
      ) : (
        <KeyRound className="size-3.5 shrink-0 text-muted" aria-hidden />
      )}
      <span className="min-w-0 grow truncate" title={`Access to ${formatCount(grant.cameraIds.length, 'camera')}`}>
        {purposeName(grant.purpose)}
      </span>
      <span
        className={classes('figures shrink-0 text-lg font-semibold', isShort ? 'text-warn' : 'text-text')}
        title="Time left of your access"
      >
        {formatLeft(leftMs)}
        <span className="ml-1 text-xs font-normal text-muted">left</span>
      </span>
      {grant.isBreakGlass ? (
        <BreakGlassMark className="text-xs" />
      ) : (
        <Button
          size="sm"
          title="Renew access (G)"
          look={isShort ? 'primary' : 'secondary'}
          disabled={isExtending}
          onClick={() => {
            setIsExtending(true);
            void extendGrant(workspace, grant).finally(() => setIsExtending(false));
          }}
        >
          Renew
        </Button>
      )}
    </div>
  );
}

interface WaitingProps {
  incident: Incident;
  request: GrantRequest;
  nowMs: number;
  /** The user looks already, without the approval. */
  isGlassBroken: boolean;
}

/** A request that somebody else has to answer, with the way around it where the policy has one. */
function Waiting({ incident, request, nowMs, isGlassBroken }: WaitingProps) {
  const workspace = useWorkspace();
  const purposeName = usePurposeName();
  const pack = packOf(useStore(workspace.policy));
  const [isBusy, setIsBusy] = useState(false);
  const choices = pack === null ? [] : purposeChoices(pack, workspace.me.user.role, incident);
  const choice = choices.find(({ purpose }) => purpose === request.purpose);
  return (
    <div className="flex flex-col gap-1.5 rounded-md bg-surface-2 px-2.5 py-2">
      <div className="flex items-center gap-2">
        <StatusSymbol kind="waiting" />
        <span className="min-w-0 grow">
          {purposeName(request.purpose)} waits for approval by {approverWords(choice?.approvedBy ?? [])}
        </span>
        <span className="figures shrink-0 font-semibold">
          {formatLeft(Date.parse(request.expiresAt) - nowMs)}
          <span className="ml-1 text-xs font-normal text-muted">left</span>
        </span>
      </div>
      <div className="flex justify-end gap-2">
        {choice?.isBreakGlassable === true && !isGlassBroken ? (
          <Button
            size="sm"
            look="danger"
            onClick={() => workspace.grantFlow.askToBreakGlass(incident.id, request.cameraIds, request.purpose)}
          >
            Break glass
          </Button>
        ) : null}
        <Button
          size="sm"
          disabled={isBusy}
          onClick={() => {
            setIsBusy(true);
            void withdrawRequest(workspace, request.id).finally(() => setIsBusy(false));
          }}
        >
          Withdraw
        </Button>
      </div>
    </div>
  );
}

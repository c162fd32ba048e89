import { routes } from '@commonsight/types/http/routes';
import type { PolicyProposal } from '@commonsight/types/policy';
import { call } from '../api/call.ts';
import { useWorkspace } from '../app/WorkspaceContext.ts';
import { useLiveRead } from '../incident/useLiveRead.ts';
import { Button } from '../ui/Button.tsx';
import { classes } from '../ui/classes.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { ScrollRegion } from '../ui/ScrollRegion.tsx';
import { ActivePolicy } from './ActivePolicy.tsx';
import { ProposalHistory } from './ProposalHistory.tsx';
import { ProposePolicy } from './ProposePolicy.tsx';
import { WaitingProposal } from './WaitingProposal.tsx';

const readPolicy = (signal: AbortSignal) => call(routes.getPolicy, { signal });
const readProposals = (signal: AbortSignal) => call(routes.listPolicyProposals, { signal });
const none: readonly PolicyProposal[] = [];

export function Policies() {
  const workspace = useWorkspace();
  const mayPropose = workspace.can('policy.propose');
  const policy = useLiveRead(readPolicy, 'policy:changed');
  const proposals = useLiveRead(mayPropose ? readProposals : null, 'policy:changed');
  const failed = [policy.read, proposals.read].find((read) => read.state === 'failed');
  if (failed !== undefined) {
    return (
      <EmptyState title="The policy could not be read" action={<Button onClick={failed.retry}>Try again</Button>}>
        {failed.message} What you have written is kept.
      </EmptyState>
    );
  }
  if (policy.read.state !== 'loaded') return <EmptyState title="Reading the policy…" />;
  const active = policy.read.value;
  const listed = proposals.read.state === 'loaded' ? proposals.read.value.proposals : none;
  const waiting = listed.find(({ state }) => state === 'proposed');
  const decided = listed.filter(({ state }) => state !== 'proposed');

  function readAgain(): void {
    policy.readAgain();
    proposals.readAgain();
  }

  return (
    <ScrollRegion label="The policy and its changes">
      <div
        className={classes(
          'mx-auto grid gap-4 p-6 max-sm:p-3',
          mayPropose ? 'max-w-[110rem] xl:grid-cols-[minmax(0,1fr)_minmax(0,44rem)]' : 'max-w-240',
        )}
      >
        {mayPropose && proposals.read.state === 'loaded' ? (
          <div className="flex min-w-0 flex-col gap-4 xl:col-start-2 xl:row-start-1">
            {waiting === undefined ? (
              <ProposePolicy active={active} onProposed={readAgain} />
            ) : (
              <WaitingProposal key={waiting.id} proposal={waiting} active={active} onDecided={readAgain} />
            )}
            <ProposalHistory proposals={decided} pack={active.pack} />
          </div>
        ) : null}
        <div className="flex min-w-0 flex-col gap-4 xl:col-start-1 xl:row-start-1">
          <ActivePolicy policy={active} />
        </div>
      </div>
    </ScrollRegion>
  );
}

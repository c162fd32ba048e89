import type { GrantRequest } from '@commonsight/types/grant-request';
import { grantRoutes } from '@commonsight/types/http/grant-routes';
import { useState } from 'react';
import { useStore } from 'zustand';
import { call } from '../api/call.ts';
import { useWorkspace } from '../app/WorkspaceContext.ts';
import { minutesWords } from '../policy/policyWords.ts';
import { usePurposeName } from '../grant/usePurposeName.ts';
import { formatExactTime, formatLeft } from '../incident/format.ts';
import { useServerNowMs } from '../incident/ticking.ts';
import { grantRequestChanged } from '../state/grantRequests.ts';
import { packOf } from '../state/policy.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { TextField } from '../ui/Field.tsx';
import { tell } from '../ui/toast.tsx';
import { approverWords, roleNames } from '../ui/words.ts';
import { cameraNames } from './cameraNames.ts';
import { Facts } from '../ui/Facts.tsx';
import { requestStateWords } from './inboxWords.ts';

export interface DecisionDialogProps {
  request: GrantRequest;
  onClose: () => void;
}

/** One request with all that is known about it, and the decision. */
export function DecisionDialog({ request, onClose }: DecisionDialogProps) {
  const workspace = useWorkspace();
  const { me } = workspace;
  const nowMs = useServerNowMs();
  const purposeName = usePurposeName();
  const cameras = useStore(workspace.cameras, (state) => state.byId);
  const rule = packOf(useStore(workspace.policy))?.purposes[request.purpose];
  const [note, setNote] = useState('');
  const [error, setError] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const hindrance = whyNotMine();

  async function decide(answer: 'approve' | 'deny'): Promise<void> {
    const text = note.trim();
    if (answer === 'deny' && text === '') {
      setError('Say why. Who asked reads it on the tile.');
      return;
    }
    setIsBusy(true);
    setError(null);
    const route = answer === 'approve' ? grantRoutes.approveGrantRequest : grantRoutes.denyGrantRequest;
    const result = await call(route, { params: { id: request.id }, body: { note: text === '' ? null : text } });
    setIsBusy(false);
    if (result.state === 'failed') setError(result.error.message);
    if (result.state !== 'ok') return;
    grantRequestChanged(workspace.grantRequests, result.value);
    tell(`${request.user.name}’s request is ${answer === 'approve' ? 'approved' : 'denied'}.`);
    onClose();
  }

  /** Why this user cannot decide it now; null when they can. */
  function whyNotMine(): string | null {
    if (request.state !== 'requested') return requestStateWords(request);
    if (request.user.id === me.user.id) return 'This is your own request. Somebody else decides it.';
    const mayApprove = rule === undefined || (rule.approvedBy as readonly string[]).includes(me.user.role);
    return mayApprove ? null : `The policy lets ${approverWords(rule.approvedBy)} decide this.`;
  }

  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={`${request.user.name} asks for access`}
      description={`Incident #${request.incidentNumber}, ${request.incidentTitle}. ${purposeName(request.purpose)}.`}
      actions={
        hindrance === null ? (
          <>
            <Button onClick={onClose}>Later</Button>
            <Button look="danger" disabled={isBusy} onClick={() => void decide('deny')}>
              Deny
            </Button>
            <Button look="primary" disabled={isBusy} onClick={() => void decide('approve')}>
              Approve
            </Button>
          </>
        ) : (
          <Button onClick={onClose}>Back to the list</Button>
        )
      }
    >
      <Facts
        facts={[
          ['Role', roleNames[request.user.role]],
          ['Cameras', cameraNames(request.cameraIds, cameras)],
          ['Note', request.note],
          ['Asked', formatExactTime(request.requestedAt)],
          ...(rule === undefined ? [] : ([['Would run', minutesWords(rule.defaultMinutes)]] as const)),
          ...(request.state === 'requested'
            ? ([['Left to decide', formatLeft(Date.parse(request.expiresAt) - nowMs)]] as const)
            : []),
        ]}
      />
      {hindrance === null ? (
        <div className="mt-4">
          <TextField
            label="Your note"
            description="Needed when you deny. Who asked reads it, and it stands in the audit log."
            value={note}
            maxLength={500}
            onChange={({ target }) => setNote(target.value)}
            error={error}
          />
        </div>
      ) : (
        <p className="mt-4 mb-0 rounded-md bg-surface-3 px-3 py-2">{hindrance}</p>
      )}
    </Dialog>
  );
}

import type { Reauthentication } from '@commonsight/types/grant-request';
import type { Incident } from '@commonsight/types/incident';
import type { Policy } from '@commonsight/types/policy';
import type { Purpose } from '@commonsight/types/purpose';
import { type FormEvent, useId, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { useWorkspace } from '../app/WorkspaceContext.ts';
import type { GrantQuestion } from '../state/GrantFlow.ts';
import { openIncidents } from '../state/incidents.ts';
import { type PurposeChoice, purposeChoices, readPolicy } from '../state/policy.ts';
import { reauthenticationWords } from '../session/signInWords.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { TextField } from '../ui/Field.tsx';
import { PrioritySymbol } from '../ui/PrioritySymbol.tsx';
import { Select } from '../ui/Select.tsx';
import { approverWords } from '../ui/words.ts';
import { BreakGlassNotice } from './BreakGlassNotice.tsx';
import { refusalWords, termsWords } from './grantWords.ts';
import { PolicyMark } from './PolicyMark.tsx';
import { ReauthenticationField } from './ReauthenticationField.tsx';

/** Asks for the purpose, once for an incident, before its cameras are opened. Never once per tile. */
export function GrantDialog() {
  const { grantFlow, policy } = useWorkspace();
  const question = useStore(grantFlow.store, (state) => state.question);
  const policyState = useStore(policy);
  if (question === null) return null;
  if (policyState.state !== 'read') {
    return (
      <Dialog
        isOpen
        onClose={() => grantFlow.dismiss()}
        title="The policy could not be read"
        description="Without it nobody knows which purposes your agency allows."
        size="sm"
        actions={
          <>
            <Button onClick={() => grantFlow.dismiss()}>Not now</Button>
            <Button look="primary" onClick={() => void readPolicy(policy)}>
              Read it again
            </Button>
          </>
        }
      />
    );
  }
  return (
    <GrantForm
      key={`${question.incidentId ?? 'none'} ${String(question.isBreakGlass)} ${question.refusal?.code ?? ''}`}
      question={question}
      policy={policyState.policy}
    />
  );
}

/** What the dialog is about to do: open at once, ask somebody, or open without asking. */
type Way = 'open' | 'askApproval' | 'breakGlass';

function GrantForm({ question, policy }: { question: GrantQuestion; policy: Policy }) {
  const workspace = useWorkspace();
  const { grantFlow, me } = workspace;
  const incidents = openIncidents(useStore(workspace.incidents));
  const formId = useId();
  const purposeField = useRef<HTMLButtonElement>(null);
  const [incidentId, setIncidentId] = useState(() => preselectedIncident(workspace, question, incidents));
  const incident = incidents.find(({ id }) => id === incidentId);
  const choices = purposeChoices(policy.pack, me.user.role, incident);
  const [chosenPurpose, setPurpose] = useState(question.purpose);
  // What the policy would have given a dispatcher without a question, had it asked for no approval.
  const dispatched = question.refusal?.code === 'approvalNeeded' ? policy.pack.dispatch.purpose : null;
  const wished = chosenPurpose ?? (incident?.isTraining === true ? 'training' : dispatched);
  const choice = choices.find(({ purpose }) => purpose === wished) ?? null;
  const [note, setNote] = useState('');
  const [isBreakingGlass, setIsBreakingGlass] = useState(question.isBreakGlass);
  const [proof, setProof] = useState<Reauthentication | null>(null);
  const [error, setError] = useState(question.refusal === null ? null : refusalWords(question.refusal));
  const [isBusy, setIsBusy] = useState(false);
  const way = wayOf(choice, isBreakingGlass);
  const isComplete =
    incidentId !== null &&
    choice !== null &&
    (way !== 'askApproval' || note.trim() !== '') &&
    (way !== 'breakGlass' || proof !== null);

  async function answer(submitted: FormEvent): Promise<void> {
    submitted.preventDefault();
    if (!isComplete || isBusy) return;
    setIsBusy(true);
    setError(null);
    const { purpose } = choice;
    const result = await (way === 'breakGlass' && proof !== null
      ? grantFlow.breakGlass(incidentId, purpose, proof)
      : way === 'askApproval'
        ? grantFlow.requestApproval(incidentId, purpose, note.trim())
        : grantFlow.answer(incidentId, purpose));
    setIsBusy(false);
    if (result.state !== 'failed') return;
    const isWrongProof = result.error.code === 'wrongCredentials' && proof !== null;
    setError(isWrongProof ? reauthenticationWords(proof.factor, result.error) : refusalWords(result.error));
    // The policy may have been changed since it was read.
    if (result.error.code === 'purposeNotAllowed' || result.error.code === 'approvalNeeded') {
      void readPolicy(workspace.policy);
    }
  }

  return (
    <Dialog
      isOpen
      onClose={() => grantFlow.dismiss()}
      title={
        question.incidentId === null || incident === undefined
          ? 'Why do you look?'
          : `Why do you look at #${incident.number}?`
      }
      description="Your answer is kept with every viewing, and camera owners can read it. You are asked once for the incident."
      size="md"
      initialFocus={purposeField}
      actions={
        <>
          {way === 'breakGlass' ? (
            <Button onClick={() => setIsBreakingGlass(false)}>Back</Button>
          ) : (
            <Button onClick={() => grantFlow.dismiss()}>Not now</Button>
          )}
          <Button
            look={way === 'breakGlass' ? 'danger' : 'primary'}
            type="submit"
            form={formId}
            disabled={isBusy || !isComplete}
          >
            {buttonWords(way, question.cameraIds.length)}
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={(submitted) => void answer(submitted)} className="flex flex-col gap-3">
        <Select
          label="Incident"
          value={incidentId}
          isDisabled={question.incidentId !== null}
          onChange={setIncidentId}
          placeholder={incidents.length === 0 ? 'No incident is open' : 'Choose the incident'}
          options={incidents.map(({ id, number, title, priority }) => ({
            value: id,
            label: `#${number} ${title}`,
            symbol: <PrioritySymbol priority={priority} />,
          }))}
        />
        <Select<Purpose>
          triggerRef={purposeField}
          label="Purpose"
          value={choice?.purpose ?? null}
          onChange={setPurpose}
          placeholder="Choose the purpose"
          options={choices.map(({ purpose, name, explanation, approvedBy }) => ({
            value: purpose,
            label: name,
            hint:
              approvedBy.length === 0 ? explanation : `Needs approval by ${approverWords(approvedBy)}. ${explanation}`,
          }))}
        />
        {choice === null ? null : (
          <p className="m-0 -mt-1.5 text-muted">
            {choice.explanation} <span className="text-text">{termsWords(choice)}</span>
          </p>
        )}
        {way === 'askApproval' && choice !== null ? (
          <>
            <TextField
              label={`Note for ${approverWords(choice.approvedBy)}`}
              description="Case number, and what you look for. Without an answer in time the request is refused."
              value={note}
              maxLength={500}
              required
              onChange={({ target }) => setNote(target.value)}
            />
            {choice.isBreakGlassable ? (
              <Button look="danger" className="self-start" onClick={() => setIsBreakingGlass(true)}>
                Break glass: look now, justify afterwards
              </Button>
            ) : null}
          </>
        ) : null}
        {way === 'breakGlass' ? (
          <>
            <BreakGlassNotice pack={policy.pack} />
            <ReauthenticationField session={me.session} onChange={setProof} />
          </>
        ) : null}
        {error === null ? null : (
          <p role="alert" className="m-0 text-[#ff8a80]">
            {error}
          </p>
        )}
        <PolicyMark policy={policy} />
      </form>
    </Dialog>
  );
}

function wayOf(choice: PurposeChoice | null, isBreakingGlass: boolean): Way {
  if (choice === null || choice.approvedBy.length === 0) return 'open';
  return isBreakingGlass && choice.isBreakGlassable ? 'breakGlass' : 'askApproval';
}

function buttonWords(way: Way, count: number): string {
  if (way === 'askApproval') return 'Ask for approval';
  const what = count === 1 ? 'camera' : `${count} cameras`;
  return way === 'open' ? `Open ${what}` : `Break glass and open ${what}`;
}

/** The incident that was asked about; else the wall's, the selected one, or the only one. */
function preselectedIncident(
  workspace: ReturnType<typeof useWorkspace>,
  question: GrantQuestion,
  incidents: readonly Incident[],
): string | null {
  if (question.incidentId !== null) return question.incidentId;
  const wall = workspace.wall.store.getState();
  const candidates = [
    wall.state === 'joined' ? wall.wall.incidentId : null,
    workspace.attention.getState().selectedIncidentId,
    incidents.length === 1 ? incidents[0]?.id : null,
  ];
  return candidates.find((id) => incidents.some((incident) => incident.id === id)) ?? null;
}

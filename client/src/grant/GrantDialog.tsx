import type { Incident } from '@commonsight/types/incident';
import { type Purpose, purposeSchema } from '@commonsight/types/purpose';
import { type FormEvent, useId, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { useWorkspace } from '../app/WorkspaceContext.ts';
import type { GrantQuestion } from '../state/GrantFlow.ts';
import { openIncidents } from '../state/incidents.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { PrioritySymbol } from '../ui/PrioritySymbol.tsx';
import { Select } from '../ui/Select.tsx';
import { purposeNames } from '../ui/words.ts';

/** Asks for the purpose, once for an incident, before its cameras are opened. Never once per tile. */
export function GrantDialog() {
  const { grantFlow } = useWorkspace();
  const question = useStore(grantFlow.store, (state) => state.question);
  if (question === null) return null;
  return <GrantForm key={question.incidentId ?? 'none'} question={question} />;
}

function GrantForm({ question }: { question: GrantQuestion }) {
  const workspace = useWorkspace();
  const incidents = openIncidents(useStore(workspace.incidents));
  const formId = useId();
  const purposeField = useRef<HTMLButtonElement>(null);
  const [incidentId, setIncidentId] = useState(() => preselectedIncident(workspace, question, incidents));
  const incident = incidents.find(({ id }) => id === incidentId);
  const [chosenPurpose, setPurpose] = useState<Purpose | null>(null);
  const purpose = chosenPurpose ?? (incident?.isTraining === true ? 'training' : null);
  const [error, setError] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const count = question.cameraIds.length;

  async function answer(submitted: FormEvent): Promise<void> {
    submitted.preventDefault();
    if (incidentId === null || purpose === null) return;
    setIsBusy(true);
    const result = await workspace.grantFlow.answer(incidentId, purpose);
    setIsBusy(false);
    if (result.state === 'failed') setError(result.error.message);
  }

  return (
    <Dialog
      isOpen
      onClose={() => workspace.grantFlow.dismiss()}
      title={
        question.incidentId === null || incident === undefined
          ? 'Why do you look?'
          : `Why do you look at #${incident.number}?`
      }
      description="Your answer is kept with every viewing, and camera owners can read it. You are asked once for the incident."
      size="sm"
      initialFocus={purposeField}
      actions={
        <>
          <Button onClick={() => workspace.grantFlow.dismiss()}>Not now</Button>
          <Button
            look="primary"
            type="submit"
            form={formId}
            disabled={isBusy || incidentId === null || purpose === null}
          >
            {count === 1 ? 'Open camera' : `Open ${count} cameras`}
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
          value={purpose}
          onChange={setPurpose}
          placeholder="Choose the purpose"
          options={purposeSchema.options.map((value) => ({ value, label: purposeNames[value] }))}
        />
        {error === null ? null : (
          <p role="alert" className="m-0 text-[#ff8a80]">
            {error}
          </p>
        )}
      </form>
    </Dialog>
  );
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

import { routes } from '@commonsight/types/http/routes';
import type { Incident } from '@commonsight/types/incident';
import { longestWithholdingDays } from '@commonsight/types/ledger';
import { useRef, useState } from 'react';
import { useStore } from 'zustand';
import { call } from '../api/call.ts';
import { useWorkspace } from '../app/WorkspaceContext.ts';
import { useClosedIncidents } from '../incident/useClosedIncidents.ts';
import { openIncidents } from '../state/incidents.ts';
import { Field, TextField } from '../ui/Field.tsx';
import { FormDialog } from '../ui/FormDialog.tsx';
import { Select } from '../ui/Select.tsx';
import { tell } from '../ui/toast.tsx';
import { useSend } from '../ui/useSend.ts';

export interface WithholdDialogProps {
  /** The incident that it is about; null: it is chosen here. */
  incident: Incident | null;
  /** Those that have been withheld before, which cannot be chosen. */
  withheldIds: readonly string[];
  onDone: () => void;
  onClose: () => void;
}

const shortestNote = 10;

/** Keeps an incident's number from owners for some days, with a reason. */
export function WithholdDialog({ incident, withheldIds, onDone, onClose }: WithholdDialogProps) {
  const { incidents } = useWorkspace();
  const open = openIncidents(useStore(incidents));
  const closed = useClosedIncidents(incident === null).incidents;
  const [chosenId, setChosenId] = useState<string | null>(null);
  const [days, setDays] = useState('7');
  const [note, setNote] = useState('');
  const { isBusy, error, send } = useSend();
  const noteInput = useRef<HTMLTextAreaElement>(null);
  const choices = [...open, ...closed].filter(({ id }) => !withheldIds.includes(id));
  const chosen = incident ?? choices.find(({ id }) => id === chosenId);
  const count = /^\d+$/.test(days) ? Number(days) : 0;
  const isInRange = count >= 1 && count <= longestWithholdingDays;
  const isReady = !isBusy && chosen !== undefined && isInRange && note.trim().length >= shortestNote;

  function withhold(): void {
    if (chosen === undefined) return;
    void send(
      () => call(routes.withholdIncident, { params: { id: chosen.id }, body: { days: count, note } }),
      () => {
        tell(`Owners do not see #${chosen.number} for ${count === 1 ? 'a day' : `${count} days`}.`);
        onDone();
      },
    );
  }

  return (
    <FormDialog
      size="md"
      title={incident === null ? 'Withhold an incident’s number' : `Withhold #${incident.number} from owners?`}
      description="Owners of its cameras still see every viewing, when it was and what for. This can be done once for an incident, and not made longer."
      submitLabel="Withhold number"
      isReady={isReady}
      {...(incident === null ? {} : { initialFocus: noteInput })}
      onSubmit={withhold}
      onClose={onClose}
    >
      {incident === null ? (
        <Select
          label="Incident"
          value={chosenId}
          onChange={setChosenId}
          placeholder={choices.length === 0 ? 'No incident is left to choose' : 'Choose the incident'}
          options={choices.map(({ id, number, title, closedAt }) => ({
            value: id,
            label: `#${number} ${title}`,
            ...(closedAt === null ? {} : { hint: 'Closed' }),
          }))}
        />
      ) : null}
      <Field
        label="Days"
        type="number"
        inputMode="numeric"
        min={1}
        max={longestWithholdingDays}
        required
        value={days}
        onChange={({ target }) => setDays(target.value)}
        description={`${longestWithholdingDays} at most. Then owners see the number by itself.`}
        error={days === '' || isInRange ? null : `Enter 1 to ${longestWithholdingDays} whole days.`}
      />
      <TextField
        ref={noteInput}
        label="Reason"
        description={`What would happen if owners knew the number, in ${shortestNote} letters or more. It stands in the audit log.`}
        value={note}
        maxLength={1000}
        required
        onChange={({ target }) => setNote(target.value)}
        error={error}
      />
    </FormDialog>
  );
}

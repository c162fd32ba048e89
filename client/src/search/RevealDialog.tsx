import { searchRoutes } from '@commonsight/types/http/search-routes';
import type { Incident } from '@commonsight/types/incident';
import type { Purpose } from '@commonsight/types/purpose';
import { type FoundSource, mostRevealsAnHour, type RevealedContact } from '@commonsight/types/search';
import { useRef, useState } from 'react';
import { useStore } from 'zustand';
import { call } from '../api/call.ts';
import { useWorkspace } from '../app/WorkspaceContext.ts';
import { openIncidents } from '../state/incidents.ts';
import { packOf, purposeChoices } from '../state/policy.ts';
import { Field } from '../ui/Field.tsx';
import { FormDialog } from '../ui/FormDialog.tsx';
import { PrioritySymbol } from '../ui/PrioritySymbol.tsx';
import { Select } from '../ui/Select.tsx';
import { useSend } from '../ui/useSend.ts';
import { sourceTitle } from './sourceWords.ts';

/** In the place of an incident's id. */
const byCase = 'case';

export interface RevealDialogProps {
  source: FoundSource;
  /** The incident that was searched for, when it is one. */
  incident: Incident | null;
  onRevealed: (contact: RevealedContact) => void;
  onClose: () => void;
}

/** Asks what the contact is wanted for before it is shown: one camera, one purpose, one incident or case. */
export function RevealDialog({ source, incident, onRevealed, onClose }: RevealDialogProps) {
  const workspace = useWorkspace();
  const incidents = openIncidents(useStore(workspace.incidents));
  const pack = packOf(useStore(workspace.policy));
  // Only what was searched for is meant without a word: any other incident would be a wrong line of the log.
  const [about, setAbout] = useState<string | null>(() =>
    incident !== null && incident.closedAt === null ? incident.id : incidents.length === 0 ? byCase : null,
  );
  const [caseNumber, setCaseNumber] = useState('');
  const [wished, setWished] = useState<Purpose | null>(null);
  /** Then the contact takes the focus. */
  const isRevealed = useRef(false);
  const purposeField = useRef<HTMLButtonElement>(null);
  const { isBusy, error, send } = useSend();
  const isByCase = about === byCase;
  const chosen = incidents.find(({ id }) => id === about);
  const choices = pack === null ? [] : purposeChoices(pack, workspace.me.user.role, isByCase ? notTraining : chosen);
  const purpose =
    choices.find((choice) => choice.purpose === wished)?.purpose ?? (chosen?.isTraining === true ? 'training' : null);
  const isReady = !isBusy && purpose !== null && (isByCase ? caseNumber.trim() !== '' : chosen !== undefined);

  const reveal = (): void => {
    if (purpose === null) return;
    void send(
      () =>
        call(searchRoutes.revealContact, {
          params: { id: source.id },
          body: {
            purpose,
            incidentId: isByCase ? null : about,
            caseNumber: isByCase ? caseNumber.trim() : null,
          },
        }),
      (contact) => {
        isRevealed.current = true;
        onRevealed(contact);
      },
    );
  };

  return (
    <FormDialog
      size="md"
      title={`Whom to ask about this ${sourceTitle(source).toLowerCase()}?`}
      description={`You see one contact. It is a line of the audit log, and the registrant reads that it was shown and for what. ${String(mostRevealsAnHour)} within an hour at most.`}
      submitLabel="Show the contact"
      isReady={isReady}
      isSending={isBusy}
      initialFocus={purposeField}
      returnsFocus={() => !isRevealed.current}
      onSubmit={reveal}
      onClose={onClose}
    >
      <Select
        label="For"
        value={about}
        onChange={setAbout}
        placeholder="Choose the incident"
        options={[
          ...incidents.map(({ id, number, title, priority }) => ({
            value: id,
            label: `#${String(number)} ${title}`,
            symbol: <PrioritySymbol priority={priority} />,
          })),
          { value: byCase, label: 'A case number', hint: 'When no incident is open for it.' },
        ]}
      />
      {isByCase ? (
        <Field
          label="Case number"
          value={caseNumber}
          maxLength={40}
          required
          onChange={({ target }) => setCaseNumber(target.value)}
        />
      ) : null}
      <Select<Purpose>
        triggerRef={purposeField}
        label="Purpose"
        value={purpose}
        onChange={setWished}
        placeholder={pack === null ? 'The policy could not be read' : 'Choose the purpose'}
        options={choices.map(({ purpose: value, name, explanation }) => ({ value, label: name, hint: explanation }))}
      />
      {error === null ? null : (
        <p role="alert" className="m-0 text-[#ff8a80]">
          {error}
        </p>
      )}
    </FormDialog>
  );
}

const notTraining = { isTraining: false };

import { footageRoutes } from '@commonsight/types/http/footage-routes';
import type { FootageAsk, FootageNotAsked, FootagePreview, FootageRequest } from '@commonsight/types/footage';
import type { Incident } from '@commonsight/types/incident';
import type { FoundSource, Search } from '@commonsight/types/search';
import { isTimeZone } from '@commonsight/types/time-zone';
import { useState } from 'react';
import { useStore } from 'zustand';
import { call } from '../../api/call.ts';
import { useWorkspace } from '../../app/WorkspaceContext.ts';
import { formatCount } from '../../incident/format.ts';
import { localMinute } from '../../search/SearchDraft.ts';
import { localNowMs } from '../../signaling/ServerClock.ts';
import { openIncidents } from '../../state/incidents.ts';
import { Button } from '../../ui/Button.tsx';
import { Field, TextField } from '../../ui/Field.tsx';
import { FormDialog } from '../../ui/FormDialog.tsx';
import { PrioritySymbol } from '../../ui/PrioritySymbol.tsx';
import { Select } from '../../ui/Select.tsx';
import { useSend } from '../../ui/useSend.ts';
import { MailPreview } from './MailPreview.tsx';

/** In the place of an incident's id. */
const byCase = 'case';
const hourMs = 60 * 60_000;
const dayMs = 24 * hourMs;
/** Somebody has to find the mail. */
const leastHours = 2;
/** Until then an answer is asked for, unless something else is said. */
const usualDays = 7;

export interface RequestDialogProps {
  sources: readonly FoundSource[];
  search: Search;
  /** The incident that was searched for, when it is one. */
  incident: Incident | null;
  onSent: (request: FootageRequest, notAsked: readonly FootageNotAsked[]) => void;
  onClose: () => void;
}

/** Asks the people behind cameras for what they recorded: one mail to each, which is shown before it goes. */
export function RequestDialog({ sources, search, incident, onSent, onClose }: RequestDialogProps) {
  const workspace = useWorkspace();
  const incidents = openIncidents(useStore(workspace.incidents));
  const [about, setAbout] = useState<string | null>(() =>
    incident !== null && incident.closedAt === null ? incident.id : incidents.length === 0 ? byCase : null,
  );
  const [caseNumber, setCaseNumber] = useState('');
  const [place, setPlace] = useState('');
  const [text, setText] = useState('');
  const [deadline, setDeadline] = useState(() =>
    localMinute(usualDeadline(sources, localNowMs() + workspace.clock.offsetMs)),
  );
  const gone = sources.filter((source) => source.overwriting?.state === 'overwritten');
  const [previews, setPreviews] = useState<readonly FootagePreview[] | null>(null);
  const { isBusy, error, send } = useSend();
  const isByCase = about === byCase;
  const deadlineMs = Date.parse(deadline);
  const isWhole =
    (isByCase ? caseNumber.trim() !== '' : about !== null) &&
    place.trim() !== '' &&
    text.trim() !== '' &&
    !Number.isNaN(deadlineMs);

  const ask = (): FootageAsk => ({
    sources: sources.map(({ kind, id }) => ({ kind, id })),
    incidentId: isByCase ? null : about,
    caseNumber: isByCase ? caseNumber.trim() : null,
    window: search.window,
    shape: search.shape,
    place: place.trim(),
    deadline: new Date(deadlineMs).toISOString(),
    timeZone: ownTimeZone(),
    text: text.trim(),
  });
  const preview = (): void =>
    void send(
      () => call(footageRoutes.previewFootageRequest, { body: ask() }),
      ({ mails }) => setPreviews(mails),
    );
  const sendIt = (): void =>
    void send(
      () => call(footageRoutes.createFootageRequest, { body: ask() }),
      ({ request, notAsked }) => onSent(request, notAsked),
    );

  return (
    <FormDialog
      size="lg"
      title={`Ask for footage of ${formatCount(sources.length, 'camera')}`}
      description="Registrants get one mail each, in their language; owners read it on their page. You are not shown who they are. They may decline without a reason."
      submitLabel={previews === null ? 'Show the mail' : 'Send the request'}
      isReady={isWhole && !isBusy}
      isSending={isBusy}
      onSubmit={previews === null ? preview : sendIt}
      onClose={onClose}
    >
      {previews === null ? (
        <>
          {gone.length === 0 ? null : (
            <p className="m-0 text-warn">
              {formatCount(gone.length, 'camera')} of these {gone.length === 1 ? 'has' : 'have'} overwritten it already,
              by what was registered or their owners have said.
            </p>
          )}
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
          <Field
            label="Place in words"
            description="They read it in the mail and see the place on a map."
            value={place}
            maxLength={200}
            required
            onChange={({ target }) => setPlace(target.value)}
          />
          <TextField
            label="What to look for"
            description="Say no more than is needed: it leaves the agency."
            value={text}
            maxLength={2_000}
            required
            rows={3}
            onChange={({ target }) => setText(target.value)}
          />
          <Field
            label="Answer until"
            description="From one hour to 60 days ahead, and before the first recording goes where that is known. Uploads end then too."
            type="datetime-local"
            value={deadline}
            required
            onChange={({ target }) => setDeadline(target.value)}
          />
        </>
      ) : (
        <>
          <MailPreview previews={previews} />
          <Button size="sm" className="self-start" onClick={() => setPreviews(null)}>
            Change it
          </Button>
        </>
      )}
      {error === null ? null : (
        <p role="alert" className="m-0 text-[#ff8a80]">
          {error}
        </p>
      )}
    </FormDialog>
  );
}

/** In a week, or before the first of it is overwritten that is still there. */
function usualDeadline(sources: readonly FoundSource[], nowMs: number): number {
  const hoursLeft = sources.flatMap(({ overwriting }) =>
    overwriting === null || overwriting.state === 'overwritten' ? [] : overwriting.hoursLeft,
  );
  const firstGoneMs = Math.min(usualDays * dayMs, ...hoursLeft.map((hours) => hours * hourMs));
  return nowMs + Math.max(leastHours * hourMs, firstGoneMs);
}

/** In which the mail says the times: that of this desk. */
function ownTimeZone(): string {
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  return isTimeZone(timeZone) ? timeZone : 'UTC';
}

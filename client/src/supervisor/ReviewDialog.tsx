import { routes } from '@commonsight/types/http/routes';
import type { Review, ReviewFinding } from '@commonsight/types/review';
import { type FormEvent, useId, useState } from 'react';
import { call } from '../api/call.ts';
import { useWorkspace } from '../app/WorkspaceContext.ts';
import { usePurposeName } from '../grant/usePurposeName.ts';
import { formatBytes, formatClock, formatExactTime } from '../incident/format.ts';
import { reviewChanged } from '../state/reviews.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Facts } from '../ui/Facts.tsx';
import { TextField } from '../ui/Field.tsx';
import { tell } from '../ui/toast.tsx';
import { endReasonNames, roleNames } from '../ui/words.ts';
import { FlagWords } from './FlagWords.tsx';
import { findings } from './reviewWords.ts';

export interface ReviewDialogProps {
  review: Review;
  onClose: () => void;
}

/** One viewing with all that is known about it, and the judgement. */
export function ReviewDialog({ review, onClose }: ReviewDialogProps) {
  const workspace = useWorkspace();
  const formId = useId();
  const [finding, setFinding] = useState<ReviewFinding | null>(null);
  const [note, setNote] = useState('');
  const [error, setError] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const purposeName = usePurposeName();
  const { viewing, closed } = review;
  const hindrance = whyNotNow(review, workspace.me.user.id, workspace.can('review.close'));
  const isComplete = finding !== null && note.trim() !== '';

  async function close(submit: FormEvent): Promise<void> {
    submit.preventDefault();
    if (finding === null || !isComplete || isBusy) return;
    setIsBusy(true);
    setError(null);
    const result = await call(routes.closeReview, { params: { id: viewing.id }, body: { finding, note } });
    setIsBusy(false);
    if (result.state === 'failed') setError(result.error.message);
    if (result.state !== 'ok') return;
    reviewChanged(workspace.reviews, result.value);
    tell(`The review of ${viewing.user.name}’s viewing is closed.`);
    onClose();
  }

  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={`${viewing.user.name}, ${viewing.cameraName}`}
      description={`Incident #${String(viewing.incidentNumber)}, ${viewing.incidentTitle}. ${purposeName(viewing.purpose)}.`}
      actions={
        hindrance === null ? (
          <>
            <Button onClick={onClose}>Cancel</Button>
            <Button look="primary" type="submit" form={formId} disabled={isBusy || !isComplete}>
              Close review
            </Button>
          </>
        ) : (
          <Button onClick={onClose}>Back to the list</Button>
        )
      }
    >
      <Facts facts={factsOf(review)} />
      {review.flags.length > 0 ? (
        <div className="mt-3 [&_.aside]:whitespace-normal">
          <FlagWords flags={review.flags} />
        </div>
      ) : (
        <p className="mt-3 mb-0 text-muted">Drawn by chance. Nothing about it stood out.</p>
      )}
      {hindrance === null ? (
        <form id={formId} onSubmit={(submit) => void close(submit)} className="mt-4 flex flex-col gap-3">
          <fieldset className="m-0 flex flex-col gap-1.5 border-0 p-0">
            <legend className="mb-1 p-0 text-xs font-medium text-muted">Finding</legend>
            {findings.map(({ value, label, hint }) => (
              <label key={value} className="flex items-baseline gap-2">
                <input
                  type="radio"
                  name="finding"
                  value={value}
                  checked={finding === value}
                  onChange={() => setFinding(value)}
                  className="accent-accent"
                />
                <span className="font-medium">{label}</span>
                <span className="text-muted">{hint}</span>
              </label>
            ))}
          </fieldset>
          <TextField
            label="Note"
            description="What you looked at and why you decide so. It stands in the audit log."
            value={note}
            maxLength={2000}
            required
            onChange={({ target }) => setNote(target.value)}
            error={error}
          />
        </form>
      ) : (
        <p className="mt-4 mb-0 rounded-md bg-surface-3 px-3 py-2">
          {hindrance}
          {closed === null ? '' : ` ${closed.note}`}
        </p>
      )}
    </Dialog>
  );
}

/** Why nobody, or not this user, can judge it now; null when it can be judged. */
function whyNotNow({ viewing, closed, isReady }: Review, ownId: string, mayClose: boolean): string | null {
  if (closed !== null) {
    const finding = findings.find(({ value }) => value === closed.finding);
    return `Closed by ${closed.by.name}: ${finding?.label.toLowerCase() ?? closed.finding}.`;
  }
  if (viewing.user.id === ownId) return 'This is your own viewing. Somebody else reviews it.';
  if (!mayClose) return 'Your role reads reviews and closes none.';
  if (viewing.endedAt === null) return 'The viewing still runs. It is reviewed when it has ended.';
  return isReady ? null : 'The viewing has just ended. It can be reviewed in a few seconds.';
}

function factsOf({ viewing, bytes }: Review): [string, string][] {
  const { startedAt, endedAt, endReason, endedBy, endNote } = viewing;
  const ended = endReason === null ? 'Still runs' : endReasonNames[endReason];
  return [
    ['Role', roleNames[viewing.user.role]],
    ['Began', formatExactTime(startedAt)],
    ['Length', endedAt === null ? 'Still runs' : formatClock(Date.parse(endedAt) - Date.parse(startedAt))],
    ['Received', bytes === null ? 'Not known' : formatBytes(bytes)],
    ['Ended', [ended, endedBy?.name, endNote].filter((words) => words !== null && words !== undefined).join(', ')],
  ];
}

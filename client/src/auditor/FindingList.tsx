import type { Finding } from '@commonsight/types/finding';
import { findingRoutes } from '@commonsight/types/http/finding-routes';
import { type FormEvent, useState } from 'react';
import { call } from '../api/call.ts';
import type { CallResult } from '../api/CallResult.ts';
import { Button } from '../ui/Button.tsx';
import { TextField } from '../ui/Field.tsx';

/** A note that becomes a finding about one entry. */
export function OpenFinding({ sequence, onOpened }: { sequence: number; onOpened: () => void }) {
  return (
    <NoteForm
      label="Finding about this entry"
      button="Open finding"
      send={(note) => call(findingRoutes.openFinding, { body: { sequences: [sequence], note } })}
      onSent={onOpened}
    />
  );
}

/** What has been found, open ones first. */
export function FindingList({
  findings,
  mayClose,
  onClosed,
}: {
  findings: readonly Finding[];
  mayClose: boolean;
  onClosed: () => void;
}) {
  return (
    <section aria-label="Findings" className="p-4">
      <h2 className="m-0 text-base font-semibold">Findings</h2>
      {findings.length === 0 ? (
        <p className="m-0 mt-1 text-muted">
          {mayClose ? 'None yet. Choose an entry, and write down what is odd about it.' : 'None yet.'}
        </p>
      ) : null}
      <ul className="m-0 list-none p-0">
        {findings.map((finding) => (
          <li key={finding.id} data-finding-state={finding.state} className="border-b border-line py-2">
            <p className="m-0">
              <strong>{finding.state === 'open' ? 'Open' : 'Closed'}</strong> · entries {finding.sequences.join(', ')} ·{' '}
              {finding.createdBy?.name ?? 'The system'}
            </p>
            <p className="m-0 whitespace-pre-wrap">{finding.note}</p>
            {finding.outcome === null ? null : (
              <p className="m-0 whitespace-pre-wrap text-muted">Closed: {finding.outcome}</p>
            )}
            {finding.state === 'open' && mayClose ? (
              <NoteForm
                label="What came of it"
                button="Close finding"
                send={(outcome) => call(findingRoutes.closeFinding, { params: { id: finding.id }, body: { outcome } })}
                onSent={onClosed}
              />
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  );
}

function NoteForm(props: {
  label: string;
  button: string;
  send: (note: string) => Promise<CallResult<Finding>>;
  onSent: () => void;
}) {
  const [error, setError] = useState<string | null>(null);
  async function submit(submitted: FormEvent<HTMLFormElement>): Promise<void> {
    submitted.preventDefault();
    const form = submitted.currentTarget;
    const note = new FormData(form).get('note');
    const result = await props.send(typeof note === 'string' ? note : '');
    if (result.state === 'failed') setError(result.error.message);
    if (result.state !== 'ok') return;
    setError(null);
    form.reset();
    props.onSent();
  }
  return (
    <form onSubmit={(submitted) => void submit(submitted)} className="mt-2 flex flex-col items-start gap-2">
      <div className="w-full">
        <TextField label={props.label} name="note" required minLength={10} maxLength={4000} error={error} />
      </div>
      <Button type="submit">{props.button}</Button>
    </form>
  );
}

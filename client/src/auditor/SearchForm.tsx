import { auditTypeSchema } from '@commonsight/types/audit-event';
import type { FormEvent } from 'react';
import { Button } from '../ui/Button.tsx';
import { Field, inputClass } from '../ui/Field.tsx';
import { wordsOf } from './eventWords.ts';

/** What is asked of the log: by the names of the search's conditions, without the empty ones. */
export type Asked = Readonly<Record<string, string>>;

/** Every condition that a search can have. */
export function SearchForm({
  onSearch,
  onSample,
}: {
  onSearch: (asked: Asked) => void;
  onSample: (asked: Asked) => void;
}) {
  function submit(submitted: FormEvent<HTMLFormElement>): void {
    submitted.preventDefault();
    const { submitter } = submitted.nativeEvent as SubmitEvent;
    const asked = readForm(new FormData(submitted.currentTarget));
    if (submitter instanceof HTMLButtonElement && submitter.name === 'sample') onSample(asked);
    else onSearch(asked);
  }
  return (
    <form
      onSubmit={submit}
      className="grid grid-cols-2 items-end gap-2 border-b border-line bg-surface-1 p-3 md:grid-cols-4 xl:grid-cols-[repeat(8,minmax(0,1fr))_auto_auto]"
    >
      <label className="flex flex-col gap-1 text-xs font-medium text-muted">
        Act
        <select name="type" defaultValue="" className={inputClass}>
          <option value="">Any</option>
          {auditTypeSchema.options.map((type) => (
            <option key={type} value={type}>
              {wordsOf(type)}
            </option>
          ))}
        </select>
      </label>
      <Field label="Person" name="person" maxLength={100} />
      <Field label="Camera (id)" name="cameraId" maxLength={36} />
      <Field label="Incident number" name="incident" inputMode="numeric" pattern="[0-9]*" />
      <label className="flex flex-col gap-1 text-xs font-medium text-muted">
        Outcome
        <select name="outcome" defaultValue="" className={inputClass}>
          <option value="">Any</option>
          <option value="done">Done</option>
          <option value="refused">Refused</option>
        </select>
      </label>
      <Field label="From" name="from" type="datetime-local" />
      <Field label="To" name="to" type="datetime-local" />
      <Field label="Text" name="text" maxLength={100} />
      <Button look="primary" type="submit">
        Search
      </Button>
      <Button type="submit" name="sample">
        Draw 20 by chance
      </Button>
    </form>
  );
}

function readForm(fields: FormData): Asked {
  const asked: Record<string, string> = {};
  for (const [name, value] of fields) {
    if (typeof value !== 'string' || value.trim() === '') continue;
    // What is entered is the auditor's own time.
    asked[name] = name === 'from' || name === 'to' ? new Date(value).toISOString() : value.trim();
  }
  return asked;
}

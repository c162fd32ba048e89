import { type AlertSettings, alertSettingsSchema } from '@commonsight/types/relay/alert';
import { useState } from 'react';

interface AlertSettingsFieldsProps {
  settings: AlertSettings;
  onChange: (settings: AlertSettings) => void;
}

/** How alerts run, as a part of what the owner signs. */
export function AlertSettingsFields({ settings, onChange }: AlertSettingsFieldsProps) {
  const { seconds, mostSeconds, note } = settings;
  const [problem, setProblem] = useState<string | null>(null);

  function change(next: AlertSettings): void {
    const parsed = alertSettingsSchema.safeParse(next);
    setProblem(parsed.success ? null : (parsed.error.issues[0]?.message ?? 'This cannot be saved.'));
    if (parsed.success) onChange(parsed.data);
  }

  return (
    <details className="mt-4">
      <summary className="min-h-11 cursor-pointer content-center font-semibold">How your alerts run</summary>
      <div className="flex flex-wrap items-end gap-3">
        <Minutes
          label="An alert lasts (minutes)"
          seconds={seconds}
          onChange={(value) => change({ ...settings, seconds: value, mostSeconds: Math.max(value, mostSeconds) })}
        />
        <Minutes
          label="At most, with extensions"
          seconds={mostSeconds}
          onChange={(value) => change({ ...settings, mostSeconds: value })}
        />
      </div>
      <label className="mt-3 block font-semibold">
        For responders
        <span className="block font-normal text-muted">
          Police read this while an alert runs: whom to call, which door is open.
        </span>
        <textarea
          defaultValue={note}
          maxLength={1_000}
          rows={3}
          onBlur={({ target }) => {
            if (target.value.trim() !== note) change({ ...settings, note: target.value.trim() });
          }}
          className="mt-1 block w-full rounded-md border border-line-strong bg-surface-1 px-3 py-2 text-base font-normal text-text"
        />
      </label>
      {problem === null ? null : (
        <p role="alert" className="m-0 mt-1 text-stale">
          {problem}
        </p>
      )}
    </details>
  );
}

function Minutes(props: { label: string; seconds: number; onChange: (seconds: number) => void }) {
  const { label, seconds, onChange } = props;
  return (
    <label className="block min-w-48 flex-1 font-semibold">
      {label}
      <input
        type="number"
        min={1}
        max={1_440}
        key={seconds}
        defaultValue={Math.max(1, Math.round(seconds / 60))}
        onBlur={({ target }) => {
          const minutes = Math.round(Number(target.value));
          if (minutes * 60 !== seconds) onChange(minutes * 60);
        }}
        className="mt-1 block h-11 w-full rounded-md border border-line-strong bg-surface-1 px-3 text-base font-normal text-text"
      />
    </label>
  );
}

import { type AlertSettings, alertSettingsSchema } from '@commonsight/types/relay/alert';
import { useId, useState } from 'react';
import { minutesOf, readMinutes } from './alertMinutes.ts';
import { OwnerField } from './OwnerField.tsx';

interface AlertSettingsFieldsProps {
  settings: AlertSettings;
  onChange: (settings: AlertSettings) => void;
}

/** In minutes, what the document can say. */
const longest = { seconds: 240, mostSeconds: 1_440 };

/** How alerts run, as a part of what the owner signs. */
export function AlertSettingsFields({ settings, onChange }: AlertSettingsFieldsProps) {
  const { seconds, mostSeconds, note } = settings;
  return (
    <details className="mt-4">
      <summary className="min-h-11 cursor-pointer content-center font-semibold">How your alerts run</summary>
      <div className="flex flex-wrap items-start gap-3">
        <MinutesField
          label="An alert lasts (minutes)"
          seconds={seconds}
          limits={{ least: 1, most: longest.seconds }}
          onChange={(value) => onChange({ ...settings, seconds: value, mostSeconds: Math.max(value, mostSeconds) })}
        />
        <MinutesField
          label="At most, with extensions"
          seconds={mostSeconds}
          limits={{ least: minutesOf(seconds), most: longest.mostSeconds }}
          onChange={(value) => onChange({ ...settings, mostSeconds: Math.max(value, seconds) })}
        />
      </div>
      <NoteField note={note} onChange={(value) => onChange({ ...settings, note: value })} />
    </details>
  );
}

interface MinutesFieldProps {
  label: string;
  seconds: number;
  limits: { least: number; most: number };
  onChange: (seconds: number) => void;
}

function MinutesField({ label, seconds, limits, onChange }: MinutesFieldProps) {
  const { text, setTyped, forget } = useTyped(String(minutesOf(seconds)));
  const [isLeft, setLeft] = useState(true);
  const read = readMinutes(text, limits);
  return (
    <OwnerField
      className="min-w-48 flex-1"
      label={label}
      problem={isLeft && typeof read === 'string' ? read : null}
      inputMode="numeric"
      autoComplete="off"
      value={text}
      onFocus={() => setLeft(false)}
      onChange={({ target }) => setTyped(target.value)}
      onBlur={() => {
        setLeft(true);
        if (typeof read === 'string') return;
        forget();
        // Seconds between two whole minutes stay what they are while nobody types another number.
        if (read !== minutesOf(seconds)) onChange(read * 60);
      }}
    />
  );
}

function NoteField({ note, onChange }: { note: string; onChange: (note: string) => void }) {
  const { text, setTyped, forget } = useTyped(note);
  const [isLeft, setLeft] = useState(true);
  const id = useId();
  const isGood = alertSettingsSchema.shape.note.safeParse(text.trim()).success;
  const isRefused = isLeft && !isGood;
  return (
    <div className="mt-3">
      <label htmlFor={id} className="block font-semibold">
        For responders
      </label>
      <p id={`${id}-hint`} className="m-0 text-muted">
        Police read this while an alert runs: whom to call, which door is open.
      </p>
      <textarea
        id={id}
        value={text}
        maxLength={1_000}
        rows={3}
        aria-invalid={isRefused}
        aria-describedby={isRefused ? `${id}-hint ${id}-problem` : `${id}-hint`}
        onFocus={() => setLeft(false)}
        onChange={({ target }) => setTyped(target.value)}
        onBlur={() => {
          setLeft(true);
          if (!isGood) return;
          forget();
          if (text.trim() !== note) onChange(text.trim());
        }}
        className="mt-1 block w-full rounded-md border border-line-strong bg-surface-1 px-3 py-2 text-base font-normal text-text"
      />
      {isRefused ? (
        <p id={`${id}-problem`} role="alert" className="m-0 mt-1 text-stale">
          This note has signs that cannot be sent. Write letters, digits and lines alone.
        </p>
      ) : null}
    </div>
  );
}

/** What is typed into a field until it is left, or what it stands for becomes another elsewhere. */
function useTyped(value: string) {
  const [typed, setTyped] = useState<{ text: string; of: string } | null>(null);
  return {
    text: typed?.of === value ? typed.text : value,
    setTyped: (text: string) => setTyped({ text, of: value }),
    forget: () => setTyped(null),
  };
}

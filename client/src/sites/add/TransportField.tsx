import { useId } from 'react';
import { inputClass } from '../../ui/inputClass.ts';

interface TransportFieldProps {
  label: string;
  /** As a cell of a file has it, also one that is none of those that there are. */
  value: string;
  /** What nothing chosen stands for; left out, it is automatic. */
  unset?: string;
  error: string | null;
  onChange: (transport: string) => void;
}

/** By what the relay has a camera send: the browser's own list, because there may be a hundred of them. */
export function TransportField({ label, value, unset, error, onChange }: TransportFieldProps) {
  const id = useId();
  const written = value.toLowerCase();
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <label htmlFor={id} className="text-xs font-medium text-muted">
        {label}
      </label>
      <select
        id={id}
        value={unset === undefined && written === '' ? 'auto' : written}
        aria-invalid={error !== null}
        aria-describedby={error === null ? undefined : `${id}-error`}
        className={inputClass}
        onChange={({ currentTarget }) => onChange(currentTarget.value)}
      >
        {unset === undefined ? null : <option value="">{unset}</option>}
        <option value="auto">Automatic: TCP, then UDP</option>
        <option value="tcp">TCP</option>
        <option value="udp">UDP</option>
        {error === null ? null : <option value={written}>{value}</option>}
      </select>
      {error === null ? null : (
        <p id={`${id}-error`} className="m-0 text-xs text-[#ff8a80]">
          {error}
        </p>
      )}
    </div>
  );
}

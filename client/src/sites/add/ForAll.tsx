import type { CameraColumn } from '@commonsight/types/relay/camera-file';
import { useState } from 'react';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import { TransportField } from './TransportField.tsx';

interface ForAllProps {
  /** How many lines it changes. */
  count: number;
  isBusy: boolean;
  onApply: (change: Partial<Record<CameraColumn, string>>) => void;
}

const fields = [
  { column: 'section', label: 'Section of all' },
  { column: 'user', label: 'User of all' },
  { column: 'password', label: 'Password of all' },
] as const;

const columns = ['section', 'user', 'password', 'transport'] as const;

const nothing = { section: '', user: '', password: '', transport: '' };

/** What a site's cameras have in common is entered once; an empty field changes nothing. */
export function ForAll({ count, isBusy, onApply }: ForAllProps) {
  const [cells, setCells] = useState(nothing);
  const filled = columns.filter((column) => cells[column] !== '');
  return (
    <form
      className="flex flex-wrap items-end gap-3"
      onSubmit={(submitted) => {
        submitted.preventDefault();
        if (filled.length === 0 || isBusy) return;
        onApply(Object.fromEntries(filled.map((column) => [column, cells[column]])));
        setCells(nothing);
      }}
    >
      {fields.map(({ column, label }) => (
        <Field
          key={column}
          label={label}
          value={cells[column]}
          spellCheck={false}
          {...(column === 'password'
            ? { type: 'password' as const, autoComplete: 'new-password' }
            : { autoComplete: 'off' })}
          onChange={({ currentTarget }) => setCells({ ...cells, [column]: currentTarget.value })}
        />
      ))}
      <TransportField
        label="Transport of all"
        unset="As it is"
        value={cells.transport}
        error={null}
        onChange={(transport) => setCells({ ...cells, transport })}
      />
      <Button type="submit" focusableWhenDisabled disabled={filled.length === 0 || isBusy || count === 0}>
        Set for the {count} shown
      </Button>
    </form>
  );
}

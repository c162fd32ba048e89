import { useId } from 'react';
import { Field } from '../../ui/Field.tsx';

export interface SiteZoneFieldProps {
  value: string;
  error: string | null;
  onChange: (timeZone: string) => void;
}

/** The clock by which the site's owner sets times, until the owner signs another. */
export function SiteZoneField({ value, error, onChange }: SiteZoneFieldProps) {
  const id = useId();
  return (
    <>
      <Field
        label="Time zone"
        list={id}
        value={value}
        error={error}
        description="Of the place, such as America/Chicago. Its owner can change it."
        onChange={({ currentTarget }) => onChange(currentTarget.value)}
      />
      <datalist id={id}>
        {Intl.supportedValuesOf('timeZone').map((zone) => (
          <option key={zone} value={zone}>
            {zone}
          </option>
        ))}
      </datalist>
    </>
  );
}

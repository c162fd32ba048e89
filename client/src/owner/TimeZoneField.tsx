import { fieldLook } from './inputLook.ts';

/** The clock on the wall at the site, by which times of the week are meant. */
export function TimeZoneField({ value, onChange }: { value: string; onChange: (timeZone: string) => void }) {
  const known = Intl.supportedValuesOf('timeZone');
  const zones = known.includes(value) ? known : [value, ...known];
  return (
    <label className="block min-w-48 flex-1 font-semibold">
      Time zone of the site
      <select value={value} onChange={({ target }) => onChange(target.value)} className={fieldLook}>
        {zones.map((zone) => (
          <option key={zone}>{zone}</option>
        ))}
      </select>
    </label>
  );
}

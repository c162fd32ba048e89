import { Search } from 'lucide-react';
import { classes } from './classes.ts';
import { inputClass } from './inputClass.ts';

export interface SearchFieldProps {
  label: string;
  value: string;
  /** What can be searched by. */
  placeholder: string;
  onChange: (value: string) => void;
}

/** The words that narrow a list down. */
export function SearchField({ label, value, placeholder, onChange }: SearchFieldProps) {
  return (
    <label className="relative block w-72 max-w-full max-md:w-full">
      <span className="sr-only">{label}</span>
      <Search className="absolute top-2 left-2.5 size-4 text-subtle" aria-hidden />
      <input
        type="search"
        value={value}
        placeholder={placeholder}
        onChange={({ target }) => onChange(target.value)}
        className={classes(inputClass, 'border-0 pl-8')}
      />
    </label>
  );
}

import { mostSiteContacts, type SiteContact, siteContactSchema } from '@commonsight/types/site-card';
import { useId } from 'react';
import { BigButton } from '../../ui/public/BigButton.tsx';

interface ContactFieldsProps {
  contacts: readonly SiteContact[];
  /** Whether what is wrong is said: not before a person has tried to save. */
  areChecked: boolean;
  onChange: (contacts: SiteContact[]) => void;
}

const fields = [
  { name: 'name', label: 'Name', autoComplete: 'off', type: 'text', longest: 80 },
  { name: 'role', label: 'What they can do', autoComplete: 'off', type: 'text', longest: 80 },
  { name: 'phone', label: 'Phone', autoComplete: 'off', type: 'tel', longest: 30 },
] as const;

/** Whom responders call, each on a line. */
export function ContactFields({ contacts, areChecked, onChange }: ContactFieldsProps) {
  const change = (at: number, part: Partial<SiteContact>): void =>
    onChange(contacts.map((contact, index) => (index === at ? { ...contact, ...part } : contact)));
  return (
    <>
      {contacts.map((contact, at) => (
        // They have no name of their own before one is typed; their place is what they are.
        <fieldset key={at} className="m-0 mt-3 border-0 border-t border-line p-0 pt-2">
          <legend className="sr-only">Contact {at + 1}</legend>
          <div className="flex flex-wrap items-start gap-3">
            {fields.map((field) => (
              <TextField
                key={field.name}
                {...field}
                value={contact[field.name]}
                problem={areChecked ? problemOf(contact, field.name) : null}
                onChange={(value) => change(at, { [field.name]: value })}
              />
            ))}
            <BigButton
              look="quiet"
              className="mt-6"
              aria-label={`Remove contact ${at + 1}`}
              onClick={() => onChange(contacts.filter((_, index) => index !== at))}
            >
              Remove
            </BigButton>
          </div>
        </fieldset>
      ))}
      <BigButton
        className="mt-3"
        disabled={contacts.length >= mostSiteContacts}
        onClick={() => onChange([...contacts, { name: '', role: '', phone: '' }])}
      >
        Add a contact
      </BigButton>
    </>
  );
}

interface TextFieldProps {
  label: string;
  type: 'text' | 'tel';
  autoComplete: string;
  longest: number;
  value: string;
  problem: string | null;
  onChange: (value: string) => void;
}

function TextField({ label, type, autoComplete, longest, value, problem, onChange }: TextFieldProps) {
  const id = useId();
  return (
    <div className="min-w-48 flex-1">
      <label htmlFor={id} className="block font-semibold">
        {label}
      </label>
      <input
        id={id}
        type={type}
        autoComplete={autoComplete}
        maxLength={longest}
        value={value}
        onChange={({ target }) => onChange(target.value)}
        aria-invalid={problem !== null}
        aria-describedby={problem === null ? undefined : `${id}-problem`}
        className="mt-1 block h-11 w-full rounded-md border border-line-strong bg-surface-1 px-3 text-base text-text"
      />
      {problem === null ? null : (
        <p id={`${id}-problem`} className="m-0 mt-1 text-stale">
          {problem}
        </p>
      )}
    </div>
  );
}

const problems: Readonly<Record<keyof SiteContact, string>> = {
  name: 'Write a name.',
  role: 'Write what it is, or leave it empty.',
  phone: 'Write a number such as +1 414 555 0100.',
};

function problemOf(contact: SiteContact, name: keyof SiteContact): string | null {
  if (siteContactSchema.shape[name].safeParse(contact[name]).success) return null;
  return problems[name];
}

import { mostSiteContacts, type SiteContact, siteContactSchema } from '@commonsight/types/site-card';
import { BigButton } from '../../ui/public/BigButton.tsx';
import { OwnerField } from '../OwnerField.tsx';

interface ContactFieldsProps {
  contacts: readonly SiteContact[];
  /** Whether what is wrong is said: not before a person has tried to save. */
  areChecked: boolean;
  onChange: (contacts: SiteContact[]) => void;
}

const fields = [
  { name: 'name', label: 'Name', autoComplete: 'off', type: 'text', maxLength: 80 },
  { name: 'role', label: 'What they can do', autoComplete: 'off', type: 'text', maxLength: 80 },
  { name: 'phone', label: 'Phone', autoComplete: 'off', type: 'tel', maxLength: 30 },
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
            {fields.map(({ name, ...field }) => (
              <OwnerField
                key={name}
                {...field}
                className="min-w-48 flex-1"
                value={contact[name]}
                problem={areChecked ? problemOf(contact, name) : null}
                onChange={({ target }) => change(at, { [name]: target.value })}
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

const problems: Readonly<Record<keyof SiteContact, string>> = {
  name: 'Write a name.',
  role: 'Write what it is, or leave it empty.',
  phone: 'Write a number such as +1 414 555 0100.',
};

function problemOf(contact: SiteContact, name: keyof SiteContact): string | null {
  if (siteContactSchema.shape[name].safeParse(contact[name]).success) return null;
  return problems[name];
}

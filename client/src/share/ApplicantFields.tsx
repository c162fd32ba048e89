import { useText } from '../language/LanguageContext.ts';
import { TextAnswer } from '../ui/public/TextAnswer.tsx';
import type { ApplicationDraft } from './ApplicationDraft.ts';

export interface ApplicantFieldsProps {
  draft: ApplicationDraft;
  /** What is wrong with a field, in words. */
  wordsOf: (field: 'person' | 'email' | 'phone') => string | null;
  onAnswer: (given: Partial<ApplicationDraft>) => void;
}

/** Whom the agency may ask. */
export function ApplicantFields({ draft, wordsOf, onAnswer }: ApplicantFieldsProps) {
  const { share, contact } = useText();
  return (
    <fieldset className="m-0 flex flex-col gap-4 border-0 p-0">
      <legend className="p-0 pb-1 text-base font-medium">{share.contact}</legend>
      <p className="m-0 text-base text-muted">{share.contactHelp}</p>
      <TextAnswer
        label={contact.name}
        autoComplete="name"
        value={draft.person}
        problem={wordsOf('person')}
        onType={(person) => onAnswer({ person })}
      />
      <TextAnswer
        label={contact.email}
        help={share.emailHelp}
        inputMode="email"
        autoComplete="email"
        autoCapitalize="none"
        spellCheck={false}
        value={draft.email}
        problem={wordsOf('email')}
        onType={(email) => onAnswer({ email })}
      />
      <TextAnswer
        label={contact.phone}
        type="tel"
        autoComplete="tel"
        value={draft.phone}
        problem={wordsOf('phone')}
        onType={(phone) => onAnswer({ phone })}
      />
    </fieldset>
  );
}

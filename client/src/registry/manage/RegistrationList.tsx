import type { OwnRegistration } from '@commonsight/types/registration';
import { type ReactNode, useState } from 'react';
import { BigButton } from '../../ui/public/BigButton.tsx';
import { useText } from '../../language/LanguageContext.ts';
import { TextAnswer } from '../../ui/public/TextAnswer.tsx';

const shownAtFirst = 20;

export interface RegistrationListProps {
  registrations: readonly OwnRegistration[];
  children: (registration: OwnRegistration) => ReactNode;
}

/** The own registrations; of a district's many, those with an address that is looked for, some at a time. */
export function RegistrationList({ registrations, children }: RegistrationListProps) {
  const { many } = useText();
  const [searched, setSearched] = useState('');
  const [shown, setShown] = useState(shownAtFirst);
  const wanted = searched.trim().toLowerCase();
  const found = registrations.filter(({ address }) => address.toLowerCase().includes(wanted));
  const left = found.length - shown;
  return (
    <>
      {registrations.length <= shownAtFirst ? null : (
        <TextAnswer
          type="search"
          label={many.find}
          help={many.found(found.length, registrations.length)}
          value={searched}
          problem={null}
          onType={(text) => {
            setSearched(text);
            setShown(shownAtFirst);
          }}
        />
      )}
      {found.slice(0, shown).map((registration) => children(registration))}
      {left <= 0 ? null : (
        <BigButton onClick={() => setShown(shown + shownAtFirst)}>
          {many.showMore(Math.min(left, shownAtFirst))}
        </BigButton>
      )}
    </>
  );
}

import type { OwnRegistration, RegistryTerms } from '@commonsight/types/registration';
import { use } from 'react';
import { LanguageContext, useText } from '../../language/LanguageContext.ts';
import { momentWords } from '../../language/momentWords.ts';
import { downloadText } from '../../ui/downloadText.ts';
import { BigButton } from '../../ui/public/BigButton.tsx';
import { TermsText } from '../TermsText.tsx';
import { consentReceiptText } from './consentReceiptText.ts';

export interface ConsentGivenProps {
  registration: OwnRegistration;
  /** The current ones. */
  terms: readonly RegistryTerms[];
}

/** Which terms were agreed to and when, with a receipt to keep; their text while they are the current ones. */
export function ConsentGiven({ registration, terms }: ConsentGivenProps) {
  const words = useText();
  const language = use(LanguageContext);
  const { id, consent } = registration;
  const agreed = terms.find(({ hash }) => hash === consent.hash);
  return (
    <div data-consent className="flex flex-col items-start gap-2 px-4 text-base">
      <p className="m-0">{words.consent.agreed(consent.version, momentWords(consent.at, language))}</p>
      {agreed === undefined ? null : <TermsText terms={agreed} />}
      <BigButton
        onClick={() =>
          downloadText(
            `${words.consent.file}-${id}.txt`,
            consentReceiptText(registration, { words, language, text: agreed?.text ?? null }),
          )
        }
      >
        {words.consent.download}
      </BigButton>
    </div>
  );
}

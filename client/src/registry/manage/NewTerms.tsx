import type { RegistryTerms } from '@commonsight/types/registration';
import { useText } from '../../language/LanguageContext.ts';
import { TermsText } from '../TermsText.tsx';

/** That the terms have changed, with the new ones to read. */
export function NewTerms({ terms }: { terms: RegistryTerms }) {
  const { manage } = useText();
  return (
    <div className="flex flex-col gap-2 rounded-lg bg-surface-2 p-4 text-base">
      <p className="m-0">{manage.newTerms}</p>
      <TermsText terms={terms} />
    </div>
  );
}

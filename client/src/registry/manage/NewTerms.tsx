import type { RegistryTerms } from '@commonsight/types/registration';
import { useText } from '../messages/LanguageContext.ts';

/** That the terms have changed, with the new ones to read. */
export function NewTerms({ terms }: { terms: RegistryTerms }) {
  const words = useText();
  return (
    <div className="flex flex-col gap-2 rounded-lg bg-surface-2 p-4 text-base">
      <p className="m-0">{words.manage.newTerms}</p>
      <details>
        <summary className="flex min-h-11 cursor-pointer items-center text-accent underline underline-offset-4">
          {words.summary.termsVersion(terms.version)}
        </summary>
        <div lang={terms.language} className="wrap-anywhere whitespace-pre-wrap">
          {terms.text}
        </div>
      </details>
    </div>
  );
}

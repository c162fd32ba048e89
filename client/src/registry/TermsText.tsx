import type { RegistryTerms } from '@commonsight/types/registration';
import { classes } from '../ui/classes.ts';
import { useText } from '../language/LanguageContext.ts';

/** The terms, to be opened and read before they are agreed to. */
export function TermsText({ terms, className }: { terms: RegistryTerms; className?: string }) {
  const { summary } = useText();
  return (
    <details className={classes('text-base', className)}>
      <summary className="flex min-h-11 cursor-pointer items-center text-accent underline underline-offset-4">
        {summary.termsVersion(terms.version)}
      </summary>
      <div lang={terms.language} className="pb-4 wrap-anywhere whitespace-pre-wrap">
        {terms.text}
      </div>
    </details>
  );
}

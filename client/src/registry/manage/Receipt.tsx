import type { ErasureReceipt } from '@commonsight/types/registration';
import { use } from 'react';
import { downloadText } from '../../ui/downloadText.ts';
import { BigButton } from '../../ui/public/BigButton.tsx';
import { Heading } from '../../ui/public/Heading.tsx';
import { LanguageContext, useText } from '../../language/LanguageContext.ts';
import { momentWords } from '../../language/momentWords.ts';

/** What was erased and when: shown once, to be kept by whom it concerns. */
export function Receipt({ receipt, onDone }: { receipt: ErasureReceipt; onDone: () => void }) {
  const { manage } = useText();
  const language = use(LanguageContext);
  const facts: readonly [name: string, value: string][] = [
    [manage.registration, receipt.registrationId],
    [manage.erasedAt, momentWords(receipt.erasedAt, language)],
    [manage.erased, receipt.erased.map((part) => manage.erasedParts[part]).join(', ')],
  ];
  return (
    <div className="flex flex-col gap-5">
      <Heading>{manage.receiptTitle}</Heading>
      <p className="m-0">{manage.receiptText}</p>
      <dl data-receipt className="m-0 rounded-lg bg-surface-1 p-4 inset-ring inset-ring-line-strong">
        {facts.map(([name, value]) => (
          <div key={name} className="flex flex-col py-1 sm:flex-row sm:gap-4">
            <dt className="text-base text-muted sm:w-48 sm:shrink-0">{name}</dt>
            <dd className="m-0 min-w-0 wrap-anywhere">{value}</dd>
          </div>
        ))}
      </dl>
      <div className="flex flex-wrap gap-3">
        <BigButton
          look="primary"
          onClick={() =>
            downloadText(
              `${manage.receiptFile}-${receipt.registrationId}.txt`,
              `${[...facts.map(([name, value]) => `${name}: ${value}`), JSON.stringify(receipt)].join('\n')}\n`,
            )
          }
        >
          {manage.download}
        </BigButton>
        <BigButton onClick={onDone}>{manage.done}</BigButton>
      </div>
    </div>
  );
}

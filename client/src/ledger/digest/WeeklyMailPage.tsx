import { digestSecretSchema } from '@commonsight/types/digest';
import { useEffect } from 'react';
import { LanguageSwitch } from '../../language/LanguageSwitch.tsx';
import { LanguageContext } from '../../language/LanguageContext.ts';
import { messages } from '../../language/messages/messages.ts';
import { useLanguage } from '../../language/useLanguage.ts';
import { Logo } from '../../ui/Logo.tsx';
import { useFragment } from '../useFragment.ts';
import { AnswerWeeklyMail } from './AnswerWeeklyMail.tsx';

/** Public: where the links of the weekly mail lead. What they do takes a click: programs open links to look at them. */
export function WeeklyMailPage() {
  const fragment = useFragment();
  const { language, choose } = useLanguage();
  const { digest } = messages[language];
  useEffect(() => {
    document.title = `${digest.title} · Commonsight`;
  }, [digest]);
  const [act, secret = ''] = fragment.split('=', 2);
  const isWhole = (act === 'confirm' || act === 'stop') && digestSecretSchema.safeParse(secret).success;
  return (
    <LanguageContext value={language}>
      <div data-scroller className="daylight flex h-full flex-col relative overflow-y-auto text-lg">
        <header className="border-b border-line bg-surface-1">
          <div className="mx-auto flex max-w-192 flex-wrap items-center gap-x-3 px-4 py-1 sm:px-6">
            <Logo className="size-7" />
            <span className="min-w-0 grow font-semibold">{digest.title}</span>
            <LanguageSwitch language={language} onChoose={choose} />
          </div>
        </header>
        <main className="mx-auto flex w-full max-w-192 grow flex-col items-start gap-5 px-4 pt-4 pb-8 sm:px-6 sm:pt-8">
          {isWhole ? (
            <AnswerWeeklyMail key={fragment} act={act} secret={secret} />
          ) : (
            <>
              <h1 className="m-0 text-2xl leading-tight font-semibold">{digest.title}</h1>
              <p role="alert" className="m-0 rounded-lg bg-surface-2 p-4">
                {digest.closed}
              </p>
            </>
          )}
        </main>
      </div>
    </LanguageContext>
  );
}

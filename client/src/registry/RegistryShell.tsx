import { ShieldCheck } from 'lucide-react';
import { type ReactNode, useEffect } from 'react';
import { Logo } from '../ui/Logo.tsx';
import { LanguageSwitch } from '../language/LanguageSwitch.tsx';
import { LanguageContext } from '../language/LanguageContext.ts';
import { messages } from '../language/messages/messages.ts';
import { useLanguage } from '../language/useLanguage.ts';

export interface RegistryShellProps {
  /** `share`: where somebody applies to share live video, which is something else than registering. */
  about?: 'registry' | 'share';
  children: ReactNode;
}

/** What public pages have: the language, and above and below the sentence that must not be missed. */
export function RegistryShell({ about = 'registry', children }: RegistryShellProps) {
  const { language, choose } = useLanguage();
  const words = messages[language];
  const title = about === 'share' ? words.share.title : words.title;
  const sentence = about === 'share' ? words.share.note : words.noLiveAccess;
  useEffect(() => {
    document.title = `${title} · Commonsight`;
  }, [title]);
  return (
    <LanguageContext value={language}>
      <div data-scroller className="daylight flex h-full flex-col relative overflow-y-auto text-lg">
        <header className="border-b border-line bg-surface-1">
          <div className="mx-auto flex max-w-192 flex-wrap items-center gap-x-3 px-4 py-1 sm:px-6">
            <Logo className="size-7" />
            <span className="min-w-0 grow font-semibold">{title}</span>
            <LanguageSwitch language={language} onChoose={choose} />
          </div>
        </header>
        <main className="mx-auto flex w-full max-w-192 grow flex-col px-4 pt-4 pb-8 sm:px-6 sm:pt-8">
          <p className="m-0 mb-5 flex items-center gap-2 text-base text-live">
            <ShieldCheck className="size-5 shrink-0" aria-hidden />
            {sentence}
          </p>
          {children}
        </main>
        <footer className="border-t border-line px-4 py-4 text-center text-base text-muted">{sentence}</footer>
      </div>
    </LanguageContext>
  );
}

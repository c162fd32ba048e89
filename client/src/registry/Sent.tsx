import { MailCheck } from 'lucide-react';
import { use } from 'react';
import { BigButton } from '../ui/public/BigButton.tsx';
import { Heading } from '../ui/public/Heading.tsx';
import { LanguageContext, useText } from '../language/LanguageContext.ts';
import { momentWords } from '../language/momentWords.ts';
import { TrainingMails } from '../ui/public/TrainingMails.tsx';

export interface SentProps {
  email: string;
  /** When the link ends. */
  until: string;
  /** Back to the contact, with every answer kept. */
  onCorrect: () => void;
}

export function Sent({ email, until, onCorrect }: SentProps) {
  const { sent } = useText();
  const language = use(LanguageContext);
  return (
    <div className="flex flex-col items-start gap-4">
      <MailCheck className="size-12 text-live" aria-hidden />
      <Heading>{sent.title}</Heading>
      <p className="m-0 wrap-anywhere">{sent.text(email)}</p>
      <p className="m-0 text-muted">{sent.more(momentWords(until, language))}</p>
      <p className="m-0 text-muted">{sent.first}</p>
      <TrainingMails />
      <p className="m-0">{sent.wrong}</p>
      <BigButton onClick={onCorrect}>{sent.correct}</BigButton>
    </div>
  );
}

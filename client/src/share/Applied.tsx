import { MailCheck } from 'lucide-react';
import { use } from 'react';
import { LanguageContext, useText } from '../language/LanguageContext.ts';
import { momentWords } from '../language/momentWords.ts';
import { BigButton } from '../ui/public/BigButton.tsx';
import { Heading } from '../ui/public/Heading.tsx';
import { TrainingMails } from '../ui/public/TrainingMails.tsx';

export interface AppliedProps {
  email: string;
  /** When the link ends. */
  until: string;
  /** Back to the form, with what was typed. */
  onChange: () => void;
}

/** What comes next, and the way back for who has mistyped the mail address. */
export function Applied({ email, until, onChange }: AppliedProps) {
  const { sent, share } = useText();
  const language = use(LanguageContext);
  return (
    <div className="flex flex-col items-start gap-4">
      <MailCheck className="size-12 text-live" aria-hidden />
      <Heading>{sent.title}</Heading>
      <p className="m-0 wrap-anywhere">{sent.text(email)}</p>
      <p className="m-0 text-muted">{share.sent(momentWords(until, language))}</p>
      <TrainingMails />
      <BigButton onClick={onChange}>{share.change}</BigButton>
    </div>
  );
}

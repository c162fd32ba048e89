import type { DigestWish } from '@commonsight/types/digest';
import { emailSchema, type RegistrantLanguage, registrantLanguageSchema } from '@commonsight/types/registration';
import { timeZoneSchema } from '@commonsight/types/time-zone';
import { use, useState } from 'react';
import { BigButton } from '../../ui/public/BigButton.tsx';
import { LanguageContext, useText } from '../../language/LanguageContext.ts';
import { messages } from '../../language/messages/messages.ts';
import { TextAnswer } from '../../ui/public/TextAnswer.tsx';

/** Asks for an address and a language; the address is asked by a mail before anything else goes there. */
export function AskDigest({ isBusy, onAsk }: { isBusy: boolean; onAsk: (wish: DigestWish) => Promise<void> }) {
  const words = useText();
  const [email, setEmail] = useState('');
  const [language, setLanguage] = useState<RegistrantLanguage>(use(LanguageContext));
  const [isWrong, setWrong] = useState(false);

  function ask(): void {
    const parsed = emailSchema.safeParse(email.trim());
    setWrong(!parsed.success);
    if (parsed.success) void onAsk({ email: parsed.data, language, timeZone: ownTimeZone() });
  }

  return (
    <form
      noValidate
      className="flex w-full flex-col gap-3"
      onSubmit={(submitted) => {
        submitted.preventDefault();
        ask();
      }}
    >
      <div className="flex flex-wrap gap-3">
        <TextAnswer
          label={words.digest.email}
          className="basis-72 grow"
          inputMode="email"
          autoComplete="email"
          autoCapitalize="none"
          value={email}
          problem={isWrong ? words.problems.email : null}
          onType={setEmail}
        />
        <label className="flex flex-col gap-1 text-base font-medium">
          {words.digest.language}
          <select
            value={language}
            onChange={({ target }) => setLanguage(registrantLanguageSchema.parse(target.value))}
            className="h-12 rounded-lg border-0 bg-surface-1 px-3 text-lg font-normal text-text inset-ring inset-ring-line-strong"
          >
            {registrantLanguageSchema.options.map((option) => (
              <option key={option} value={option} lang={option}>
                {messages[option].languageName}
              </option>
            ))}
          </select>
        </label>
      </div>
      <BigButton type="submit" className="self-start" disabled={isBusy}>
        {words.digest.ask}
      </BigButton>
    </form>
  );
}

/** The clock of this device, for a site whose owner has signed none. Some browsers hide it. */
function ownTimeZone(): string {
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  return timeZoneSchema.safeParse(timeZone).success ? timeZone : 'UTC';
}

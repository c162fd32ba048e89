import { type RegistrantLanguage, registrantLanguageSchema } from '@commonsight/types/registration';
import { messages } from './messages/messages.ts';

interface LanguageSwitchProps {
  language: RegistrantLanguage;
  onChoose: (language: RegistrantLanguage) => void;
}

/** The languages that there are, each by its own name. */
export function LanguageSwitch({ language, onChoose }: LanguageSwitchProps) {
  return (
    <fieldset aria-label={messages[language].language} className="m-0 flex border-0 p-0">
      {registrantLanguageSchema.options.map((option) => (
        <button
          key={option}
          type="button"
          lang={option}
          aria-pressed={option === language}
          onClick={() => onChoose(option)}
          className="min-h-11 rounded-md border-0 bg-transparent px-3 text-base text-muted aria-pressed:font-semibold aria-pressed:text-accent aria-pressed:underline aria-pressed:underline-offset-8"
        >
          {messages[option].languageName}
        </button>
      ))}
    </fieldset>
  );
}

import type { RegistrantLanguage } from '@commonsight/types/registration';
import { useEffect, useState } from 'react';
import { chosenLanguage, keepLanguage } from './chosenLanguage.ts';
import { messages } from './messages/messages.ts';

/** The language that was chosen, or else the first of the browser's that there is. The document says which it is. */
export function useLanguage(): { language: RegistrantLanguage; choose: (language: RegistrantLanguage) => void } {
  const [language, setLanguage] = useState(chosenLanguage);
  useEffect(() => {
    const before = document.documentElement.lang;
    document.documentElement.lang = language;
    document.title = `${messages[language].title} · Commonsight`;
    return () => {
      document.documentElement.lang = before;
    };
  }, [language]);
  const choose = (chosen: RegistrantLanguage): void => {
    keepLanguage(chosen);
    setLanguage(chosen);
  };
  return { language, choose };
}

import { type RegistrantLanguage, registrantLanguageSchema } from '@commonsight/types/registration';
import { useEffect, useState } from 'react';
import { browserStorage } from '../visit/safeStorage.ts';
import { messages } from './messages/messages.ts';

const storageKey = 'commonsight.registry.language';

/** The language that was chosen, or else the first of the browser's that there is. The document says which it is. */
export function useLanguage(): { language: RegistrantLanguage; choose: (language: RegistrantLanguage) => void } {
  const [language, setLanguage] = useState(() =>
    firstLanguage([browserStorage.getItem(storageKey), ...navigator.languages]),
  );
  useEffect(() => {
    const before = document.documentElement.lang;
    document.documentElement.lang = language;
    document.title = `${messages[language].title} · Commonsight`;
    return () => {
      document.documentElement.lang = before;
    };
  }, [language]);
  const choose = (chosen: RegistrantLanguage): void => {
    browserStorage.setItem(storageKey, chosen);
    setLanguage(chosen);
  };
  return { language, choose };
}

/** The first wish that can be met, by its language without the region; English when none can. */
function firstLanguage(wishes: readonly (string | null)[]): RegistrantLanguage {
  for (const wish of wishes) {
    const found = registrantLanguageSchema.safeParse(wish?.slice(0, 2).toLowerCase());
    if (found.success) return found.data;
  }
  return 'en';
}

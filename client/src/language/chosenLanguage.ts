import { type RegistrantLanguage, registrantLanguageSchema } from '@commonsight/types/registration';
import { browserStorage } from '../visit/safeStorage.ts';

const storageKey = 'commonsight.registry.language';

/** The language that was chosen on a public page of this browser, or else the first of the browser's that there is. */
export function chosenLanguage(): RegistrantLanguage {
  return firstLanguage([browserStorage.getItem(storageKey), ...navigator.languages]);
}

export function keepLanguage(language: RegistrantLanguage): void {
  browserStorage.setItem(storageKey, language);
}

/** The first wish that can be met, by its language without the region; English when none can. */
export function firstLanguage(wishes: readonly (string | null)[]): RegistrantLanguage {
  for (const wish of wishes) {
    const found = registrantLanguageSchema.safeParse(wish?.slice(0, 2).toLowerCase());
    if (found.success) return found.data;
  }
  return 'en';
}

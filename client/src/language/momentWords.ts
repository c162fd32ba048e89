import type { RegistrantLanguage } from '@commonsight/types/registration';

/** A moment as people of the language write it, in this device's zone. */
export function momentWords(moment: string, language: RegistrantLanguage): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'long', timeStyle: 'short' }).format(new Date(moment));
}

export function dayWords(moment: string, language: RegistrantLanguage): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'long' }).format(new Date(moment));
}

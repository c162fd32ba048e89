import type { RegistrantLanguage } from '@commonsight/types/registration';

/** A moment as people of the language write it, in the zone of whoever asks, with its name: as the mail says it. */
export function zonedWords(moment: string, language: RegistrantLanguage, timeZone: string): string {
  const parts = {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    timeZoneName: 'short',
  } as const;
  const date = new Date(moment);
  try {
    return new Intl.DateTimeFormat(language, { ...parts, timeZone }).format(date);
  } catch {
    // A zone that this browser does not know yet: in its own, which is named too.
    return new Intl.DateTimeFormat(language, parts).format(date);
  }
}

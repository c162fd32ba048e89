import type { RegistrantLanguage } from '@commonsight/types/registration';

/** When a mail comes, by the clock of the site, or of this device where that is not known. */
export function digestMoment(moment: string, language: RegistrantLanguage, timeZone?: string): string {
  const format = new Intl.DateTimeFormat(language, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    hour: 'numeric',
    minute: '2-digit',
    timeZoneName: 'short',
    timeZone,
  });
  return format.format(new Date(moment));
}

import type { OwnRegistration, RegistrantLanguage } from '@commonsight/types/registration';
import type { Messages } from '../../language/messages/messages.ts';
import { momentWords } from '../../language/momentWords.ts';

/**
 * The receipt of a consent as a text to keep: for people, then as the server has it, then the terms themselves where they
 * are still there to be read (`text`): their UTF-8 has the hash.
 */
export function consentReceiptText(
  { id, consent }: Pick<OwnRegistration, 'id' | 'consent'>,
  { words, language, text }: { words: Messages; language: RegistrantLanguage; text: string | null },
): string {
  const facts = [
    `${words.manage.registration}: ${id}`,
    `${words.consent.at}: ${momentWords(consent.at, language)}`,
    `${words.consent.version}: ${String(consent.version)}`,
    `${words.consent.hash}: ${consent.hash}`,
    JSON.stringify({ registrationId: id, consent }),
  ];
  return `${[...facts, ...(text === null ? [] : ['', text.trimEnd()])].join('\n')}\n`;
}

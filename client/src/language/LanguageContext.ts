import type { RegistrantLanguage } from '@commonsight/types/registration';
import { createContext, use } from 'react';
import { messages, type Messages } from './messages/messages.ts';

/** The language of the page and its messages. */
export const LanguageContext = createContext<RegistrantLanguage>('en');

export function useText(): Messages {
  return messages[use(LanguageContext)];
}

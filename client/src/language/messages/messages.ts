import type { RegistrantLanguage } from '@commonsight/types/registration';
import type { CallError } from '../../api/CallResult.ts';
import { en, type Messages } from './en.ts';
import { es } from './es.ts';

export type { Messages };

/** Every language that the contract names has its file. */
export const messages: Readonly<Record<RegistrantLanguage, Messages>> = { en, es };

/** What an error says to a registrant: the server's own sentences are English only. */
export function errorWords({ code }: CallError, { errors }: Messages): string {
  return code in errors ? errors[code as keyof typeof errors] : errors.other;
}

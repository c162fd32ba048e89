import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RegistrantLanguage } from '@commonsight/types/registration';

/** A file of a language's folder. One that is missing fails the start. */
export function readLanguageFile(language: RegistrantLanguage, name: string): string {
  return readFileSync(join(import.meta.dirname, language, name), 'utf8');
}

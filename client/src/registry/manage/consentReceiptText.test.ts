import { expect, test } from 'vitest';
import { messages } from '../../language/messages/messages.ts';
import { consentReceiptText } from './consentReceiptText.ts';

const registration = {
  id: '0192f0c1-0000-7000-8000-000000000001',
  consent: { version: 1, hash: 'a'.repeat(64), at: '2026-01-15T12:00:00.000Z' },
};

test('a receipt says which terms were agreed to and when, with the terms while they are there', () => {
  const receipt = consentReceiptText(registration, { words: messages.en, language: 'en', text: 'Terms.\n' });
  expect(receipt).toContain(`Registration: ${registration.id}\n`);
  expect(receipt).toContain('Agreed: January 15, 2026');
  expect(receipt).toContain(`${JSON.stringify(registration.consent)}}`);
  expect(receipt.endsWith('\n\nTerms.\n')).toBe(true);
});

test('terms that have changed since are named by their hash', () => {
  const receipt = consentReceiptText(registration, { words: messages.es, language: 'es', text: null });
  expect(receipt).toContain(`SHA-256 de su texto: ${registration.consent.hash}\n`);
  expect(receipt.trimEnd().endsWith('}')).toBe(true);
});

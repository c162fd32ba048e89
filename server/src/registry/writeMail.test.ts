import { expect, test } from 'vitest';
import { writeMail } from './writeMail.ts';

test('a mail of the registry names agency and link, and fills nothing inside an agency’s name', () => {
  const { subject, text } = writeMail('link', 'en', {
    agency: 'City {link}',
    link: 'https://a.example/#secret',
    hours: 0,
  });
  expect(subject).toBe('Your camera registrations');
  expect(text).toContain('with City {link}:');
  expect(text.split('https://a.example/#secret')).toHaveLength(2);
});

import { expect, test } from 'vitest';
import { writeFootageMail } from './writeFootageMail.ts';

const values = {
  agency: 'Lakeport',
  number: '26-100',
  place: 'Main {link} Street',
  from: new Date('2026-01-05T21:30:00.000Z'),
  to: new Date('2026-01-05T22:00:00.000Z'),
  deadline: new Date('2026-01-12T18:00:00.000Z'),
  timeZone: 'America/Chicago',
  text: 'A red van.',
  overwritten: new Date('2026-01-10T21:30:00.000Z'),
  link: 'https://lakeport.example/footage/link#secret',
};

test('the times of a mail are those of whoever asks, and name their zone, wherever the server is', () => {
  const { text } = writeFootageMail('request', 'en', values);
  expect(text).toMatch(/From: Monday, January 5, 2026.* 3:30\sPM CST/);
  expect(writeFootageMail('request', 'en', { ...values, timeZone: 'America/New_York' }).text).toMatch(/4:30\sPM EST/);
  expect(writeFootageMail('reminder', 'en', values).text).toMatch(/until Saturday, January 10, 2026.* 3:30\sPM CST\./);
  expect(writeFootageMail('reminder', 'es', values).text).toMatch(/hasta: sábado, 10 de enero de 2026/);
});

test('who doubts a mail reads how to ask back, and what number to give', () => {
  for (const kind of ['request', 'reminder'] as const) {
    expect(writeFootageMail(kind, 'en', values).text).toMatch(
      /doubt that Lakeport sent\s+this.* give the number 26-100/s,
    );
    expect(writeFootageMail(kind, 'es', values).text).toMatch(/haya enviado Lakeport.* diga el número 26-100/s);
  }
});

test('what somebody wrote is filled into no other place', () => {
  expect(writeFootageMail('request', 'en', values).text).toContain('Place: Main {link} Street');
});

import type { LedgerLine } from '@commonsight/types/ledger';
import { purposeSchema } from '@commonsight/types/purpose';
import { registrantLanguageSchema } from '@commonsight/types/registration';
import { expect, test } from 'vitest';
import { type DigestContent, writeConfirmation, writeDigest } from './writeDigest.ts';

const line: LedgerLine = {
  viewingId: '01900000-0000-7000-8000-000000000001',
  cameraId: '01900000-0000-7000-8000-000000000002',
  startedAt: '2026-01-06T20:05:00.000Z',
  endedAt: '2026-01-06T20:06:05.000Z',
  kind: 'live',
  purpose: 'training',
  isBreakGlass: false,
  incident: { state: 'shown', number: 2041 },
  role: 'analyst',
  pseudonym: '7KQ2-M0XD',
};

const content: DigestContent = {
  language: 'en',
  timeZone: 'America/Chicago',
  siteName: 'Harbor Hotel',
  agencyName: 'Lakeport Police',
  span: { from: new Date('2026-01-05T06:00:00.000Z'), to: new Date('2026-01-12T06:00:00.000Z') },
  cameras: [
    { id: line.cameraId, number: 12, name: 'North door' },
    { id: '01900000-0000-7000-8000-000000000003', number: 13, name: 'Roof {stop}' },
  ],
  lines: [line],
  views: 1,
  withheld: 0,
  writtenAt: new Date('2026-01-12T13:00:00.000Z'),
  stopUrl: 'https://city.example/weekly-mail#stop=s',
};

/** Intl separates times and ranges by spaces of several kinds. */
const plain = (text: string) => text.replaceAll(/[\u2009\u202F\u00A0]/g, ' ');

const write = (changed: Partial<DigestContent> = {}) => plain(writeDigest({ ...content, ...changed }).text);

test('a view is a line under its camera, by the clock of the site', () => {
  expect(plain(writeDigest(content).subject)).toBe(
    'Who has looked through your cameras: Harbor Hotel, January 5 – 11, 2026',
  );
  const text = write();
  expect(text).toContain('One view.\nNo incident number is withheld.\n\nCamera 12, North door: one view\n');
  expect(text).toContain('2:05 PM, 1 min 5 s · live · Training · incident #2041 · analyst 7KQ2-M0XD\n');
  // What the agency wrote is never taken for a place to fill.
  expect(text).toContain('Nobody has looked through one more camera: Roof {stop}\n');
  expect(text).toContain('https://city.example/weekly-mail#stop=s');
});

test('emergency access, a number that is withheld, a replay and a view that goes on are said', () => {
  const until = '2026-01-20T00:00:00.000Z';
  const text = write({
    lines: [
      { ...line, isBreakGlass: true, kind: 'replay' },
      { ...line, endedAt: null, startedAt: '2026-01-12T10:30:00.000Z', incident: { state: 'withheld', until } },
    ],
    views: 2,
    withheld: 1,
  });
  expect(text).toContain('replay · Training, emergency access without approval · incident #2041');
  expect(text).toContain('2 h 30 min and still open · live · Training · incident withheld until Jan 19, 2026');
  expect(text).toContain('2 views.\n1 line has its incident number withheld.');
});

test('an empty week says so, and what is too much for a mail is counted', () => {
  const empty = write({ lines: [], views: 0 });
  expect(empty).toContain('Nobody has looked through your cameras.\nNo incident number is withheld.');
  expect(empty).not.toContain('Camera 12');
  expect(write({ views: 800 })).toContain('799 earlier views are not in this mail. Your own page shows them.');
  const many = Array.from({ length: 31 }, (_each, at) => ({ id: `${at}`, number: at, name: `C${at}` }));
  expect(write({ cameras: [...content.cameras.slice(0, 1), ...many] })).toMatch(
    /Nobody has looked through 31 more cameras: C0, .*, C19, and 11 more\n/,
  );
});

test.each(registrantLanguageSchema.options)('in %s nothing is left to fill, whatever the purpose', (language) => {
  for (const purpose of purposeSchema.options) {
    const { subject, text } = writeDigest({ ...content, language, lines: [{ ...line, purpose }] });
    expect(`${subject}\n${text.replaceAll('Roof {stop}', '')}`).not.toMatch(/[{}]/);
  }
  const { subject, text } = writeConfirmation(language, { siteName: 'S', agencyName: 'A', link: 'https://a.example/' });
  expect(`${subject}\n${text}`).not.toMatch(/[{}]/);
});

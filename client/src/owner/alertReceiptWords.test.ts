import type { OwnerAlert } from '@commonsight/types/alert';
import type { Ledger } from '@commonsight/types/ledger';
import { expect, test } from 'vitest';
import { alertReceiptFile, alertReceiptWords } from './alertReceiptWords.ts';

const at = (minutes: number) => new Date(Date.UTC(2026, 0, 5, 10, minutes)).toISOString();

const alert: OwnerAlert = {
  id: '0192f0c1-0000-7000-8000-000000000001',
  isTest: false,
  trigger: 'owner',
  stage: 'ended',
  begunAt: at(0),
  sharedAt: at(1),
  until: at(31),
  leftMs: 0,
  mayExtend: false,
  endedAt: at(21),
  end: 'owner',
};

const ledger: Ledger = {
  site: { name: 'Corner shop' },
  agency: { name: 'Lakeport police' },
  cameras: [{ id: 'camera-1', number: 1, name: 'Yard', section: null, sharingMode: 'onAlert' }],
  lines: [
    {
      viewingId: 'viewing-1',
      cameraId: 'camera-1',
      startedAt: at(2),
      endedAt: at(5),
      kind: 'live',
      purpose: 'violentCrime',
      isBreakGlass: false,
      incident: { state: 'shown', number: 1 },
      role: 'analyst',
      pseudonym: 'Heron',
    },
  ],
  hasMore: false,
  watching: 0,
  withheld: 0,
  witnesses: [],
};

test('a receipt says how long the alert was, why it ended, and who looked for how long', () => {
  const { title, sentence, watched, notes } = alertReceiptWords(alert, ledger);
  expect(title).toBe('Your last alert');
  expect(sentence).toContain('20 min 0 s. You ended it.');
  expect(watched).toEqual([{ who: 'Heron', what: 'looked through Yard for 3 min 0 s.' }]);
  expect(notes).toEqual(['This version records nothing: no picture was kept.']);
});

test('nobody is said to have looked only where that is known', () => {
  const nobody = 'Nobody looked through your cameras.';
  expect(alertReceiptWords(alert, { ...ledger, lines: [] }).notes).toContain(nobody);
  expect(alertReceiptWords(alert, null)).toMatchObject({
    watched: null,
    notes: [expect.not.stringContaining('Nobody')],
  });
  const later = ledger.lines.map((line) => ({ ...line, startedAt: at(30), endedAt: at(31) }));
  expect(alertReceiptWords(alert, { ...ledger, lines: later, hasMore: true }).notes).toContain(
    'Nobody looked through your cameras, as far as the newest lines reach.',
  );
});

test('a test, and one that was cancelled, say that nothing was opened', () => {
  expect(alertReceiptWords({ ...alert, isTest: true }, ledger)).toMatchObject({
    title: 'Your last test',
    watched: null,
    notes: expect.arrayContaining(['Nothing was opened, and the police heard nothing.']),
  });
  const cancelled = alertReceiptWords({ ...alert, sharedAt: null, end: 'cancelled' }, ledger);
  expect(cancelled).toMatchObject({ title: expect.stringContaining('shared nothing'), watched: null });
});

test('its file has the words, and the record itself', () => {
  const { name, text } = alertReceiptFile(alert, ledger);
  expect(name).toBe('commonsight-alert-2026-01-05-0192f0c1.txt');
  expect(text.split('\n')).toEqual(
    expect.arrayContaining(['Corner shop', 'Your last alert', 'Heron looked through Yard for 3 min 0 s.']),
  );
  expect(JSON.parse(text.trimEnd().split('\n').at(-1) ?? '')).toEqual(alert);
});

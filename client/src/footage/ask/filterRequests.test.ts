import { expect, test } from 'vitest';
import { filterRequests } from './filterRequests.ts';

const requests = [
  { incident: { id: 'i', number: 2041 }, caseNumber: null, place: 'Market hall', recipients: [{ state: 'sent' }] },
  { incident: null, caseNumber: '26-114', place: 'Ferry terminal', recipients: [{ state: 'received' }] },
  {
    incident: null,
    caseNumber: '26-115',
    place: 'Market Street',
    recipients: [{ state: 'received' }, { state: 'uploading' }, { state: 'declined' }],
  },
] as const;
const placesBy = (text: string, filter: 'all' | 'waiting' | 'received' = 'all') =>
  filterRequests(requests, { text, filter }).map(({ place }) => place);

test('requests are found by the words of their number and place', () => {
  expect(placesBy('')).toHaveLength(3);
  expect(placesBy('#2041')).toEqual(['Market hall']);
  expect(placesBy(' 26-11  MARKET ')).toEqual(['Market Street']);
  expect(placesBy('harbour')).toEqual([]);
});

test('and by whether somebody may still answer, or files came', () => {
  expect(placesBy('', 'waiting')).toEqual(['Market hall', 'Market Street']);
  expect(placesBy('', 'received')).toEqual(['Ferry terminal', 'Market Street']);
  expect(placesBy('hall', 'received')).toEqual([]);
});

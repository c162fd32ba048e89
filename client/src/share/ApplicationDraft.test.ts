import { expect, test } from 'vitest';
import { type ApplicationDraft, detailsOf, emptyApplication, problemsOf, stillWrong } from './ApplicationDraft.ts';

const area = { south: 42, west: -89, north: 44, east: -87 };
const whole: ApplicationDraft = {
  agency: 'lakeport',
  kind: 'business',
  name: ' Market hall ',
  address: '1 Market Street',
  latitude: '43,04',
  longitude: '−87.91',
  cameras: '12',
  person: 'Ana Villanueva',
  email: ' ana@example.org ',
  phone: '',
  agreedHash: 'a'.repeat(64),
};

test('an empty form has a problem at each field that is needed', () => {
  const { own, ...found } = problemsOf(emptyApplication, null);
  expect(Object.keys(found).toSorted()).toEqual(
    ['address', 'agency', 'agreedHash', 'email', 'kind', 'latitude', 'longitude', 'person'].toSorted(),
  );
  expect(own).toEqual({ name: 'name', cameras: 'cameras' });
});

test('a whole form has none, and says what the contract wants', () => {
  expect(problemsOf(whole, area)).toEqual({});
  expect(detailsOf(whole)).toEqual({
    kind: 'business',
    name: 'Market hall',
    address: '1 Market Street',
    position: { latitude: 43.04, longitude: -87.91 },
    cameraCount: 12,
    contact: { name: 'Ana Villanueva', email: 'ana@example.org', phone: null },
  });
});

test('a place outside the area, half a camera and letters in a telephone number are said', () => {
  expect(problemsOf({ ...whole, latitude: '44.5' }, area)).toEqual({ latitude: 'outside' });
  expect(problemsOf({ ...whole, cameras: '1.5' }, area)).toEqual({ own: { cameras: 'cameras' } });
  expect(problemsOf({ ...whole, phone: 'call me' }, area)).toEqual({ phone: 'phone' });
});

test('what is put right is no longer shown, and what becomes wrong is not shown before it is sent', () => {
  const shown = problemsOf({ ...whole, name: '', latitude: '' }, area);
  const now = problemsOf({ ...whole, latitude: '44.5', email: 'ana' }, area);
  expect(stillWrong(shown, now)).toEqual({ latitude: 'outside', own: {} });
});

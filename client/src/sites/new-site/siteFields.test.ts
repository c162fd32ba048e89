import { expect, test } from 'vitest';
import { newSiteOf, ownTimeZone, problemsOf } from './siteFields.ts';

const whole = {
  name: ' Market hall ',
  address: '1 Market Street',
  latitude: '43,04',
  longitude: '-87.91',
  timeZone: 'America/Chicago',
  isResidential: false,
};

test('a site is sent with what is typed, without the space around it', () => {
  expect(newSiteOf(whole)).toEqual({
    name: 'Market hall',
    address: '1 Market Street',
    position: { latitude: 43.04, longitude: -87.91 },
    timeZone: 'America/Chicago',
    isResidential: false,
  });
});

test('what is missing or wrong is said by field, and nothing is sent', () => {
  const wrong = { name: ' ', address: '', latitude: '91', longitude: 'west', timeZone: 'Chicago', isResidential: true };
  expect(Object.keys(problemsOf(wrong))).toEqual(['name', 'address', 'latitude', 'longitude', 'timeZone']);
  expect(newSiteOf(wrong)).toBeNull();
  expect(problemsOf({ ...whole, name: 'n'.repeat(81) })).toEqual({ name: 'Give a name of at most 80 characters.' });
});

test('the zone of the browser is one that can be sent', () => {
  expect(problemsOf({ ...whole, timeZone: ownTimeZone() })).toEqual({});
});

import { describe, expect, it, test } from 'vitest';
import { browserName, needsHomeScreen } from './browserName.ts';
import { type OwnerSite, secretOfLink, siteFor } from './ownerSites.ts';
import { openingOf } from './useOpening.ts';

const id = '0192f0c1-0000-7000-8000-000000000001';
const otherId = '0192f0c1-0000-7000-8000-000000000002';

function siteOf(secret: string, subscriptionId: string | null): OwnerSite {
  return { secret, siteName: secret, subscriptionId, endpoint: null, hasAlertButton: false };
}

describe('a remembered site', () => {
  it('is the one that the message names, of several', () => {
    const sites = [siteOf('a', null), siteOf('b', id)];
    expect(siteFor(sites, id)?.secret).toBe('b');
    expect(siteFor(sites, otherId)).toBeNull();
    expect(siteFor(sites, null)).toBeNull();
  });

  it('is the only one, whatever is named', () => {
    expect(siteFor([siteOf('a', null)], null)?.secret).toBe('a');
    expect(siteFor([siteOf('a', id)], otherId)?.secret).toBe('a');
    expect(siteFor([], id)).toBeNull();
  });
});

test.each([
  [`https://rtcc.example/owner#${'s'.repeat(43)}`, 's'.repeat(43)],
  [` https://rtcc.example/ledger#${'s'.repeat(43)}\n`, 's'.repeat(43)],
  ['s'.repeat(43), 's'.repeat(43)],
  ['https://rtcc.example/owner', null],
  ['https://rtcc.example/owner#', null],
  ['', null],
])('the secret of %j', (link, secret) => expect(secretOfLink(link)).toBe(secret));

test('an address opens a question of the list, for a site or for none', () => {
  expect(openingOf(`?ask=extend&subscription=${id}`)).toEqual({ question: 'extend', subscriptionId: id });
  expect(openingOf('?ask=start')).toEqual({ question: 'start', subscriptionId: null });
  expect(openingOf('')).toBeNull();
  expect(openingOf('?ask=somethingElse')).toBeNull();
  expect(openingOf('?ask=end&subscription=1')).toBeNull();
});

test.each([
  [
    'Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0 Mobile Safari/537.36',
    'Chrome on Android',
  ],
  ['Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0', 'Firefox on Linux'],
  ['Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/150.0 Safari/537.36 Edg/150.0', 'Edge on Windows'],
  ['Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Mobile Safari/604.1', 'Safari on iPhone'],
  ['Something', 'This browser'],
])('%s is %s', (userAgent, name) => expect(browserName(userAgent)).toBe(name));

test('an iPhone, and an iPad that says it is a Mac, need the home screen until the page is there', () => {
  const iPhone = { userAgent: 'iPhone; CPU iPhone OS 19_0 like Mac OS X', touchPoints: 5, isStandalone: false };
  expect(needsHomeScreen(iPhone)).toBe(true);
  expect(needsHomeScreen({ ...iPhone, isStandalone: true })).toBe(false);
  const mac = { userAgent: 'Macintosh; Intel Mac OS X 10_15_7', touchPoints: 0, isStandalone: false };
  expect(needsHomeScreen(mac)).toBe(false);
  expect(needsHomeScreen({ ...mac, touchPoints: 5 })).toBe(true);
});

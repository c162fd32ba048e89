import { describe, expect, test } from 'vitest';
import { isOpenToNetwork, readConfig, trustedOrigins } from './config.ts';

const least = { DATA_DIR: '/data', SFU_LINK_SECRET: 'a secret of a length that is long enough' };

test('what must be set is enough', () => {
  expect(readConfig(least)).toMatchObject({
    host: '127.0.0.1',
    port: 8080,
    publicUrl: 'http://localhost:8080',
    databaseUrl: undefined,
    isTrainingCity: false,
    logLevel: 'info',
  });
});

test('the public URL follows the port, and loses its path', () => {
  expect(readConfig({ ...least, PORT: '9000' }).publicUrl).toBe('http://localhost:9000');
  expect(readConfig({ ...least, PUBLIC_URL: 'https://rtcc.example/' }).publicUrl).toBe('https://rtcc.example');
});

test('proxies are believed over https alone, and without a setting those on this machine', () => {
  const https = { ...least, PUBLIC_URL: 'https://rtcc.example' };
  expect(readConfig(https).trustedProxies).toEqual(['loopback']);
  expect(readConfig({ ...https, TRUSTED_PROXIES: ' 10.0.0.2, fd00::/8,private ' }).trustedProxies).toEqual([
    '10.0.0.2',
    'fd00::/8',
    'private',
  ]);
  expect(readConfig({ ...least, TRUSTED_PROXIES: '10.0.0.2' }).trustedProxies).toEqual([]);
});

test('a mail server needs somebody whom mails come from, and neither is said in an error', () => {
  const smtp = 'smtp://user:secret@mail.test.example:587';
  expect(readConfig({ ...least, SMTP_URL: smtp, MAIL_FROM: 'city@test.example' }).mail).toEqual({
    smtpUrl: smtp,
    from: 'city@test.example',
  });
  expect(readConfig(least).mail).toBeUndefined();
  expect(() => readConfig({ ...least, SMTP_URL: smtp })).toThrow(/^The setting MAIL_FROM is missing/);
  expect(() => readConfig({ ...least, SMTP_URL: 'http://secret' })).toThrow(/^(?!.*secret).*SMTP_URL/);
});

test('empty optional settings are unset', () => {
  const config = readConfig({ ...least, DATABASE_URL: '', CLIENT_DIR: '', MAPBOX_TOKEN: '', PUBLIC_URL: '' });
  expect(config).toMatchObject({ databaseUrl: undefined, clientDir: undefined, mapboxToken: undefined });
});

test.each([
  ['DATA_DIR', { DATA_DIR: undefined }],
  ['SFU_LINK_SECRET', { SFU_LINK_SECRET: 'short' }],
  ['PORT', { PORT: '70000' }],
  ['PUBLIC_URL', { PUBLIC_URL: 'ftp://x.example' }],
  ['DATABASE_URL', { DATABASE_URL: 'mysql://x' }],
  ['REDIS_URL', { REDIS_URL: 'x' }],
  ['TRAINING_CITY', { TRAINING_CITY: 'yes' }],
  ['LOG_LEVEL', { LOG_LEVEL: 'loud' }],
  ['TRUSTED_PROXIES', { TRUSTED_PROXIES: 'loopback, everybody' }],
  ['TRUSTED_PROXIES', { TRUSTED_PROXIES: '10.0.0.0/33' }],
  ['TRUSTED_PROXIES', { TRUSTED_PROXIES: '10.0.0.0/8/8' }],
])('a wrong %s is named', (key, change) => {
  expect(() => readConfig({ ...least, ...change })).toThrow(`The setting ${key} is wrong`);
});

describe('a public URL without TLS', () => {
  test.each(['http://rtcc.example', 'http://10.0.0.5:8080', 'http://localhost.example', 'http://[fd12::1]'])(
    '%s is for a training city alone, and known as open',
    (url) => {
      expect(() => readConfig({ ...least, PUBLIC_URL: url })).toThrow('The setting PUBLIC_URL is wrong');
      expect(() => readConfig({ ...least, PUBLIC_URL: url, TRAINING_CITY: 'off' })).toThrow('Use https');
      const { publicUrl } = readConfig({ ...least, PUBLIC_URL: url, TRAINING_CITY: 'on' });
      expect(isOpenToNetwork(publicUrl)).toBe(true);
    },
  );

  test.each(['http://localhost:8080', 'http://127.0.0.1', 'http://127.1:9000', 'http://[::1]', 'https://rtcc.example'])(
    '%s needs nothing',
    (url) => expect(isOpenToNetwork(readConfig({ ...least, PUBLIC_URL: url }).publicUrl)).toBe(false),
  );
});

test('a wrong secret is not repeated', () => {
  expect(() => readConfig({ ...least, SFU_LINK_SECRET: 'tooshort' })).toThrow(/^((?!tooshort).)*$/);
});

describe('trusted origins', () => {
  test('a public address is its own only one', () => {
    expect(trustedOrigins('https://rtcc.example')).toEqual(['https://rtcc.example']);
  });

  test('a loopback address is trusted in each of its spellings, on its port', () => {
    const spellings = ['http://localhost:8080', 'http://127.0.0.1:8080', 'http://[::1]:8080'];
    for (const url of spellings) expect(trustedOrigins(url)).toEqual(spellings);
  });
});

test('push messages go to the loopback of a training city alone', () => {
  expect(readConfig(least).isLoopbackPushAllowed).toBe(false);
  expect(() => readConfig({ ...least, PUSH_ALLOW_LOOPBACK: 'on' })).toThrow(/PUSH_ALLOW_LOOPBACK is wrong/);
  const training = { ...least, PUSH_ALLOW_LOOPBACK: 'on', TRAINING_CITY: 'on' };
  expect(readConfig(training).isLoopbackPushAllowed).toBe(true);
});

test('figures are published late, and at once only in a training city', () => {
  expect(readConfig(least).transparencyDelayDays).toBe(7);
  expect(() => readConfig({ ...least, TRANSPARENCY_DELAY_DAYS: '0' })).toThrow(/TRANSPARENCY_DELAY_DAYS is wrong/);
  const training = { ...least, TRANSPARENCY_DELAY_DAYS: '0', TRAINING_CITY: 'on' };
  expect(readConfig(training).transparencyDelayDays).toBe(0);
});

import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Secret } from '../Secret.ts';
import { authorise, chooseChallenge } from './authorise.ts';
import { CameraError } from './CameraError.ts';

const credentials = { username: 'viewer', password: new Secret('100%#"pass') };
const request = { method: 'DESCRIBE', uri: 'rtsp://10.0.0.7/main', nonceCount: 1 };

function fieldOf(header: string, name: string): string | undefined {
  return new RegExp(`\\b${name}="?([^",]*)`).exec(header)?.[1];
}

describe('chooseChallenge', () => {
  test('takes SHA-256 before MD5 before Basic, from several headers or from one', () => {
    const md5 = 'Digest realm="a, b", nonce="1"';
    const sha = 'Digest realm="a", nonce="2", algorithm=SHA-256, qop="auth,auth-int"';
    expect(chooseChallenge(['Basic realm="a"', md5, sha])).toMatchObject({ hash: 'sha256', nonce: '2', hasQop: true });
    expect(chooseChallenge([`Basic realm="a", ${md5}`])).toMatchObject({ hash: 'md5', realm: 'a, b', hasQop: false });
    expect(chooseChallenge(['Basic realm="a"'])).toEqual({ scheme: 'basic' });
  });

  test('reads unquoted values, capital letters and stale', () => {
    const challenge = chooseChallenge(['DIGEST Realm=cam, Nonce=ab12, Stale=TRUE, Algorithm="md5", opaque="x"']);
    expect(challenge).toMatchObject({ realm: 'cam', nonce: 'ab12', isStale: true, hash: 'md5', opaque: 'x' });
  });

  test.each([
    ['an unknown algorithm', ['Digest realm="a", nonce="1", algorithm=SHA3-512, qop="auth"'], 'does not know'],
    ['an unknown scheme', ['Bearer realm="a"'], 'does not know'],
    ['integrity only', ['Digest realm="a", nonce="1", qop="auth-int"'], 'does not know'],
    ['nothing', [], 'does not say'],
  ])('says in words that it cannot answer %s', (_, headers, words) => {
    expect(() => chooseChallenge(headers)).toThrow(words);
  });

  test.each([
    ['a long name', [`Digest x=1 ${'-'.repeat(32_000)}`]],
    ['a long value', [`Digest realm="${'a'.repeat(3_000)}", nonce="1"`]],
    ['many', Array.from({ length: 40 }, () => 'Digest realm="a", nonce="1"')],
  ])('refuses what is too long to be a challenge: %s', (_, headers) => {
    expect(() => chooseChallenge(headers)).toThrow('too long');
  });

  test('takes a name whole or not at all', () => {
    const challenge = chooseChallenge([`Digest nonce="1", ${'x'.repeat(60)}nonce="2", -realm="b"`]);
    expect(challenge).toMatchObject({ nonce: '1', realm: '' });
  });

  test('takes Basic only where nothing speaks against it', () => {
    expect(() => chooseChallenge(['Basic realm="a"'], 'It knew better.')).toThrow('It knew better.');
    expect(chooseChallenge(['Basic realm="a"', 'Digest realm="a", nonce="1"'], 'No.')).toMatchObject({ nonce: '1' });
  });

  test('survives whatever a camera sends', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), (headers) => {
        const read = () =>
          authorise(chooseChallenge(headers.map((header) => `Digest ${header}`)), credentials, request);
        expect(errorOf(read) ?? new CameraError('refused')).toBeInstanceOf(CameraError);
      }),
    );
  });
});

describe('authorise', () => {
  test('answers RFC 2617 digests, with a fresh client nonce and the count', () => {
    const challenge = chooseChallenge(['Digest realm="cam", nonce="n1", qop="auth", algorithm=SHA-256']);
    const header = authorise(challenge, credentials, { ...request, nonceCount: 2 });
    const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
    const middle = `n1:00000002:${fieldOf(header, 'cnonce')}:auth`;
    const expected = sha256(`${sha256('viewer:cam:100%#"pass')}:${middle}:${sha256('DESCRIBE:rtsp://10.0.0.7/main')}`);
    expect(fieldOf(header, 'response')).toBe(expected);
    expect(header).toContain('algorithm=SHA-256, qop=auth, nc=00000002');
  });

  test('answers RFC 2069 digests without fields that the challenge did not have', () => {
    const header = authorise(chooseChallenge(['Digest realm="cam", nonce="n1"']), credentials, request);
    const md5 = (text: string) => createHash('md5').update(text).digest('hex');
    expect(fieldOf(header, 'response')).toBe(
      md5(`${md5('viewer:cam:100%#"pass')}:n1:${md5('DESCRIBE:rtsp://10.0.0.7/main')}`),
    );
    expect(header).not.toMatch(/algorithm|qop|cnonce|opaque/);
  });

  test('an empty password is a password', () => {
    const header = authorise({ scheme: 'basic' }, { username: 'admin', password: new Secret('') }, request);
    expect(Buffer.from(header.slice(6), 'base64').toString()).toBe('admin:');
  });
});

function errorOf(act: () => unknown): unknown {
  try {
    act();
    return undefined;
  } catch (error) {
    return error;
  }
}

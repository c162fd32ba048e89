import { describe, expect, test } from 'vitest';
import { Secret } from '../Secret.ts';
import type { Credentials } from './authorise.ts';
import { RtspDialogue } from './RtspDialogue.ts';
import type { RtspResponse } from './RtspMessage.ts';
import { DigestMemory, type SignInRule } from './SignInRule.ts';

const credentials = { username: 'viewer', password: new Secret('secret') };
const ok: RtspResponse = { status: 200, headers: new Map(), body: '' };
const challenge = (text: string): RtspResponse => ({
  status: 401,
  headers: new Map([['www-authenticate', [text]]]),
  body: '',
});

const camera = { id: 'camera 1', host: '10.0.0.7', port: 554, isDigestOnly: false };
const ruleOf = (changed: Partial<typeof camera> = {}, memory = new DigestMemory()) =>
  memory.ruleFor({ ...camera, ...changed });

/** A camera that gives these answers in turn, and remembers what authorisation came. */
function openDialogue(answers: RtspResponse[], given: Credentials | undefined, rule: SignInRule = ruleOf()) {
  const authorisations: (string | undefined)[] = [];
  const request = (_method: string, _uri: string, headers: readonly (readonly [string, string])[]) => {
    authorisations.push(headers.find(([name]) => name === 'Authorization')?.[1]);
    return Promise.resolve(answers.shift() ?? ok);
  };
  return { dialogue: new RtspDialogue({ request }, given, rule), authorisations };
}

describe('RtspDialogue', () => {
  test('signs in when it is asked, and goes on with the same challenge', async () => {
    const { dialogue, authorisations } = openDialogue(
      [challenge('Digest realm="a", nonce="1", qop="auth"')],
      credentials,
    );
    expect((await dialogue.send('DESCRIBE', 'rtsp://a/')).status).toBe(200);
    await dialogue.send('SETUP', 'rtsp://a/1');
    expect(authorisations.map((text) => /nonce="1".*nc=(\d+)/.exec(text ?? '')?.[1])).toEqual([
      undefined,
      '00000001',
      '00000002',
    ]);
  });

  test('signs in again when the nonce expired, said or unsaid', async () => {
    const { dialogue } = openDialogue(
      [
        challenge('Digest realm="a", nonce="1"'),
        ok,
        challenge('Digest realm="a", nonce="2"'),
        ok,
        challenge('Digest realm="a", nonce="3"'),
        challenge('Digest realm="a", nonce="4", stale=true'),
        ok,
      ],
      credentials,
    );
    for (const method of ['DESCRIBE', 'SETUP', 'PLAY'])
      expect((await dialogue.send(method, 'rtsp://a/')).status).toBe(200);
  });

  test.each([
    ['a fresh nonce at every refusal', ['1', '2', '3'].map((nonce) => challenge(`Digest realm="a", nonce="${nonce}"`))],
    ['the same nonce', ['1', '1', '1'].map((nonce) => challenge(`Digest realm="a", nonce="${nonce}"`))],
    ['stale for ever', Array.from({ length: 9 }, () => challenge('Digest realm="a", nonce="1", stale=true'))],
    ['Basic', [challenge('Basic realm="a"'), challenge('Basic realm="a"')]],
  ])('a wrong password is told as such, with %s', async (_, answers) => {
    const { dialogue, authorisations } = openDialogue(answers, credentials);
    await expect(dialogue.send('DESCRIBE', 'rtsp://a/')).rejects.toMatchObject({ fault: 'wrongPassword' });
    expect(authorisations.length).toBeLessThanOrEqual(4);
  });

  test('a camera that asks for a password that nobody entered', async () => {
    const { dialogue } = openDialogue([challenge('Basic realm="a"')], undefined);
    await expect(dialogue.send('DESCRIBE', 'rtsp://a/')).rejects.toThrow('asks for a user name and password');
  });

  test('a camera that once asked for Digest is not told the password when it asks for Basic', async () => {
    const memory = new DigestMemory();
    const first = openDialogue([challenge('Digest realm="a", nonce="1"')], credentials, ruleOf({}, memory));
    await first.dialogue.send('DESCRIBE', 'rtsp://a/');
    const second = openDialogue([challenge('Basic realm="a"')], credentials, ruleOf({}, memory));
    await expect(second.dialogue.send('DESCRIBE', 'rtsp://a/')).rejects.toMatchObject({
      fault: 'refused',
      message: expect.stringContaining('asked for Digest before'),
    });
    expect(second.authorisations).toEqual([undefined]);
    for (const other of [{ id: 'camera 2' }, { host: '10.0.0.8' }, { port: 555 }]) {
      const { dialogue } = openDialogue([challenge('Basic realm="a"')], credentials, ruleOf(other, memory));
      expect((await dialogue.send('DESCRIBE', 'rtsp://a/')).status).toBe(200);
    }
  });

  test('a camera whose entry says Digest is never told the password in clear text', async () => {
    const rule = ruleOf({ isDigestOnly: true });
    const { dialogue, authorisations } = openDialogue([challenge('Basic realm="a"')], credentials, rule);
    await expect(dialogue.send('DESCRIBE', 'rtsp://a/')).rejects.toThrow('Digest only');
    expect(authorisations).toEqual([undefined]);
  });

  test('takes the session id and its time-out', () => {
    const { dialogue } = openDialogue([], credentials);
    const session = (text: string) => dialogue.takeSession({ ...ok, headers: new Map([['session', [text]]]) });
    expect(session('12 ; Timeout = 5')).toEqual({ timeoutMs: 5_000 });
    expect(session('12')).toEqual({ timeoutMs: 60_000 });
    expect(session('12;timeout=0')).toEqual({ timeoutMs: 60_000 });
  });
});

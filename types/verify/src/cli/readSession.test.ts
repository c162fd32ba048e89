import { afterEach, expect, test, vi } from 'vitest';
import { CannotCheck } from './CannotCheck.ts';
import { readSession } from './readSession.ts';

afterEach(() => vi.unstubAllEnvs());

const bare = 'commonsight.session_token=token.signature';

test.each(['token.signature', bare, `__Host-${bare}`, ` ${bare}\n`])(
  'the session %j is sent as the server calls it',
  async (given) => {
    vi.stubEnv('COMMONSIGHT_SESSION', given);
    expect(await readSession('https://city.example/')).toBe(`__Host-${bare}`);
    expect(await readSession('http://localhost:8080/')).toBe(bare);
  },
);

test('what is no value of a cookie is refused', async () => {
  vi.stubEnv('COMMONSIGHT_SESSION', 'token; other=1');
  await expect(readSession('https://city.example/')).rejects.toThrow(CannotCheck);
});

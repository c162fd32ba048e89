import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { RelayProcess } from './support/RelayProcess.ts';
import { enrolmentCode, StandInServer } from './support/StandInServer.ts';
import { waitFor } from './support/waitFor.ts';

let server: StandInServer;
let folder: string;
beforeEach(async () => {
  server = await StandInServer.open();
  folder = await mkdtemp(join(tmpdir(), 'relay-enrol-'));
});
afterEach(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

const enrol = (...more: string[]) =>
  RelayProcess.run(['enrol', '--server', server.url, '--code', enrolmentCode, '--folder', folder, ...more]);

describe('enrolment', () => {
  test('ENR2 ENR3 a relay that enrolled connects with its own key', async () => {
    expect(await enrol()).toEqual({ exitCode: 0, output: expect.stringContaining('Enrolled for Test site.') });
    expect((await stat(join(folder, 'relay.json'))).mode & 0o777).toBe(0o600);
    const relay = new RelayProcess(['run', '--folder', folder]);
    await server.untilConnected();
    expect(await relay.end()).toMatchObject({ exitCode: 0 });
    const { deviceKey } = JSON.parse(await readFile(join(folder, 'relay.json'), 'utf8')) as { deviceKey: string };
    expect(relay.output).not.toContain(deviceKey);
  });

  test('a code works once, and a folder is enrolled once', async () => {
    await enrol();
    expect(await enrol()).toEqual({ exitCode: 1, output: expect.stringContaining('Use --again') });
    const again = await enrol('--again');
    expect(again).toEqual({ exitCode: 1, output: expect.stringContaining('did not accept the code') });
  });

  test('a relay with another key is refused and tries on', async () => {
    await enrol();
    const file = join(folder, 'relay.json');
    const content = JSON.parse(await readFile(file, 'utf8')) as object;
    const stranger = await StandInServer.open();
    const other = await mkdtemp(join(tmpdir(), 'relay-enrol-'));
    await RelayProcess.run(['enrol', '--server', stranger.url, '--code', enrolmentCode, '--folder', other]);
    const { deviceKey } = JSON.parse(await readFile(join(other, 'relay.json'), 'utf8')) as { deviceKey: string };
    await writeFile(file, JSON.stringify({ ...content, deviceKey }));
    const relay = new RelayProcess(['run', '--folder', folder]);
    await expect.poll(() => server.refusedHellos.length, { timeout: 30_000 }).toBeGreaterThan(1);
    expect(server.isConnected).toBe(false);
    expect(await relay.end()).toMatchObject({ exitCode: 0 });
    await stranger.close();
    await rm(other, { recursive: true });
  });
});

test('a relay that is revoked is cut off, and tries on slowly', async () => {
  await enrol();
  const relay = new RelayProcess(['run', '--folder', folder]);
  await server.untilConnected();
  server.revoke();
  const startedAtMs = performance.now();
  await waitFor('two refusals', () => server.refusedHellos.length >= 2);
  expect(performance.now() - startedAtMs).toBeGreaterThan(3_000);
  expect(await relay.end()).toMatchObject({ exitCode: 0 });
});

test('a relay that was enrolled for a server without TLS on a network does not run', async () => {
  await enrol();
  const file = join(folder, 'relay.json');
  const content = JSON.parse(await readFile(file, 'utf8')) as object;
  await writeFile(file, JSON.stringify({ ...content, serverUrl: 'http://commonsight.example' }));
  const { exitCode, output } = await RelayProcess.run(['run', '--folder', folder]);
  expect({ exitCode, output }).toEqual({ exitCode: 1, output: expect.stringContaining('Without TLS') });
});

describe('the command line', () => {
  test('shows how it is used', async () => {
    expect(await RelayProcess.run(['--help'])).toEqual({ exitCode: 0, output: expect.stringContaining('Usage:') });
  });

  test.each<[string, string[], Record<string, string>, string]>([
    ['an unknown flag', ['run', '--folder', '.', '--port', '1'], {}, '--port'],
    ['no folder', ['run'], {}, '--folder DIR is missing'],
    ['a folder without an enrolment', ['run', '--folder', '/nowhere'], {}, 'holds no enrolment'],
    ['a wrong setting', ['run', '--folder', '.'], { LOG_LEVEL: 'loud' }, 'LOG_LEVEL'],
  ])('says in one sentence what is wrong with %s', async (_, args, env, words) => {
    const { exitCode, output } = await RelayProcess.run(args, env);
    expect(exitCode).toBe(1);
    expect(output).toContain(words);
    expect(output.trim().split('\n')).toHaveLength(1);
  });

  test('says in one sentence that the server is not there', async () => {
    const args = ['enrol', '--server', 'http://127.0.0.1:9', '--code', enrolmentCode, '--folder', folder];
    const { exitCode, output } = await RelayProcess.run(args);
    expect({ exitCode, lines: output.trim().split('\n') }).toEqual({
      exitCode: 1,
      lines: [expect.stringContaining('is not answering')],
    });
  });
});

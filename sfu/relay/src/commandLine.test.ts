import { describe, expect, test } from 'vitest';
import { parseCommandLine } from './commandLine.ts';

const parse = (line: string) => parseCommandLine(line === '' ? [] : line.split(' '));

describe('parseCommandLine', () => {
  test('reads the two commands', () => {
    expect(parse('run --folder /var/lib/relay')).toEqual({ name: 'run', folder: '/var/lib/relay' });
    expect(
      parse('enrol --server https://a.example --code ABCDE-12345 --folder=x --name Harbor --again --insecure'),
    ).toEqual({
      name: 'enrol',
      serverUrl: 'https://a.example',
      code: 'ABCDE-12345',
      folder: 'x',
      relayName: 'Harbor',
      isAgain: true,
      isInsecureAllowed: true,
    });
    expect(parse('enrol --server s --code c --folder f')).toMatchObject({
      relayName: expect.any(String),
      isAgain: false,
      isInsecureAllowed: false,
    });
  });

  test('reads what is asked about masking', () => {
    expect(parse('masks measure')).toEqual({ name: 'masks', act: 'measure', width: 1280, height: 720 });
    expect(parse('masks measure --size 640x360')).toMatchObject({ width: 640, height: 360 });
  });

  test('reads what an owner asks about the log', () => {
    expect(parse('log status --folder f')).toEqual({ name: 'log', act: 'status', folder: 'f' });
    expect(parse('log resume --folder f')).toEqual({ name: 'log', act: 'resume', folder: 'f' });
    expect(parse('log trust --folder f --key k')).toEqual({ name: 'log', act: 'trust', folder: 'f', key: 'k' });
  });

  test('reads what an owner says about sharing', () => {
    const camera = '019b8d3c-0000-7000-8000-000000000002';
    expect(parse('owner pair --folder f')).toEqual({ name: 'owner', act: 'pair', folder: 'f', key: undefined });
    expect(parse('owner list --folder f')).toEqual({ name: 'owner', act: 'list', folder: 'f' });
    expect(parse('owner forget --folder f --key k')).toEqual({ name: 'owner', act: 'forget', folder: 'f', key: 'k' });
    expect(parse('sharing show --folder f')).toEqual({ name: 'sharing', act: 'show', folder: 'f' });
    expect(parse('sharing import --folder f --file d')).toMatchObject({ act: 'import', file: 'd' });
    expect(parse('sharing set --folder f --all --mode off')).toMatchObject({ cameraId: null, rule: { mode: 'off' } });
    const args = ['sharing', 'set', '--folder', 'f', '--camera', camera, '--mode', 'always', '--schedule'];
    expect(parseCommandLine([...args, 'monday,friday 22:00-06:00; sunday 00:00-24:00'])).toMatchObject({
      cameraId: camera,
      rule: {
        mode: 'off',
        schedule: [
          { days: ['monday', 'friday'], from: '22:00', to: '06:00', mode: 'always' },
          { days: ['sunday'], from: '00:00', to: '24:00', mode: 'always' },
        ],
      },
    });
    const mask = ['sharing', 'mask', '--folder', 'f', '--camera', camera];
    const drawn = [...mask, '--size', '640x360'];
    expect(parseCommandLine([...drawn, '--polygon', '0,0 0.5,0 0.5,1', '--polygon', '1,1 0.9,1  1,0.9'])).toMatchObject(
      {
        cameraId: camera,
        masks: {
          width: 640,
          height: 360,
          polygons: [
            [
              [0, 0],
              [0.5, 0],
              [0.5, 1],
            ],
            [
              [1, 1],
              [0.9, 1],
              [1, 0.9],
            ],
          ],
        },
      },
    );
    expect(parseCommandLine([...mask, '--clear'])).toMatchObject({ act: 'mask', masks: null });
    expect(() => parseCommandLine([...drawn, '--clear'])).toThrow('takes no --size');
    expect(() => parseCommandLine([...mask, '--polygon', '0,0 0.5,0 0.5,1'])).toThrow('--size WIDTHxHEIGHT is missing');
    const wrong =
      (...polygons: string[]) =>
      () =>
        parseCommandLine([...drawn, ...polygons.flatMap((one) => ['--polygon', one])]);
    expect(wrong('0,0 0.5,0 0.5,1', '0,0 1,1 1,0 0,1')).toThrow('Mask 2: The sides of a mask cross');
    expect(wrong('0,0 0.5,0 0.5,1.2')).toThrow('Mask 1, point 3: Too big');
    expect(wrong('0,0 0.5, 0.5,1')).toThrow('Mask 1, point 2: Invalid');
    expect(wrong('0,0 1,0 1,1,1')).toThrow('Mask 1, point 3: Too big');
    expect(wrong('somewhere')).toThrow('Mask 1');
    expect(() => parseCommandLine([...args, 'monday 25:00-06:00'])).toThrow('--schedule is not understood');
  });

  test('reads where a pairing code is shown', () => {
    const asked = { name: 'owner', act: 'code', folder: 'f' };
    expect(parse('owner code --folder f')).toEqual({ ...asked, isOnPage: false });
    expect(parse('owner code --folder f --page')).toEqual({ ...asked, isOnPage: true });
    for (const other of ['owner list', 'run', 'log status', 'alert status']) {
      expect(() => parse(`${other} --folder f --page`)).toThrow('takes no --page');
    }
  });

  test('reads what is asked about many cameras', () => {
    const camera = '019b8d3c-0000-7000-8000-000000000002';
    expect(parse('camera import --folder f --file c.csv')).toMatchObject({ act: 'import', file: 'c.csv' });
    expect(parse(`camera confirm --folder f --camera ${camera}`)).toMatchObject({ act: 'confirm', cameraId: camera });
    expect(parse('camera confirm --folder f --all')).toMatchObject({ act: 'confirm', cameraId: undefined });
    expect(parse('camera confirm --folder f')).toEqual({ name: 'camera', act: 'listAwaiting', folder: 'f' });
  });

  test.each(['', '--help', '-h', 'run --help'])('shows how it is used for "%s"', (line) => {
    expect(parse(line)).toEqual({ name: 'help' });
  });

  test.each([
    ['run', '--folder DIR is missing'],
    ['run --folder', '--folder'],
    ['run --folder x --port 1', '--port'],
    ['run --folder x --code c', 'takes no --code'],
    ['run --folder x --insecure', 'takes no --insecure'],
    ['run now --folder x', 'now'],
    ['enrol --server s --folder f', '--code CODE is missing'],
    ['stop --folder x', 'no command stop'],
    ['log --folder x', 'no command log'],
    ['log status', '--folder DIR is missing'],
    ['log status --folder x --key k', 'takes no --key'],
    ['log trust --folder x', '--key KEY is missing'],
    ['log trust --folder x --key k --code c', 'takes no --code'],
    ['run --folder x --key k', 'takes no --key'],
    ['--folder x', 'no command'],
    ['owner --folder x', 'no command owner'],
    ['owner forget --folder x', '--key KEY is missing'],
    ['sharing set --folder x --mode off', 'either --camera ID or --all'],
    ['sharing set --folder x --all --mode on', '--mode is'],
    ['sharing set --folder x --camera north --mode off', 'camera’s id'],
    ['sharing show --folder x --all', 'takes no --all'],
    ['run --folder x --all', 'takes no --all'],
    ['camera import --folder x', '--file FILE is missing'],
    ['camera import --folder x --file f --all', 'takes no --all'],
    ['camera confirm --folder x --all --camera 019b8d3c-0000-7000-8000-000000000002', 'either --camera ID or --all'],
    ['camera confirm --folder x --camera north', 'camera’s id'],
    ['sharing mask --folder x --clear', '--camera ID is missing'],
    ['sharing mask --folder x --camera 019b8d3c-0000-7000-8000-000000000002', 'either --polygon'],
    ['sharing set --folder x --all --mode off --clear', 'takes no --clear'],
    ['masks', 'no command masks'],
    ['masks measure --size large', '--size has the form'],
    ['masks measure --folder x', 'takes no --folder'],
  ])('says in one sentence what is wrong with "%s"', (line, words) => {
    expect(() => parse(line)).toThrow(words);
    expect(() => parse(line)).toThrow(/^[^\n]*See relay --help\.$/);
  });
});

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AlertInput } from '@commonsight/types/relay/alert-input';
import type { SharingDocument } from '@commonsight/types/relay/sharing';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { RelayError } from '../errors.ts';
import type { State } from '../sharing/Sharing.ts';
import { writePrivateFile } from '../writePrivateFile.ts';
import { AlertInputs } from './AlertInputs.ts';
import type { InputWatchOptions } from './InputWatch.ts';

const [door, yard] = ['019b8d3c-0000-7000-8000-00000000000a', '019b8d3c-0000-7000-8000-00000000000b'] as const;
const rule = { mode: 'onAlert' as const, schedule: [], dates: [] };

interface Played {
  readonly options: InputWatchOptions;
  isHeard: boolean;
  reopened: number;
  closed: number;
}

let folder: string;
let state: State;
let awaiting: Set<string>;
let starts: number;
/** For which choice of the owner's each was. */
let sources: string[];
let lines: string[];
let refusal: RelayError | null;
let played: Played[];
let inputs: AlertInputs;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'alert-inputs-'));
  [starts, refusal, played] = [0, null, []];
  [sources, lines] = [[], []];
  awaiting = new Set();
  await enter({ [door]: '10.0.0.7', [yard]: '10.0.0.8' });
  inputs = new AlertInputs({
    folder,
    rules: { isLoopbackAllowed: true, isLinkLocalAllowed: true },
    sharingState: () => state,
    awaitsOwner: (cameraId) => awaiting.has(cameraId),
    alerts: {
      startByInput: (which) => {
        sources.push(which);
        if (refusal !== null) throw refusal;
        starts += 1;
      },
    },
    log: pino({ level: 'info' }, { write: (line: string) => void lines.push(line) }),
    openWatch: (options) => {
      const one: Played = { options, isHeard: false, reopened: 0, closed: 0 };
      played.push(one);
      return {
        get isHeard() {
          return one.isHeard;
        },
        start: () => undefined,
        reopen: () => void (one.reopened += 1),
        close: async () => void (one.closed += 1),
      };
    },
  });
});
afterEach(async () => {
  await inputs.close();
  await rm(folder, { recursive: true });
});

function enter(hosts: Record<string, string>): Promise<void> {
  const cameras = Object.entries(hosts).map(([id, host]) => [id, { host, streams: { sub: '/sub' } }]);
  return writePrivateFile(join(folder, 'cameras.json'), JSON.stringify({ cameras: Object.fromEntries(cameras) }));
}

function choose(...chosen: AlertInput[]): Promise<void> {
  const document: SharingDocument = {
    format: 'commonsight-sharing-1',
    relayId: door,
    version: 1,
    issuedAt: '2026-01-05T10:00:00.000Z',
    timeZone: 'America/Chicago',
    default: rule,
    cameras: {},
    inputs: chosen,
  };
  state = { is: 'paired', ownerKeys: [], document, signed: null };
  return inputs.look();
}

const button = (change: Partial<AlertInput> = {}): AlertInput => ({
  cameraId: door,
  input: 'In_1',
  startsWhen: 'on',
  ...change,
});
const press = (input = 'In_1', isActive = true) =>
  played.at(-1)?.options.onChange({ input, isActive, isInitial: false });

test('the cameras that the document names are watched, and no others, for as long as it names them', async () => {
  await choose();
  expect(played).toHaveLength(0);
  await choose(button(), button({ input: 'In_2' }), button({ cameraId: yard }));
  expect(played).toHaveLength(2);
  expect(await played[0]?.options.place()).toMatchObject({ host: '10.0.0.7', port: 80 });
  expect(inputs.stateOf(door)).toBe('failing');
  await choose(button({ cameraId: yard }));
  expect(played.map(({ closed }) => closed)).toEqual([1, 0]);
  expect(inputs.stateOf(door)).toBeUndefined();
  state = { is: 'unpaired' };
  await inputs.look();
  expect(played.map(({ closed }) => closed)).toEqual([1, 1]);
});

test('a corrected entry counts at once, and a folder that cannot be read changes nothing', async () => {
  await choose(button());
  await inputs.look();
  await enter({ [door]: '10.0.0.9' });
  await inputs.look();
  expect(played.map(({ reopened }) => reopened)).toEqual([1]);
  state = { is: 'damaged' };
  await inputs.look();
  expect(played.map(({ closed }) => closed)).toEqual([0]);
});

test('a camera that awaits its owner is not asked', async () => {
  awaiting.add(door);
  await choose(button());
  expect(played).toHaveLength(0);
  awaiting.clear();
  await inputs.look();
  expect(played).toHaveLength(1);
});

test('ALE9 the chosen input begins the alert as it was chosen, and nothing else does', async () => {
  await choose(button());
  press('In_2');
  press('In_1', false);
  expect(starts).toBe(0);
  press();
  expect(starts).toBe(1);
  await choose(button({ startsWhen: 'off', input: null }));
  press();
  expect(starts).toBe(1);
  press('In_7', false);
  expect(starts).toBe(2);
});

test('an alert that does not fit is no failure of the camera', async () => {
  await choose(button());
  refusal = new RelayError('notPermitted', 'There is no alert yet.');
  expect(() => press()).not.toThrow();
});

test('ALE9 each choice of the owner is a source of its own, however many inputs a camera makes up', async () => {
  await choose(button(), button({ input: null }), button({ cameraId: yard, input: null }));
  const [first] = played;
  for (const input of ['In_1', 'In_2', 'In_3']) first?.options.onChange({ input, isActive: true, isInitial: false });
  press('In_1');
  expect(sources).toEqual([`${door} In_1`, door, door, yard]);
});

test('a camera that floods fills no log, and takes no lines from another one', async () => {
  await choose(button(), button({ cameraId: yard }));
  refusal = new RelayError('conflict', 'The alert has just ended.');
  const [first] = played;
  for (let each = 0; each < 1_000; each += 1) {
    first?.options.onChange({ input: 'In_1', isActive: true, isInitial: false });
  }
  expect(lines).toHaveLength(30);
  press();
  expect(lines.at(-1)).toContain(yard);
});

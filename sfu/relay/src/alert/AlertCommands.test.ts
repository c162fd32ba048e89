import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AlertState } from '@commonsight/types/relay/alert';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { RelayError } from '../errors.ts';
import { writePrivateFile } from '../writePrivateFile.ts';
import { AlertCommands, type ConsoleAct } from './AlertCommands.ts';
import { parseAlertCommand, runAlertCommand } from './runAlertCommand.ts';

let folder: string;
let acts: ConsoleAct[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'commonsight-alert-'));
  acts = [];
});
afterEach(() => rm(folder, { recursive: true }));

const state: AlertState = {
  id: randomUUID(),
  isTest: false,
  trigger: 'console',
  stage: 'arming',
  leftMs: 5_000,
  sharedMs: 0,
  mayExtend: false,
  end: null,
  endedMsAgo: null,
};

function act(asked: ConsoleAct): AlertState | null {
  acts.push(asked);
  if (asked === 'test') throw new RelayError('conflict', 'An alert runs.');
  return asked === 'status' ? null : state;
}

/** Serves as a running relay does, until the answer is there. */
async function asked<T>(asking: Promise<T>): Promise<T> {
  const ended = new AbortController();
  const over = asking.finally(() => ended.abort());
  const relay = new AlertCommands(folder);
  // Each turn waits for the disk.
  const serve = async (): Promise<void> => {
    while (!ended.signal.aborted) await relay.serve(act);
  };
  const serving = serve();
  try {
    return await over;
  } finally {
    await serving;
  }
}

describe('a command about the alert', () => {
  it('reaches the relay that runs, which answers', async () => {
    expect(await asked(new AlertCommands(folder).ask('start'))).toEqual(state);
    expect(await asked(new AlertCommands(folder).ask('status'))).toBeNull();
    await expect(asked(new AlertCommands(folder).ask('test'))).rejects.toThrow('An alert runs.');
    expect(acts).toEqual(['start', 'status', 'test']);
    expect(await readdir(folder)).toEqual([]);
  });

  it('is taken back when no relay runs, and does nothing later', async () => {
    await expect(new AlertCommands(folder, 300).ask('start')).rejects.toThrow('No relay runs with this folder.');
    await new AlertCommands(folder).serve(act);
    expect(acts).toEqual([]);
  });

  it('says so when the relay has taken it and answers another one', async () => {
    const asking = new AlertCommands(folder, 3_000).ask('start');
    const answer = { id: randomUUID(), alert: null, problem: null };
    const answered = asking.catch(String);
    // Takes it like a relay that dies before it has answered.
    await vi.waitFor(async () => expect(await readdir(folder)).toContain('alert-command.json'), {
      timeout: 60_000,
      interval: 5,
    });
    await rm(join(folder, 'alert-command.json'));
    await writePrivateFile(join(folder, 'alert-answer.json'), JSON.stringify(answer));
    expect(await answered).toContain('The relay took the command and has not answered.');
  });

  it('of before the start is forgotten', async () => {
    await writePrivateFile(join(folder, 'alert-command.json'), JSON.stringify({ id: randomUUID(), act: 'start' }));
    const relay = new AlertCommands(folder);
    await relay.forget();
    await relay.serve(act);
    expect(acts).toEqual([]);
    expect(await readdir(folder)).toEqual([]);
  });

  it('is one of those that are known, and prints what came of it', async () => {
    expect(parseAlertCommand(['start'], folder)).toEqual({ name: 'alert', act: 'start', folder });
    expect(() => parseAlertCommand(['extend'], folder)).toThrow('There is no command alert extend');
    expect(() => parseAlertCommand(['start', 'now'], folder)).toThrow('There is no command alert start now');
    expect(await asked(runAlertCommand({ name: 'alert', act: 'start', folder }))).toEqual([
      'Alert begins in 5 s. relay alert end cancels it.',
    ]);
    expect(await asked(runAlertCommand({ name: 'alert', act: 'status', folder }))).toEqual([
      'No alert since the relay was started.',
    ]);
  });
});

describe('ALE5 the key of local triggers', () => {
  it('is made once, and is not taken for one when the file is empty or cut off', async () => {
    const [line] = await runAlertCommand({ name: 'alert', act: 'key', folder });
    expect(line).toMatch(/^Key for local triggers: [0-9a-f]{64}$/);
    const again = () => runAlertCommand({ name: 'alert', act: 'key', folder });
    await expect(again()).rejects.toThrow('There is a key already');
    for (const text of ['', '\n', 'f'.repeat(63), 'F'.repeat(64)]) {
      await writePrivateFile(join(folder, 'alert-webhook.key'), text);
      await expect(again()).rejects.toThrow('holds no key');
    }
  });
});

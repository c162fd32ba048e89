import { routes } from '@commonsight/types/http/routes';
import type { Position } from '@commonsight/types/position';
import type { CameraReport, DiscoveredCamera } from '@commonsight/types/relay/camera-entry';
import {
  type CameraCells,
  type CameraColumn,
  type CameraEntryDraft,
  emptyCameraCells,
  mostFileCameras,
} from '@commonsight/types/relay/camera-file';
import { createStore } from 'zustand/vanilla';
import { call } from '../../api/call.ts';
import type { CallError, CallResult } from '../../api/CallResult.ts';
import { entryColumns, type LineState, type NewLine, type ReadLine, readLines } from './NewLine.ts';
import { patiently } from './patiently.ts';
import { type Kept, RecordKeeper } from './RecordKeeper.ts';
import { sealCamera, type SealingTarget } from './sealCamera.ts';

export interface NewCamerasSite {
  siteId: string;
  /** Where the site is, and so each camera that says no other place. */
  position: Position;
  target: SealingTarget;
}

export interface NewCamerasState {
  lines: readonly NewLine[];
  /** What is done with some of the lines now, and how many of them are through. */
  run: { is: 'testing' | 'saving'; done: number; all: number } | null;
  /** What came of the last run, in words. */
  outcome: string | null;
  /** What is wrong with no line alone, until the next act. */
  problem: string | null;
}

type Act = (key: string, signal: AbortSignal) => Promise<void>;

/** The relay tests so many at once and refuses one more. */
const testsAtOnce = 4;

const untested: LineState = { is: 'new' };
const waiting: LineState = { is: 'waiting' };

/** After these no other line would fare better. */
const runEnding: ReadonlySet<CallError['code']> = new Set<CallError['code']>([
  'unreachable',
  'relayOffline',
  'notSignedIn',
  'sessionLocked',
  'noticeNeeded',
  'secondFactorNeeded',
  'foreignOrigin',
  'notPermitted',
]);

/** A site's new cameras on their way: they are corrected, tested by the relay and saved, one run at a time. */
export class NewCamerasList {
  readonly store = createStore<NewCamerasState>()(() => ({ lines: [], run: null, outcome: null, problem: null }));
  readonly #site: NewCamerasSite;
  readonly #keeper: RecordKeeper;
  #abort = new AbortController();
  #lastKey = 0;
  /** What lines say by their cells, which are never changed themselves. */
  readonly #readCells = new WeakMap<CameraCells, ReadLine>();
  #known: { cells: readonly CameraCells[]; read: readonly ReadLine[] } = { cells: [], read: [] };

  constructor(site: NewCamerasSite) {
    this.#site = site;
    this.#keeper = new RecordKeeper({
      siteId: site.siteId,
      relayId: site.target.relayId,
      takenIds: () => new Set(this.store.getState().lines.map(({ cameraId }) => cameraId)),
      onMade: (key, cameraId) => this.#change(key, { cameraId }),
    });
  }

  /** What each line says, in their order. It is read anew only after cells have changed. */
  read(): readonly ReadLine[] {
    const { lines } = this.store.getState();
    const cells = lines.map((line) => line.cells);
    const known = this.#known;
    const isSame = cells.length === known.cells.length && cells.every((one, at) => one === known.cells[at]);
    if (!isSame) this.#known = { cells, read: readLines(lines, this.#site.position, this.#readCells) };
    return this.#known.read;
  }

  add(cells: readonly CameraCells[]): void {
    this.#append(cells.map((one) => ({ cells: one, found: null })));
  }

  /** Once only, however often it is found. */
  addFound(found: DiscoveredCamera): void {
    if (this.store.getState().lines.some((line) => line.found?.found === found.found)) return;
    this.#append([{ cells: { ...emptyCameraCells, name: found.name.trim() }, found }]);
  }

  /** A change of what a test depends on drops its result. What is being saved, or is saved, stays as it is. */
  changeCells(key: string, change: Partial<Record<CameraColumn, string>>): void {
    const line = this.#line(key);
    if (line === undefined || line.state.is === 'saving' || line.state.is === 'saved') return;
    const cells = { ...line.cells, ...change };
    const isOther = entryColumns.some((column) => cells[column] !== line.cells[column]);
    // What the relay may have kept was another camera then.
    if (isOther) this.#keeper.forgetKept(key);
    // A record says what the cells said when it was made.
    const isPast = isOther || line.state.is === 'recorded';
    this.#change(key, { cells, state: isPast ? untested : line.state });
  }

  /** The same cells for many lines, such as the password that a site's cameras share. */
  changeMany(keys: ReadonlySet<string>, change: Partial<Record<CameraColumn, string>>): void {
    for (const key of keys) this.changeCells(key, change);
  }

  /** Tests these lines, or all that are untested or have failed; of both, those that are right. */
  async test(keys?: ReadonlySet<string>): Promise<void> {
    const read = this.read();
    const chosen = this.store.getState().lines.filter(({ key, state }, at) => {
      const isRight = (read[at]?.entry ?? null) !== null;
      const isMeant = keys === undefined ? state.is === 'new' || state.is === 'failed' : keys.has(key);
      return isRight && isMeant && state.is !== 'saved';
    });
    await this.#run('testing', chosen, testsAtOnce, (key, signal) => this.#testOne(key, signal));
  }

  /** Saves those that passed. What fails stays on the list and is tried again by the next save. */
  async save(): Promise<void> {
    const read = this.read();
    const chosen = this.store
      .getState()
      .lines.filter(({ state }, at) => isSavable(state) && (read[at]?.record ?? null) !== null);
    let expired = 0;
    // One after the other: cameras get their numbers in the order of the list.
    await this.#run('saving', chosen, 1, async (key, signal) => {
      if ((await this.#saveOne(key, signal)) === 'expired') expired += 1;
    });
    if (expired === 0) return;
    const which = expired === 1 ? '1 camera was' : `${String(expired)} cameras were`;
    const words = `${which} tested too long ago. Test again, then save.`;
    this.store.setState(({ problem }) => ({ problem: problem === null ? words : `${problem} ${words}` }));
  }

  /** Makes records alone, for cameras that are entered at the relay's console: their cells get the ids that it asks for. */
  async record(): Promise<void> {
    const read = this.read();
    const chosen = this.store
      .getState()
      .lines.filter(({ state }, at) => isRecordable(state) && (read[at]?.record ?? null) !== null);
    await this.#run('saving', chosen, 1, (key, signal) => this.#recordOne(key, signal));
  }

  /** Ends the run: tests are given up, and a camera that is being saved is the last one. */
  cancel(): void {
    this.#abort.abort();
  }

  /** Takes lines away; one that is being saved stays, so that it is known what became of it. */
  remove(keys: ReadonlySet<string>): void {
    const { lines } = this.store.getState();
    this.store.setState({ lines: lines.filter(({ key, state }) => !keys.has(key) || state.is === 'saving') });
  }

  #append(added: readonly Pick<NewLine, 'cells' | 'found'>[]): void {
    const { lines } = this.store.getState();
    const open = lines.filter(({ state }) => state.is !== 'saved').length;
    // The relay remembers the tests of no more, and forgets the oldest.
    if (open + added.length > mostFileCameras) {
      const problem = `The list has at most ${String(mostFileCameras)} cameras. Save or remove some, then add these.`;
      this.store.setState({ problem });
      return;
    }
    const more = added.map((one): NewLine => ({ ...one, key: this.#newKey(), cameraId: null, state: untested }));
    this.store.setState({ lines: [...lines, ...more], problem: null });
  }

  #newKey(): string {
    this.#lastKey += 1;
    return String(this.#lastKey);
  }

  /** Does it with these lines, a few at a time, until all are through or it is ended. Nothing beside another run. */
  async #run(is: 'testing' | 'saving', chosen: readonly NewLine[], atOnce: number, act: Act): Promise<void> {
    const { lines, run } = this.store.getState();
    if (run !== null || chosen.length === 0) return;
    this.#abort = new AbortController();
    this.#keeper.beginRun();
    const { signal } = this.#abort;
    const before = new Map<string, LineState>(chosen.map(({ key, state }) => [key, state]));
    const queue = [...before.keys()];
    this.store.setState({
      lines: is === 'saving' ? lines : lines.map((line) => (before.has(line.key) ? { ...line, state: waiting } : line)),
      run: { is, done: 0, all: queue.length },
      outcome: null,
      problem: null,
    });
    const work = async (): Promise<void> => {
      while (!signal.aborted) {
        const key = queue.shift();
        if (key === undefined) return;
        await act(key, signal);
        this.store.setState((now) => (now.run === null ? now : { run: { ...now.run, done: now.run.done + 1 } }));
      }
    };
    try {
      await Promise.all(Array.from({ length: atOnce }, work));
    } finally {
      const settled = this.store.getState().lines.map((line) => settle(line, before.get(line.key) ?? untested));
      const outcome = outcomeOf(
        is,
        settled.filter(({ key }) => before.has(key)),
      );
      this.store.setState({ lines: settled, run: null, outcome });
    }
  }

  async #testOne(key: string, signal: AbortSignal): Promise<void> {
    const entry = this.#readOf(key)?.entry ?? null;
    // It may have been changed or taken away while it waited.
    if (this.#line(key)?.state.is !== 'waiting' || entry === null) return;
    this.#change(key, { state: { is: 'testing' } });
    const result = await this.#askForTest(entry, signal);
    // What was changed meanwhile is not what was tested.
    if (this.#line(key)?.state.is !== 'testing') return;
    if (result.state === 'ok') this.#change(key, { state: stateAfter(result.value) });
    else if (result.state === 'failed' && !this.#endRunAfter(result.error)) {
      this.#change(key, { state: { is: 'failed', report: null, words: result.error.message } });
    }
  }

  async #askForTest(
    entry: CameraEntryDraft,
    signal: AbortSignal,
  ): Promise<CallResult<{ report: CameraReport; ticket: string | null }>> {
    const { target } = this.#site;
    let sealed: string;
    try {
      sealed = await sealCamera(entry, target, new Date());
    } catch {
      const message = 'This browser could not encrypt the camera for the relay. Load the page again.';
      return { state: 'failed', error: { code: 'badRequest', message } };
    }
    const input = { params: { id: target.relayId }, body: { sealed }, signal };
    return patiently(() => call(routes.testNewCamera, input), signal);
  }

  async #saveOne(key: string, signal: AbortSignal): Promise<Kept['state']> {
    const line = this.#line(key);
    const record = this.#readOf(key)?.record ?? null;
    // It may have been changed or taken away while it waited.
    if (line === undefined || record === null || !isSavable(line.state)) return 'aborted';
    const { report, ticket } = line.state;
    this.#change(key, { state: { is: 'saving', report, ticket } });
    const recorded = await this.#keeper.recordOf(line, record, signal);
    const kept = recorded.state === 'ok' ? await this.#keeper.keep(key, ticket, recorded.value, signal) : recorded;
    if (kept.state === 'ok') this.#change(key, { state: { is: 'saved' } });
    if (kept.state === 'expired') this.#change(key, { state: untested });
    if (kept.state === 'failed') {
      this.#change(key, { state: { is: 'notSaved', report, ticket, words: kept.error.message } });
      this.#endRunAfter(kept.error);
    }
    return kept.state;
  }

  async #recordOne(key: string, signal: AbortSignal): Promise<void> {
    const line = this.#line(key);
    const record = this.#readOf(key)?.record ?? null;
    if (line === undefined || record === null || !isRecordable(line.state)) return;
    const recorded = await this.#keeper.recordOf(line, record, signal);
    if (recorded.state === 'ok') this.#change(key, { state: { is: 'recorded' } });
    if (recorded.state !== 'failed') return;
    this.#change(key, { state: { is: 'failed', report: null, words: recorded.error.message } });
    this.#endRunAfter(recorded.error);
  }

  /** Whether the error ends the whole run, which then says why. */
  #endRunAfter({ code, message }: CallError): boolean {
    if (!runEnding.has(code)) return false;
    this.store.setState({ problem: message });
    this.#abort.abort();
    return true;
  }

  #line(key: string): NewLine | undefined {
    return this.store.getState().lines.find((line) => line.key === key);
  }

  #readOf(key: string): ReadLine | undefined {
    return this.read()[this.store.getState().lines.findIndex((line) => line.key === key)];
  }

  #change(key: string, change: Partial<NewLine>): void {
    const { lines } = this.store.getState();
    this.store.setState({ lines: lines.map((line) => (line.key === key ? { ...line, ...change } : line)) });
  }
}

function isSavable(state: LineState): state is Extract<LineState, { is: 'passed' | 'notSaved' }> {
  return state.is === 'passed' || state.is === 'notSaved';
}

function isRecordable(state: LineState): boolean {
  return state.is === 'new' || state.is === 'failed';
}

function outcomeOf(is: 'testing' | 'saving', lines: readonly NewLine[]): string {
  const good: readonly LineState['is'][] = is === 'testing' ? ['passed'] : ['saved', 'recorded'];
  const count = lines.filter(({ state }) => good.includes(state.is)).length;
  return `${String(count)} of ${String(lines.length)} ${is === 'testing' ? 'passed' : 'saved'}.`;
}

function stateAfter({ report, ticket }: { report: CameraReport; ticket: string | null }): LineState {
  if (ticket !== null) return { is: 'passed', report, ticket };
  return { is: 'failed', report, words: 'The camera cannot be used as it is.' };
}

/**
 * A line after a run: what was under way is as it was before. The cells name the record, so that a file of what is left
 * does too, and a password is not kept beyond what it was for.
 */
function settle(line: NewLine, before: LineState): NewLine {
  const { cells, cameraId } = line;
  const isUnderWay = line.state.is === 'waiting' || line.state.is === 'testing' || line.state.is === 'saving';
  const state = isUnderWay ? before : line.state;
  const id = cameraId ?? cells.id;
  const password = state.is === 'saved' ? '' : cells.password;
  const isSame = id === cells.id && password === cells.password;
  return { ...line, state, cells: isSame ? cells : { ...cells, id, password } };
}

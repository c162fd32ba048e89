import { routes } from '@commonsight/types/http/routes';
import {
  type CameraCells,
  type CameraColumn,
  type CameraRecordDraft,
  readIdCell,
} from '@commonsight/types/relay/camera-file';
import type { SiteCamera } from '@commonsight/types/site-camera';
import { call } from '../../api/call.ts';
import type { CallError, CallResult } from '../../api/CallResult.ts';
import type { NewLine } from './NewLine.ts';
import { patiently } from './patiently.ts';

type KeptLine = Pick<NewLine, 'key' | 'cells' | 'cameraId'>;

export type Kept = CallResult<unknown> | { state: 'expired' };

interface RecordKeeperParts {
  siteId: string;
  relayId: string;
  /** The records that lines have by now. */
  takenIds: () => ReadonlySet<string | null>;
  /** The line's own record was made, or was found though the answer to its making was lost. */
  onMade: (key: string, cameraId: string) => void;
}

/** After these what was asked for may have been done all the same. */
const unsure: ReadonlySet<CallError['code']> = new Set<CallError['code']>([
  'unreachable',
  'relayOffline',
  'timedOut',
  'internal',
]);

/** Makes cameras' records and has the relay keep the cameras: once each, also where an answer is lost. */
export class RecordKeeper {
  readonly #parts: RecordKeeperParts;
  /** By line, the record of which it is not known whether the server made it. */
  readonly #perhapsMade = new Map<string, CameraRecordDraft>();
  /** Lines of which it is not known whether the relay kept them. */
  readonly #perhapsKept = new Set<string>();
  /** The site's records, asked for once in a run that needs them. */
  #listed: Promise<CallResult<{ cameras: SiteCamera[] }>> | null = null;

  constructor(parts: RecordKeeperParts) {
    this.#parts = parts;
  }

  /** What was read of the site's records before may be old. */
  beginRun(): void {
    this.#listed = null;
  }

  /** What the relay may have kept for the line was another camera. */
  forgetKept(key: string): void {
    this.#perhapsKept.delete(key);
  }

  /** The id of the camera's record at the server: made, or brought up to date where there is one already. */
  async recordOf(line: KeptLine, record: CameraRecordDraft, signal: AbortSignal): Promise<CallResult<string>> {
    const { key, cells } = line;
    const found = await this.#findRecord(line, signal);
    if (found.state !== 'ok') return found;
    const id = found.value;
    if (id !== null) {
      // Of a camera that had its record before, what the file does not say stays as it is.
      const body = line.cameraId === null && readIdCell(cells) === id ? saidBy(cells, record) : record;
      const changed = await patiently(() => call(routes.changeCamera, { params: { id }, body }), signal);
      return changed.state === 'ok' ? { state: 'ok', value: id } : changed;
    }
    const { siteId, onMade } = this.#parts;
    const made = await patiently(() => call(routes.createCamera, { body: { siteId, ...record } }), signal);
    if (made.state === 'failed' && unsure.has(made.error.code)) this.#perhapsMade.set(key, record);
    if (made.state !== 'ok') return made;
    onMade(key, made.value.id);
    return { state: 'ok', value: made.value.id };
  }

  /** The record that the line has or names, or that was made though its answer was lost; null when there is none. */
  async #findRecord({ key, cells, cameraId }: KeptLine, signal: AbortSignal): Promise<CallResult<string | null>> {
    if (cameraId !== null) return { state: 'ok', value: cameraId };
    const named = readIdCell(cells) ?? null;
    const sent = this.#perhapsMade.get(key);
    if (named === null && sent === undefined) return { state: 'ok', value: null };
    const { siteId, takenIds, onMade } = this.#parts;
    const input = { params: { id: siteId } };
    this.#listed ??= patiently(() => call(routes.listSiteCameras, input), signal);
    const listed = await this.#listed;
    if (listed.state !== 'ok') return listed;
    const { cameras } = listed.value;
    if (named !== null) {
      if (cameras.some(({ id }) => id === named)) return { state: 'ok', value: named };
      return { state: 'failed', error: { code: 'notFound', message: 'The site has no camera with this id.' } };
    }
    const taken = takenIds();
    const made = cameras.find((camera) => !taken.has(camera.id) && sent !== undefined && isRecordOf(camera, sent));
    this.#perhapsMade.delete(key);
    if (made !== undefined) onMade(key, made.id);
    return { state: 'ok', value: made?.id ?? null };
  }

  /** Has the relay keep what the ticket stands for as this camera. `expired`: the relay knows the ticket no more. */
  async keep(key: string, ticket: string, cameraId: string, signal: AbortSignal): Promise<Kept> {
    const input = { params: { id: this.#parts.relayId }, body: { ticket, cameraId } };
    const result = await patiently(() => call(routes.keepNewCamera, input), signal);
    if (result.state !== 'failed') return result;
    const { code } = result.error;
    if (unsure.has(code)) this.#perhapsKept.add(key);
    if (code !== 'notFound' && code !== 'conflict') return result;
    if (this.#perhapsKept.has(key) && (await this.#isAtRelay(cameraId))) return { state: 'ok', value: null };
    // The record is there, so that it is the ticket which the relay knows no more.
    return code === 'notFound' ? { state: 'expired' } : result;
  }

  async #isAtRelay(cameraId: string): Promise<boolean> {
    const result = await call(routes.readRelayHealth, { params: { id: this.#parts.relayId } });
    return result.state === 'ok' && result.value.cameras.some((camera) => camera.cameraId === cameraId);
  }
}

/** What the cells say themselves, without what is taken for empty ones. */
function saidBy(cells: CameraCells, { name, section, position, viewCone }: CameraRecordDraft) {
  const isSaid = (...columns: CameraColumn[]) => columns.some((column) => cells[column] !== '');
  return {
    name,
    ...(isSaid('section') ? { section } : {}),
    ...(isSaid('latitude', 'longitude') ? { position } : {}),
    ...(isSaid('direction', 'width', 'range') ? { viewCone } : {}),
  };
}

/** Nobody has confirmed it, and it is what was sent. */
function isRecordOf({ confirmedAt, name, position }: SiteCamera, sent: CameraRecordDraft): boolean {
  const { latitude, longitude } = sent.position;
  return (
    confirmedAt === null && name === sent.name && position.latitude === latitude && position.longitude === longitude
  );
}

import { awaitingOf, type AwaitingEntry, marksOf } from '../cameras/marks.ts';
import { listCameras } from '../cameras/readCamera.ts';
import { confirmEntries } from '../cameras/writeCamera.ts';

type Outcome = { lines: string[]; exitCode: number };

/** Those that came over the link and that no one has confirmed at this console, with where each of them is. */
export async function listAwaiting(folder: string): Promise<Outcome> {
  const { lines } = await describeAwaiting(folder);
  if (lines.length === 0) return { lines: ['No camera waits for its owner.'], exitCode: 0 };
  return { lines: [...lines, 'Confirm them with --camera ID, one by one, or with --all.'], exitCode: 0 };
}

export interface ConfirmOptions {
  readonly folder: string;
  /** Undefined: all. */
  readonly cameraId: string | undefined;
  readonly progress: (line: string) => void;
  /** Asked about all of them, after they were shown. */
  readonly ask: (question: string) => Promise<string>;
}

/** Confirms one camera, or all that are shown before: the server may bring another one while a person reads. */
export async function confirmAtConsole({ folder, cameraId, progress, ask }: ConfirmOptions): Promise<Outcome> {
  const { awaiting, lines } = await describeAwaiting(folder);
  if (cameraId === undefined && lines.length > 0) {
    for (const line of lines) progress(line);
    if ((await ask(`Type yes to confirm ${count(lines.length)}: `)) !== 'yes') {
      return { lines: ['Nothing was confirmed.'], exitCode: 1 };
    }
  }
  const isMeant = (id: string, { entryId }: AwaitingEntry) =>
    (cameraId === undefined || id === cameraId) && awaiting.get(id)?.entryId === entryId;
  const { confirmed, mistaken } = await confirmEntries(folder, isMeant);
  return {
    lines: [
      ...confirmed.map((id) => `Confirmed ${id}.`),
      ...mistaken.map((id) => `Not confirmed, its entry in cameras.json has a mistake: ${id}.`),
      `${confirmed.length} confirmed.`,
    ],
    exitCode: mistaken.length === 0 ? 0 : 1,
  };
}

function count(cameras: number): string {
  return cameras === 1 ? 'this camera' : `these ${cameras} cameras`;
}

async function describeAwaiting(
  folder: string,
): Promise<{ awaiting: ReadonlyMap<string, AwaitingEntry>; lines: string[] }> {
  const entries = await listCameras(folder);
  const awaiting = awaitingOf(entries);
  return { awaiting, lines: [...awaiting.keys()].map((id) => `${id}  ${describe(entries[id])}`) };
}

/** Where it is and what its test measured; who stands here may know it, and the password is not part of it. */
function describe(entry: unknown): string {
  const { host, port = 554, streams } = (entry ?? {}) as { host?: unknown; port?: unknown; streams?: object };
  const marks = marksOf(entry);
  if (!marks.isReadable || typeof host !== 'string') return 'its entry in cameras.json has a mistake';
  const paths = marks.streams.map((kind) => {
    const path = String((streams as Record<string, unknown>)[kind]);
    const measured = marks.tested[kind];
    return measured === null ? `${kind} ${path}` : `${kind} ${path} (${Math.round(measured)} kbit/s)`;
  });
  return [`${host}:${String(port)}`, ...paths].join('  ');
}

import type { CameraReport } from '@commonsight/types/relay/camera-entry';
import { mostDiscoveredCameras } from '@commonsight/types/relay/camera-entry';
import type { StreamKind } from '@commonsight/types/stream-kind';
import { readCamera } from '../cameras/readCamera.ts';
import { writeCamera } from '../cameras/writeCamera.ts';
import { discover, type DiscoverOptions } from '../onvif/discover.ts';
import { CameraError } from '../rtsp/CameraError.ts';
import type { AddressRules } from '../rtsp/resolveAddress.ts';
import { DigestMemory } from '../rtsp/SignInRule.ts';
import { SealingKey } from '../sealing/SealingKey.ts';
import type { Secret } from '../Secret.ts';
import { confirmAtConsole, listAwaiting } from './confirmCommand.ts';
import { importCameras } from './importCameras.ts';
import type { CameraCommand } from './parseCameraCommand.ts';
import { printReport } from './printReport.ts';
import { type CameraToTest, measureTimings, testCamera } from './testCamera.ts';

export interface CameraCommandContext {
  readonly relayId: string;
  readonly rules: AddressRules;
  readonly targets: DiscoverOptions['targets'];
  /** Asked for when a user was given. */
  readonly readPassword: () => Promise<Secret>;
  /** Asks a question, and gives the line that is answered. */
  readonly ask: (question: string) => Promise<string>;
  /** Prints a line before the command is done. */
  readonly progress: (line: string) => void;
}

/** Does what is asked at the relay's console. Lines to print, and 1 as exit code for a camera that cannot be used. */
export async function runCameraCommand(
  command: CameraCommand,
  context: CameraCommandContext,
): Promise<{ lines: string[]; exitCode: number }> {
  if (command.act === 'discover') return { lines: await listFound(context), exitCode: 0 };
  if (command.act === 'fingerprint') {
    const { fingerprint } = await SealingKey.open(command.folder, context.relayId);
    return { lines: [`New cameras are sealed for the key with this fingerprint: ${fingerprint}`], exitCode: 0 };
  }
  if (command.act === 'import') {
    const { folder, file } = command;
    return importCameras({ folder, file, test: (camera) => test(camera, context), progress: context.progress });
  }
  if (command.act === 'listAwaiting') return listAwaiting(command.folder);
  if (command.act === 'confirm') {
    const { folder, cameraId } = command;
    return confirmAtConsole({ folder, cameraId, progress: context.progress, ask: context.ask });
  }
  if (command.act === 'testKnown') {
    const { report } = await test(await known(command.folder, command.cameraId), context);
    return { lines: printReport(report), exitCode: report.isUsable ? 0 : 1 };
  }
  const { at, username, transport } = command.camera;
  if (at.by === 'discovery') throw new Error('Give the camera’s address with --host.');
  const password = username === undefined ? undefined : await context.readPassword();
  const { report, entry } = await test({ at, username, password, transport }, context);
  const lines = printReport(report);
  if (!report.isUsable || entry === undefined || command.saveAs === undefined) {
    return { lines, exitCode: report.isUsable ? 0 : 1 };
  }
  await writeCamera(command.folder, command.saveAs, entry, { awaitsAs: null });
  return { lines: [...lines, `Kept as ${command.saveAs}.`], exitCode: 0 };
}

async function listFound({ rules, targets }: CameraCommandContext): Promise<string[]> {
  const { signal } = new AbortController();
  const asked = { rules, waitMs: 3_000, most: mostDiscoveredCameras, signal };
  const found = await discover(targets === undefined ? asked : { ...asked, targets });
  if (found.length === 0) {
    return [
      'No camera answered. Cameras in another network segment are asked when RELAY_DISCOVERY_TARGETS names them.',
    ];
  }
  return [
    `${found.length} ${found.length === 1 ? 'camera' : 'cameras'} answered. Try one: relay camera test --host ADDRESS --port PORT --user USER`,
    ...found.map(({ host, port, name, hardware, location }) =>
      [`${host}  ${port}`, name, hardware, location].filter((part) => part !== '').join('  '),
    ),
  ];
}

function test(
  camera: CameraToTest,
  { rules }: CameraCommandContext,
): Promise<{
  report: CameraReport;
  entry: Awaited<ReturnType<typeof testCamera>>['entry'];
}> {
  const { signal } = new AbortController();
  const digestMemory = new DigestMemory();
  return testCamera(camera, { rules, signal, timings: measureTimings, digestMemory, isKeptByAddress: false });
}

/** A camera of the relay's own file, with those of its streams that are entered there. */
async function known(folder: string, cameraId: string): Promise<CameraToTest> {
  const read = (kind: StreamKind) =>
    readCamera(folder, cameraId, kind).catch((error: unknown) => {
      if (error instanceof CameraError && error.fault === 'notConfigured') return error;
      throw error;
    });
  const [main, sub] = [await read('main'), await read('sub')];
  const first = main instanceof CameraError ? sub : main;
  if (first instanceof CameraError) throw first;
  const { host, port, username, password, transport } = first;
  const streams = {
    ...(main instanceof CameraError ? {} : { main: main.path }),
    ...(sub instanceof CameraError ? {} : { sub: sub.path }),
  };
  return { at: { by: 'hand', host, port, streams }, username, password, transport };
}

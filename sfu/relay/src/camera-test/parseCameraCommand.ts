import { idSchema } from '@commonsight/types/ids';
import { explainIssues } from '@commonsight/types/link';
import { type NewCamera, newCameraSchema } from '@commonsight/types/relay/camera-entry';

/** What somebody at the relay's console asks about cameras. Passwords are read from standard input, never from arguments. */
export type CameraCommand = { readonly name: 'camera'; readonly folder: string } & (
  | { readonly act: 'discover' }
  | { readonly act: 'fingerprint' }
  | { readonly act: 'import'; readonly file: string }
  /** What there is to confirm. */
  | { readonly act: 'listAwaiting' }
  /** `cameraId` undefined: all. */
  | { readonly act: 'confirm'; readonly cameraId: string | undefined }
  | { readonly act: 'testKnown'; readonly cameraId: string }
  | { readonly act: 'test'; readonly camera: NewCamera; readonly saveAs: string | undefined }
);

type Values = Readonly<Record<string, string | boolean | readonly string[] | undefined>>;

/** With the flags that each takes. */
const acts = {
  discover: ['folder'],
  fingerprint: ['folder'],
  import: ['folder', 'file'],
  confirm: ['folder', 'camera', 'all'],
  test: ['folder', 'camera', 'host', 'port', 'user', 'main', 'sub', 'transport', 'save'],
} as const;

function isAct(name: string): name is keyof typeof acts {
  return Object.hasOwn(acts, name);
}

function fileOf(file: Values[string]): string {
  if (typeof file === 'string' && file !== '') return file;
  throw new Error('--file FILE is missing. See relay --help.');
}

function parseConfirm({
  camera,
  all,
}: Values): { act: 'listAwaiting' } | { act: 'confirm'; cameraId: string | undefined } {
  if (camera !== undefined && all === true) throw new Error('Give either --camera ID or --all. See relay --help.');
  if (camera !== undefined) return { act: 'confirm', cameraId: idOf(camera, '--camera') };
  return all === true ? { act: 'confirm', cameraId: undefined } : { act: 'listAwaiting' };
}

/** Throws a sentence when the arguments are not those of a camera command. */
export function parseCameraCommand([act, ...rest]: readonly string[], values: Values): CameraCommand {
  if (act === undefined || !isAct(act)) throw new Error(`There is no command camera ${act ?? ''}. See relay --help.`);
  if (rest.length > 0) throw new Error(`What ${rest.join(' ')} means is not clear. See relay --help.`);
  const { folder } = values;
  if (typeof folder !== 'string' || folder === '') throw new Error('--folder DIR is missing. See relay --help.');
  const taken: readonly string[] = acts[act];
  for (const [flag, value] of Object.entries(values)) {
    if (value !== undefined && !taken.includes(flag)) {
      throw new Error(`relay camera ${act} takes no --${flag}. See relay --help.`);
    }
  }
  if (act === 'import') return { name: 'camera', act, folder, file: fileOf(values['file']) };
  if (act === 'confirm') return { name: 'camera', folder, ...parseConfirm(values) };
  if (act !== 'test') return { name: 'camera', act, folder };
  return { name: 'camera', folder, ...parseTest(values) };
}

function parseTest(
  values: Values,
): { act: 'testKnown'; cameraId: string } | { act: 'test'; camera: NewCamera; saveAs: string | undefined } {
  const { camera: cameraId, host, main, sub, port, transport } = values;
  if ((cameraId === undefined) === (host === undefined)) {
    throw new Error('Give either --camera ID or --host HOST. See relay --help.');
  }
  if (cameraId !== undefined) {
    if (Object.entries(values).some(([flag, value]) => value !== undefined && !['folder', 'camera'].includes(flag))) {
      throw new Error('--camera ID takes the camera as it is in cameras.json, without another flag. See relay --help.');
    }
    return { act: 'testKnown', cameraId: idOf(cameraId, '--camera') };
  }
  const place = { host, ...(port === undefined ? {} : { port: Number(port) }) };
  const streams = { ...(main === undefined ? {} : { main }), ...(sub === undefined ? {} : { sub }) };
  const camera = newCameraSchema.safeParse({
    sealedAt: new Date().toISOString(),
    at: main === undefined && sub === undefined ? { by: 'onvif', ...place } : { by: 'hand', ...place, streams },
    ...(values['user'] === undefined ? {} : { username: values['user'] }),
    ...(transport === undefined ? {} : { transport }),
  });
  if (!camera.success) throw new Error(`${explainIssues(camera.error).replace(/\.$/, '')}. See relay --help.`);
  return {
    act: 'test',
    camera: camera.data,
    saveAs: values['save'] === undefined ? undefined : idOf(values['save'], '--save'),
  };
}

function idOf(text: Values[string], flag: string): string {
  const id = idSchema.safeParse(text);
  if (!id.success) throw new Error(`${flag} takes a camera’s id, as in cameras.json. See relay --help.`);
  return id.data;
}

import { grantSignatureContext } from '@commonsight/types/relay/signed-grant';
import { alertSignatureContext } from '@commonsight/types/relay/alert';
import type { CameraMasks } from '@commonsight/types/relay/masks';
import { longestSharingDocument, type SharingDocument, type SignedSharing } from '@commonsight/types/relay/sharing';
import type { Random } from '../signalling/Random.ts';
import { canonical, OwnerDevice } from './OwnerDevice.ts';
import type { SharingStage } from './SharingStage.ts';
import { always } from './sharingRules.ts';

export interface HostileParts {
  readonly stage: SharingStage;
  readonly random: Random;
  /** The cameras that it would share. */
  readonly cameraIds: readonly string[];
  /** In force now, and what a server has seen before that. */
  readonly inForce: { readonly document: SharingDocument; readonly signed: SignedSharing };
  readonly older: SignedSharing;
}

const wholePicture: CameraMasks = {
  width: 640,
  height: 360,
  polygons: [
    [
      [0, 0],
      [1, 0],
      [1, 1],
      [0, 1],
    ],
  ],
};

type Make = (parts: HostileParts) => SignedSharing;

const stranger = new OwnerDevice();

const bytesOf = (value: unknown): Buffer => Buffer.from(canonical(value));

/** A document of the owner's that shares everything, with the next version. */
function everything({ stage, cameraIds }: HostileParts, changed: Partial<SharingDocument> = {}): SharingDocument {
  return stage.documentOf(Object.fromEntries(cameraIds.map((id) => [id, always])), always, changed);
}

/** Signed by the owner, and of another form than was agreed. */
const misshapen =
  (change: (document: SharingDocument, random: Random) => unknown): Make =>
  (parts) =>
    parts.stage.owner.seal(bytesOf(change(everything(parts), parts.random)));

const written =
  (write: (document: SharingDocument) => string): Make =>
  (parts) =>
    parts.stage.owner.seal(Buffer.from(write(everything(parts))));

/** Documents that would share everything, and that no relay may take. Each is as a hostile server could hand it over. */
export const hostileDocuments: Readonly<Record<string, Make>> = {
  'replayed: an older one': ({ older }) => older,
  'replayed: the one in force': ({ inForce }) => inForce.signed,
  'older: a low version': (parts) =>
    parts.stage.owner.seal(
      bytesOf(everything(parts, { version: parts.random.int(1, parts.inForce.document.version) })),
    ),
  'older: the version in force': (parts) =>
    parts.stage.owner.seal(bytesOf(everything(parts, { version: parts.inForce.document.version }))),
  'foreign: for another relay': (parts) =>
    parts.stage.owner.seal(bytesOf(everything(parts, { relayId: parts.random.uuid() }))),
  'forged: by a stranger’s key': (parts) => stranger.seal(bytesOf(everything(parts))),
  'forged: with the signature of the one in force': (parts) => ({
    document: bytesOf(everything(parts)).toString('base64url'),
    signature: parts.inForce.signed.signature,
  }),
  'forged: a changed bit': (parts) => {
    const { document, signature } = parts.stage.owner.seal(bytesOf(everything(parts)));
    const bytes = Buffer.from(document, 'base64url');
    const at = parts.random.int(0, bytes.length - 1);
    bytes.writeUInt8(bytes.readUInt8(at) ^ (1 << parts.random.int(0, 7)), at);
    return { document: bytes.toString('base64url'), signature };
  },
  'forged: a changed mode': ({ inForce: { document, signed } }) => {
    const text = Buffer.from(signed.document, 'base64url')
      .toString()
      .replaceAll(/"mode":"\w+"/g, '"mode":"always"')
      .replace(/"version":\d+/, `"version":${document.version + 1}`);
    return { document: Buffer.from(text).toString('base64url'), signature: signed.signature };
  },
  'forged: a signature of random bytes': (parts) => ({
    document: bytesOf(everything(parts)).toString('base64url'),
    signature: parts.random.bytes(parts.random.pick([1, 63, 64, 65, 128])).toString('base64url'),
  }),
  'forged: no signature': (parts) => ({ document: bytesOf(everything(parts)).toString('base64url'), signature: '' }),
  'forged: a signature that was given for an alert': (parts) =>
    parts.stage.owner.seal(bytesOf(everything(parts)), alertSignatureContext),
  'forged: a signature that was given for a grant': (parts) =>
    parts.stage.owner.seal(bytesOf(everything(parts)), grantSignatureContext),
  'forged: a signature for nothing': (parts) => parts.stage.owner.seal(bytesOf(everything(parts)), ''),
  'conflict: in place of one that is not in force': (parts) =>
    parts.stage.owner.seal(bytesOf(everything(parts, { replaces: parts.random.bytes(32).toString('hex') }))),
  'conflict: other masks, in place of none that it names': (parts) =>
    parts.stage.owner.seal(
      bytesOf(everything(parts, { masks: Object.fromEntries(parts.cameraIds.map((id) => [id, wholePicture])) })),
    ),
  'form: spaces': written((document) => JSON.stringify(document, null, 1)),
  'form: another order of names': written((document) => {
    const text = canonical(document);
    // Moves the first name to the end.
    const [, first = '', rest = ''] = /^\{("cameras":\{.*\}),("default":.*)\}$/s.exec(text) ?? [];
    return `{${rest},${first}}`;
  }),
  'form: a name twice': written((document) => canonical(document).replace(/^\{/, '{"version":999999999,')),
  'form: a name of the language': written((document) =>
    canonical(document).replace('"cameras":{', '"cameras":{"__proto__":{"dates":[],"mode":"always","schedule":[]},'),
  ),
  'form: a permission that no document has': misshapen((document, random) => ({
    ...document,
    [random.pick(['ptz', 'audio', 'pan', 'listen'])]: true,
  })),
  'form: a version that is no whole number': misshapen((document, random) => ({
    ...document,
    version: random.pick([0, -1, '7', null, true, [9]]),
  })),
  'form: a version beyond counting': written((document) =>
    canonical(document).replace(/"version":\d+/, `"version":${2 ** 53}`),
  ),
  'form: no version': misshapen((document) => ({ ...document, version: undefined })),
  'form: an unknown mode': misshapen((document, random) => ({
    ...document,
    default: { ...always, mode: random.pick(['Always', 'on', 'always ', '']) },
  })),
  'form: no time zone': misshapen((document, random) => ({
    ...document,
    timeZone: random.pick(['', '+05:00', 'Mars/Olympus', '../UTC']),
  })),
  'form: an alert without an end': misshapen((document, random) => ({
    ...document,
    alert: { seconds: random.pick([10, 86_401, 1e9]), mostSeconds: random.pick([9, 86_401, 1e9]), note: '' },
  })),
  'form: another format': misshapen((document) => ({ ...document, format: 'commonsight-sharing-2' })),
  'form: no JSON': ({ stage, random }) => stage.owner.seal(random.bytes(random.int(1, 400))),
  'form: larger than any': ({ stage }) => stage.owner.seal(Buffer.alloc(longestSharingDocument, 'a')),
};

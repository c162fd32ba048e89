import { randomUUID } from 'node:crypto';
import type { SharingMode, SharingRule } from '@commonsight/types/relay/sharing';
import { waitFor } from '../../media/relay/support/waitFor.ts';
import { askOffer, askRelay, askStart, askStop, taken } from './askRelay.ts';
import type { ForbiddenParts, ForbiddenWay } from './ForbiddenWay.ts';
import { forgedGrants } from './forgedGrants.ts';
import { hostileDocuments } from './hostileDocuments.ts';
import { canonical } from './OwnerDevice.ts';
import { ServerSocket } from './ServerSocket.ts';
import { always, plainRule, unsharingRules } from './sharingRules.ts';

const unshared: readonly SharingMode[] = ['onAlert', 'recordedOnly', 'off'];
const timeZones = ['America/Chicago', 'Asia/Kolkata', 'Pacific/Apia', 'Europe/London', 'UTC'];

/** The owner's word is against it, and each grant holds. */
const byRule: ForbiddenWay[] = Object.entries(unsharingRules).flatMap(([part, make]) =>
  unshared.map((mode) => ({
    name: `${mode} by ${part}`,
    refusals: ['notShared'],
    ask: async (parts: ForbiddenParts) => {
      const isNamed = parts.random.happens(0.6);
      const cameraId = isNamed ? parts.camera : parts.unnamed;
      await offerRule(parts, make(parts.random, mode), isNamed);
      return askInManyWays(parts, cameraId);
    },
  })),
);

const byAlert: ForbiddenWay[] = [
  {
    name: 'onAlert while a test alert runs',
    during: 'testAlert',
    refusals: ['notShared'],
    ask: async (parts) => {
      await offerRule(parts, plainRule('onAlert'), true);
      return askInManyWays(parts, parts.camera);
    },
  },
  {
    name: 'onAlert while an alert arms',
    refusals: ['notShared'],
    ask: (parts) => whileArming(parts, (socket) => askOnce(parts, parts.shared, socket)),
  },
  {
    name: 'onAlert after an alert was cancelled',
    refusals: ['notShared'],
    ask: async (parts) => {
      await whileArming(parts, async () => 'nothing was asked');
      return askInManyWays(parts, parts.shared);
    },
  },
  {
    name: 'off, recordedOnly while an alert arms',
    refusals: ['notShared'],
    ask: async (parts) => {
      await offerRule(parts, plainRule(parts.random.pick(['off', 'recordedOnly'] as const)), true);
      await parts.stage.order('start');
      const answers = await askInManyWays(parts, parts.camera);
      await parts.stage.order('end');
      return answers;
    },
  },
];

/** A document that would share everything is handed over first, and is not taken. */
const byDocument: ForbiddenWay[] = Object.entries(hostileDocuments).map(([name, make]) => ({
  name: `a document ${name}`,
  refusals: ['notPermitted', 'conflict', 'badRequest', 'notShared'],
  ask: async (parts) => {
    const { stage, random, camera, unnamed, shared, first } = parts;
    const off = plainRule(random.pick(unshared));
    const document = stage.documentOf({ [camera]: off, [unnamed]: off }, off);
    const signed = stage.owner.seal(Buffer.from(canonical(document)));
    await stage.offer(signed);
    const cameraIds = [camera, unnamed, shared];
    const hostile = make({ stage, random, cameraIds, inForce: { document, signed }, older: first });
    return [await askOffer(stage, hostile), ...(await askInManyWays(parts, random.pick([camera, unnamed])))];
  },
}));

/** The owner shares the camera, and no grant holds for it. */
const byGrant: ForbiddenWay[] = Object.entries(forgedGrants).map(([name, make]) => ({
  name: `a grant ${name}`,
  refusals: ['notPermitted'],
  ask: async (parts) => {
    const { stage, random, socket, camera, unnamed } = parts;
    await stage.offer(stage.sign({ [camera]: always }, always));
    const grants = Array.from({ length: random.int(1, 6) }, () =>
      make(stage, random, { asked: camera, other: unnamed }),
    );
    return [await askStart(stage, socket, { cameraId: camera, grants })];
  },
}));

/** What no document can allow: the relay has no request that moves a camera or takes its sound. */
const byPermission: ForbiddenWay[] = [
  ...['ptz:move', 'camera:move', 'audio:start', 'stream:listen', 'stream:talk'].map((request) => ({
    name: `the request ${request}`,
    refusals: ['badRequest'],
    ask: async ({ stage, socket, camera, unnamed }: ForbiddenParts) => {
      await stage.offer(stage.sign({ [camera]: always, [unnamed]: always }, always));
      const grants = [stage.relay.server.signGrant(camera)];
      return [await askRelay(stage, request, { cameraId: camera, grants, uplink: socket.target(), pan: 1, tilt: 1 })];
    },
  })),
  ...['audio', 'ptz', 'backchannel'].map((kind) => ({
    name: `a stream of the kind ${kind}`,
    refusals: ['badRequest'],
    ask: async ({ stage, socket, camera }: ForbiddenParts) => {
      await stage.offer(stage.sign({ [camera]: always }, always));
      const grants = [stage.relay.server.signGrant(camera)];
      return [await askStart(stage, socket, { cameraId: camera, grants, kind })];
    },
  })),
];

const byStream: ForbiddenWay[] = [
  {
    name: 'a stream that ran until the owner ended it, again',
    refusals: ['notShared', 'notFound'],
    ask: async (parts) => {
      const { stage, random, socket, shared } = parts;
      const stream = await runShared(parts);
      await stage.offer(stage.sign({ [shared]: plainRule(random.pick(unshared)) }, plainRule('off')));
      await waitFor('the stream ends', () => stage.hasStopped(stream.streamId));
      stream.close();
      const grants = [stage.relay.server.signGrant(shared)];
      return [
        await askRelay(stage, 'stream:replaceGrants', { streamId: stream.streamId, grants }),
        await askStart(stage, socket, { cameraId: shared, grants, streamId: stream.streamId }),
      ];
    },
  },
  {
    name: 'the stream of another camera, which is shared',
    refusals: ['conflict', 'notShared'],
    ask: async (parts) => {
      const { stage, random, socket, camera, shared } = parts;
      const stream = await runShared(parts);
      const rules = { [shared]: always, [camera]: plainRule(random.pick(unshared)) };
      await stage.offer(stage.sign(rules, plainRule('off')));
      const grants = [stage.relay.server.signGrant(camera), stage.relay.server.signGrant(shared)];
      const answer = await askStart(stage, socket, { cameraId: camera, grants, streamId: stream.streamId });
      await askStop(stage, stream.streamId);
      stream.close();
      return [answer];
    },
  },
  {
    name: 'the id in capitals, which is no camera’s (may be taken and has nothing to send)',
    refusals: ['notShared', 'notPermitted', taken],
    ask: async (parts) => {
      await offerRule(parts, plainRule(parts.random.pick(unshared)), true);
      return askInManyWays(parts, parts.camera.toUpperCase());
    },
  },
];

/** PRV1, PRV3: previews that no owner has ordered, or whose owner does not know that the camera is not shared. */
const byPreview: ForbiddenWay[] = [
  {
    name: 'a preview that a stranger has ordered',
    refusals: ['notPermitted'],
    ask: (parts) => askPreview(parts, { isBeyondSharing: parts.random.happens(0.5), byStranger: true }),
  },
  {
    name: 'a preview whose owner does not know that the camera is not shared',
    refusals: ['notShared'],
    ask: (parts) => askPreview(parts, { isBeyondSharing: false, byStranger: false }),
  },
];

/** Every way, each with what a seed decides about it. */
export const forbiddenWays: readonly ForbiddenWay[] = [
  ...byRule,
  ...byAlert,
  ...byDocument,
  ...byGrant,
  ...byPermission,
  ...byStream,
  ...byPreview,
];

async function askPreview(
  parts: ForbiddenParts,
  { isBeyondSharing, byStranger }: { isBeyondSharing: boolean; byStranger: boolean },
): Promise<string[]> {
  const { stage, random, socket, camera } = parts;
  await offerRule(parts, plainRule(random.pick(unshared)), true);
  const signed = await stage.signPreview({ cameraId: camera, isBeyondSharing }, { byStranger });
  const previewId = randomUUID();
  const request = { signed, previewId, streamId: randomUUID(), uplink: socket.target() };
  const answer = await askRelay(stage, 'preview:start', request);
  await stage.relay.server.ask('preview:stop', { previewId });
  return [answer];
}

/** The rule stands for the camera by name, or for all that are not named; the rest is shared. */
async function offerRule({ stage, random, camera }: ForbiddenParts, rule: SharingRule, isNamed: boolean) {
  const timeZone = random.pick(timeZones);
  const signed = isNamed
    ? stage.sign({ [camera]: rule }, always, { timeZone })
    : stage.sign({ [camera]: always }, rule, { timeZone });
  await stage.offer(signed);
}

/** With one grant or many, once or several at a time, and sometimes with grants afterwards. */
async function askInManyWays(parts: ForbiddenParts, cameraId: string): Promise<string[]> {
  const { stage, random, socket, unnamed } = parts;
  const { server } = stage.relay;
  const holding = server.signGrant(cameraId, {
    purpose: random.pick(['training', 'violentCrime', 'emergencyResponse'] as const),
    endsAt: new Date(Date.now() + random.int(60, 30 * 86_400) * 1_000).toISOString(),
  });
  const more = Array.from({ length: random.pick([0, 0, 3, 12]) }, () =>
    server.signGrant(random.pick([cameraId, unnamed])),
  );
  const grants = [...more, holding];
  const streamId = random.uuid();
  const kind = random.pick(['main', 'sub']);
  const times = random.happens(0.2) ? random.int(2, 5) : 1;
  const isReplacing = random.happens(0.3);
  const answers = await Promise.all(
    Array.from({ length: times }, () => askStart(stage, socket, { cameraId, grants, streamId, kind })),
  );
  // Of a stream that was refused there is nothing to replace: what it answers is not judged, what it lets flow is.
  if (isReplacing) await askRelay(stage, 'stream:replaceGrants', { streamId, grants });
  await askStop(stage, streamId);
  return answers;
}

async function askOnce({ stage }: ForbiddenParts, cameraId: string, socket: ServerSocket): Promise<string> {
  const streamId = randomUUID();
  const grants = [stage.relay.server.signGrant(cameraId)];
  const answer = await askStart(stage, socket, { cameraId, grants, streamId });
  await askStop(stage, streamId);
  return answer;
}

/**
 * Asks between the order and the moment from which the alert shares. The relay says whether that was so: an alert that is
 * ended while it arms is `cancelled`. On a machine that was too slow it is asked again.
 */
async function whileArming(parts: ForbiddenParts, ask: (socket: ServerSocket) => Promise<string>): Promise<string[]> {
  const { stage, shared } = parts;
  await stage.offer(stage.sign({ [shared]: plainRule('onAlert') }, plainRule('off')));
  for (let time = 0; time < 10; time += 1) {
    const socket = await ServerSocket.open();
    await stage.order('start');
    const answer = await ask(socket);
    const { end } = await stage.order('end');
    const packets = socket.arrivals.length;
    socket.close();
    if (end === 'cancelled') return packets === 0 ? [answer] : [`${packets} packets`];
  }
  throw new Error('Ten times this machine needed longer for one question than an alert arms.');
}

/** A stream of the shared camera that flows, to a socket of its own. */
async function runShared({ stage, shared }: ForbiddenParts) {
  const streamId = randomUUID();
  const socket = await ServerSocket.open();
  await stage.offer(stage.sign({ [shared]: always }, plainRule('off')));
  const grants = [stage.relay.server.signGrant(shared)];
  const answer = await askStart(stage, socket, { cameraId: shared, grants, streamId });
  if (answer !== taken) throw new Error(`A shared camera was refused: ${answer}.`);
  await waitFor('packets of the shared camera', () => socket.arrivals.length > 0);
  return { streamId, close: () => socket.close() };
}

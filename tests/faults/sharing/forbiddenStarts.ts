import type { SharingMode, SharingRule } from '@commonsight/types/relay/sharing';
import { weekdays } from '@commonsight/types/relay/sharing';
import type { Random } from '../signalling/Random.ts';
import type { SharingStage } from './SharingStage.ts';

export interface ForbiddenReport {
  cases: number;
  /** How often each thing was tried. */
  ways: Map<string, number>;
  /** What the relay answered, by code. */
  answers: Map<string, number>;
  /** Starts that the relay took although its owner's word is against them. */
  started: string[];
  /** Packets that came to any uplink of theirs, and pulls of a camera. */
  packets: number;
  pulls: number;
  /** Of a camera that is shared, at the end: the way itself works. */
  packetsWhenShared: number;
}

const unshared: readonly SharingMode[] = ['onAlert', 'recordedOnly', 'off'];
const never = (mode: SharingMode): SharingRule => ({ mode, schedule: [], dates: [] });
const always: SharingRule = never('always');

/** Rules by which nobody may look now. */
function unsharedRule(random: Random): { words: string; rule: SharingRule } {
  const mode = random.pick(unshared);
  switch (random.int(0, 3)) {
    case 0: {
      const schedule = [{ days: [...weekdays], from: '00:00', to: '24:00', mode }];
      return { words: 'a period', rule: { mode: 'always', schedule, dates: [] } };
    }
    case 1: {
      // A day of each time zone around now.
      const dates = [-1, 0, 1].map((days) => {
        const date = new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
        return { date, mode };
      });
      return { words: 'a date', rule: { mode: 'always', schedule: [], dates } };
    }
    case 2: {
      const dates = [{ date: '2020-01-01', mode: 'always' as const }];
      return { words: 'a past date', rule: { mode, schedule: [], dates } };
    }
    default:
      return { words: `mode ${mode}`, rule: never(mode) };
  }
}

/** The server asks for what the owner does not share, with grants that hold, in many ways that a seed decides. */
export async function forbiddenStarts(stage: SharingStage, random: Random, cases: number): Promise<ForbiddenReport> {
  const [camera, unnamed] = [await stage.addCamera(), await stage.addCamera()];
  const report: ForbiddenReport = {
    cases,
    ways: new Map(),
    answers: new Map(),
    started: [],
    packets: 0,
    pulls: 0,
    packetsWhenShared: 0,
  };
  const pullsBefore = stage.pulls;
  const older = stage.sign({ [camera]: always, [unnamed]: always }, always);
  await stage.offer(older);
  for (let at = 0; at < cases; at += 1) await tryOne(stage, random, { camera, unnamed, older, at }, report);
  report.pulls = stage.pulls - pullsBefore;
  await stage.offer(stage.sign({ [camera]: always }, never('off')));
  const shared = await stage.relay.start(camera);
  await shared.untilMorePackets(60);
  report.packetsWhenShared = shared.uplink.packets.length;
  await shared.stop();
  return report;
}

interface Case {
  camera: string;
  unnamed: string;
  older: ReturnType<SharingStage['sign']>;
  at: number;
}

async function tryOne(
  stage: SharingStage,
  random: Random,
  { camera, unnamed, older, at }: Case,
  report: ForbiddenReport,
): Promise<void> {
  const { server, farEnd } = stage.relay;
  const isNamed = random.happens(0.6);
  const { words, rule } = unsharedRule(random);
  await stage.offer(isNamed ? stage.sign({ [camera]: rule }, always) : stage.sign({ [camera]: always }, rule));
  const ways = [isNamed ? words : `${words} for all others`];
  if (random.happens(0.2)) ways.push(await forge(stage, random, older, { camera, unnamed }));
  const cameraId = isNamed ? camera : unnamed;
  const isSpelled = isNamed && random.happens(0.15);
  const asked = isSpelled ? cameraId.toUpperCase() : cameraId;
  if (isSpelled) ways.push('the id in capitals');
  const grants = grantsFor(stage, random, { asked, cameraId, other: isNamed ? unnamed : camera });
  ways.push(grants.length === 1 ? 'one grant' : 'many grants');
  const streamId = random.uuid();
  const starts = random.happens(0.2) ? random.int(2, 5) : 1;
  if (starts > 1) ways.push('several at once');
  const kind = random.pick(['main', 'sub'] as const);
  const uplinks = await Promise.all(Array.from({ length: starts }, () => farEnd.openUplink()));
  await Promise.all(
    uplinks.map(async (uplink) => {
      const answer = await server
        .ask('stream:start', { streamId, cameraId: asked, kind, uplink: uplink.target(), grants })
        .then((sending) => uplink.connect(sending).then(() => 'started'))
        .catch((error: unknown) => (error instanceof Error ? error.message : String(error)));
      count(report.answers, answer);
      // A camera by another spelling is nobody's: it may seem to start, and has nothing to send.
      if (answer === 'started' && !isSpelled) report.started.push(`case ${at}: ${ways.join(', ')}`);
    }),
  );
  if (random.happens(0.3)) {
    ways.push('new grants afterwards');
    await server.ask('stream:replaceGrants', { streamId, grants }).catch(() => undefined);
  }
  for (const way of ways) count(report.ways, way);
  await server.ask('stream:stop', { streamId });
  for (const uplink of uplinks) {
    report.packets += uplink.packets.length;
    uplink.close();
  }
}

/** Grants that hold, between others that do not. */
function grantsFor(
  stage: SharingStage,
  random: Random,
  { asked, cameraId, other }: { asked: string; cameraId: string; other: string },
) {
  const { server } = stage.relay;
  const holding = server.signGrant(asked, {
    purpose: random.pick(['training', 'violentCrime', 'propertyCrime'] as const),
    endsAt: new Date(Date.now() + random.int(60, 30 * 86_400) * 1_000).toISOString(),
  });
  const more = Array.from({ length: random.happens(0.5) ? 0 : random.int(1, 12) }, () =>
    server.signGrant(random.pick([asked, cameraId, other])),
  );
  return [...more, holding];
}

/** A document that would share everything, and that the relay may not take. */
async function forge(
  stage: SharingStage,
  random: Random,
  older: Case['older'],
  { camera, unnamed }: { camera: string; unnamed: string },
): Promise<string> {
  const all = { [camera]: always, [unnamed]: always };
  const [way, signed] = random.pick([
    ['a replayed document', older] as const,
    ['a stranger’s document', stage.sign(all, always, { byStranger: true })] as const,
    ['another relay’s document', stage.sign(all, always, { relayId: random.uuid() })] as const,
    ['an old version', stage.sign(all, always, { version: 1 })] as const,
    ['a changed document', { ...stage.sign(all, always), signature: older.signature }] as const,
  ]);
  const isTaken = await stage.offer(signed).then(
    () => true,
    () => false,
  );
  if (isTaken) throw new Error(`The relay took ${way}.`);
  return way;
}

function count(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}

import { setTimeout as wait } from 'node:timers/promises';
import { routes } from '@commonsight/types/http/routes';
import { until } from '../../../training/until.ts';
import type { RevocationStage, SignedIn, Watching } from './RevocationStage.ts';

function analystOf({ analysts }: ActPeople, at: number): SignedIn {
  const analyst = analysts[at % analysts.length];
  if (analyst === undefined) throw new Error('No analyst is signed in.');
  return analyst;
}

/** Somebody who looks, and what will end that. */
export interface Prepared {
  watching: Watching;
  /** Resolves shortly before the moment, when it comes by itself. */
  near?: () => Promise<void>;
  /** Ends it; answers from when its last packet counts, when that is not the asking. */
  end: () => Promise<number | void>;
  /** Puts back what the next ones need. */
  restore?: () => Promise<void>;
  /** Only this viewing ends: the grant goes on, and allows the next one. */
  mayLookAgain?: boolean;
}

export interface RevocationAct {
  name: string;
  title: string;
  /** `at` tells those apart that are prepared together. */
  prepare(stage: RevocationStage, people: ActPeople, at: number): Promise<Prepared>;
}

/** Who is signed in already. */
export interface ActPeople {
  /** As many sessions as are prepared together: one has 16 sockets at most. */
  analysts: readonly SignedIn[];
  /** Whom a camera group may be taken from, without anybody else losing anything. */
  limited: SignedIn;
  expiryMs: number;
}

const purposes = ['publicEvent', 'missingPerson', 'propertyCrime'] as const;
/** The server looks for idle sessions every 15 s. */
const idleTimeoutMs = 60_000;
const shortlyMs = 200;

/** An act on the grant or the incident, of somebody whose session goes on. */
function onGrant(
  name: string,
  title: string,
  end: (stage: RevocationStage, watching: Watching) => Promise<unknown>,
): RevocationAct {
  return {
    name,
    title,
    prepare: async (stage, people, at) => {
      const watching = await stage.watch({ by: analystOf(people, at) });
      return { watching, end: async () => void (await end(stage, watching)) };
    },
  };
}

/** An act on a session, which is a new one. */
function onSession(
  name: string,
  title: string,
  end: (stage: RevocationStage, watching: Watching, people: ActPeople) => Promise<number | void>,
): RevocationAct {
  return {
    name,
    title,
    prepare: async (stage, people) => {
      const watching = await stage.watch({ by: await stage.analyst() });
      return { watching, end: () => end(stage, watching, people) };
    },
  };
}

/** Everything that ends what somebody looks at (F16). */
export const revocationActs: readonly RevocationAct[] = [
  onGrant('revoked', 'Grant revoked by a supervisor', ({ supervisor }, { grantId }) =>
    supervisor.api.call(routes.revokeGrant, { params: { id: grantId }, body: { note: 'Not needed any more.' } }),
  ),
  onGrant('ended', 'Grant ended by its user', (_stage, { api, grantId }) =>
    api.call(routes.endGrant, { params: { id: grantId } }),
  ),
  {
    name: 'expired',
    title: 'Grant expired',
    prepare: async (stage, people, at) => {
      const watching = await stage.watch({ by: analystOf(people, at), endsInMs: people.expiryMs });
      const { grantEndsAtMs } = watching;
      const untilEnd = (beforeMs: number) => wait(Math.max(0, grantEndsAtMs - beforeMs - Date.now()));
      return {
        watching,
        near: () => untilEnd(shortlyMs),
        end: async () => {
          await untilEnd(0);
          return grantEndsAtMs;
        },
      };
    },
  },
  onGrant('incident', 'Incident closed', (stage, { incidentId }) => stage.closeIncident(incidentId)),
  {
    name: 'viewing',
    title: 'Viewing ended by a supervisor',
    prepare: async (stage, people, at) => {
      const watching = await stage.watch({ by: analystOf(people, at) });
      const [id = ''] = watching.viewer.viewingIds;
      const end = async () => {
        await stage.supervisor.api.call(routes.endViewing, { params: { id }, body: { note: 'Not needed any more.' } });
      };
      return { watching, end, mayLookAgain: true };
    },
  },
  {
    name: 'policy',
    title: 'Policy changed',
    prepare: async (stage, people, at) => {
      const purpose = purposes[at % purposes.length] ?? 'publicEvent';
      const watching = await stage.watch({ by: analystOf(people, at), purpose });
      return { watching, end: () => stage.withdrawPurpose(purpose) };
    },
  },
  {
    name: 'group',
    title: 'Camera taken from a user by its group',
    prepare: async (stage, { limited }, at) => {
      const camera = stage.stack.training.cameras.at(-1 - at);
      if (camera === undefined) throw new Error('There are too few cameras.');
      const watching = await stage.watch({ by: limited, cameraId: camera.id });
      const { api } = stage.administrator;
      let groupId = '';
      const rules = [
        { effect: 'deny' as const, role: null, userId: limited.userId, permissions: ['camera.view' as const] },
      ];
      return {
        watching,
        end: async () => {
          const body = { name: `Withheld ${at}`, cameraIds: [camera.id], rules };
          groupId = (await api.call(routes.createCameraGroup, { body })).id;
        },
        restore: async () => {
          if (groupId !== '') await api.call(routes.removeCameraGroup, { params: { id: groupId } });
        },
      };
    },
  },
  {
    name: 'disabled',
    title: 'User disabled',
    prepare: async (stage) => {
      const watching = await stage.watch({ by: await stage.newcomer() });
      const end = async () => {
        await stage.supervisor.api.call(routes.suspendUser, {
          params: { id: watching.userId },
          body: { note: 'Left the agency.' },
        });
      };
      return { watching, end };
    },
  },
  onSession('session', 'Session ended from the own list', async (_stage, { sessionId }, people) => {
    await analystOf(people, 0).api.call(routes.endSession, { params: { id: sessionId } });
  }),
  onSession('sessionEnded', 'Session ended by a supervisor', async ({ supervisor }, { sessionId }) => {
    const call = { params: { id: sessionId }, body: { note: 'Please come to my desk.' } };
    await supervisor.api.call(routes.endOperatorSession, call);
  }),
  onSession('signOut', 'Signed out', async (_stage, { api }) => void (await api.call(routes.signOut))),
  onSession('locked', 'Session locked by hand', async (_stage, { api }) => void (await api.call(routes.lockSession))),
  onSession('idle', 'Session locked as idle', async ({ database }, { sessionId }) => {
    await database.sql(`update sessions set last_active_at = now() - interval '1 day' where id = $1`, sessionId);
    let lockedAtMs = Number.NaN;
    const isLocked = async (): Promise<boolean> => {
      const [row] = await database.sql(
        'select extract(epoch from locked_at) * 1000 as at from sessions where id = $1',
        sessionId,
      );
      lockedAtMs = row?.['at'] === null ? Number.NaN : Number(row?.['at']);
      return Number.isFinite(lockedAtMs);
    };
    if (!(await until(isLocked, { timeoutMs: idleTimeoutMs, everyMs: 200 })))
      throw new Error('The session did not lock.');
    return lockedAtMs;
  }),
];

/** Once, after all the others: the relay is nobody's from then on. Whoever looks through it is prepared together. */
export function relayRevoked(): RevocationAct {
  let revoked: Promise<number> | undefined;
  return {
    name: 'relay',
    title: 'Relay revoked',
    prepare: async (stage, people, at) => {
      const watching = await stage.watch({ by: analystOf(people, at) });
      return { watching, end: () => (revoked ??= stage.revokeRelay()) };
    },
  };
}

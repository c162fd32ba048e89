import type { Role } from '@commonsight/types/permission';
import type { User } from '@commonsight/types/user';

/** A signed-in user, through one session. */
export interface UserActor {
  kind: 'user';
  userId: string;
  name: string;
  agencyId: string;
  role: Role;
  sessionId: string;
  sourceAddress: string | null;
  /** Set for a session that was declared a wall display: it receives and does nothing else. */
  deviceClass?: 'wallDisplay';
}

/** A relay that has proved its key. */
export interface RelayActor {
  kind: 'relay';
  relayId: string;
  agencyId: string;
  sourceAddress: string | null;
}

/** This server by itself: timers, start, seeding. */
export interface SystemActor {
  kind: 'system';
  agencyId: string | null;
}

/** Nobody known. */
export interface AnonymousActor {
  kind: 'anonymous';
  sourceAddress: string | null;
}

/** Who acts. */
export type Actor = UserActor | RelayActor | SystemActor | AnonymousActor;

/** The actor as other users may know it. */
export function actorAsUser(actor: UserActor): User {
  return { id: actor.userId, name: actor.name, role: actor.role };
}

import type { UserActor } from '../access/Actor.ts';
import { newId } from '../ids.ts';

/** An analyst who is signed in, for what asks only who acts and looks nobody up. */
export const analystActor: UserActor = {
  kind: 'user',
  userId: newId(),
  name: 'The analyst',
  agencyId: newId(),
  role: 'analyst',
  sessionId: newId(),
  sourceAddress: null,
};

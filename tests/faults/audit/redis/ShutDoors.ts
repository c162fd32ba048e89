import { routes } from '@commonsight/types/http/routes';
import { ApiRefusal, ApiUser } from '../../../support/ApiUser.ts';
import { inviteAnalyst } from '../../../support/inviteAnalyst.ts';
import { totpCode } from '../../../support/totp.ts';

/** A way in that was shut. */
export interface ShutDoor {
  name: string;
  /** Whether it lets somebody in. */
  isOpen(): Promise<boolean>;
}

interface People {
  administrator: ApiUser;
  url: string;
  /** Empties Redis. */
  lose: () => Promise<void>;
}

/** The fifth wrong one locks the account. */
const wrongTries = 5;
const wrongPassword = 'not the right one';

/** Ways into the system that its records have shut, each of its own person, so that none stands in another's way. */
export async function shutDoors(people: People): Promise<ShutDoor[]> {
  const doors: ShutDoor[] = [];
  // One after another: many tries to sign in at one moment look like guessing.
  for (const shut of [lockedAccount, endedSession, lockedSession, usedCode, disabledUser])
    doors.push(await shut(people));
  return doors;
}

async function lockedAccount({ administrator, url }: People): Promise<ShutDoor> {
  const user = await inviteAnalyst(administrator);
  for (let at = 0; at < wrongTries; at += 1) {
    await isLetIn(() => ApiUser.signIn(url, { ...user, password: wrongPassword }));
  }
  return { name: 'the right password of a locked account', isOpen: () => isLetIn(() => ApiUser.signIn(url, user)) };
}

async function endedSession({ administrator, url }: People): Promise<ShutDoor> {
  const ended = await ApiUser.signIn(url, await inviteAnalyst(administrator));
  const copy = ended.copy();
  await ended.call(routes.signOut);
  return { name: 'the cookie of a session that has ended', isOpen: () => isLetIn(() => copy.call(routes.listCameras)) };
}

async function lockedSession({ administrator, url }: People): Promise<ShutDoor> {
  const locked = await ApiUser.signIn(url, await inviteAnalyst(administrator));
  await locked.call(routes.lockSession);
  return {
    name: 'the cookie of a session that is locked',
    isOpen: () => isLetIn(() => locked.call(routes.listCameras)),
  };
}

/** A code is good for a minute or so: each time it is another one, which Redis forgets after it was used. */
async function usedCode({ administrator, url, lose }: People): Promise<ShutDoor> {
  const isOpen = async (): Promise<boolean> => {
    const user = await inviteAnalyst(administrator);
    const first = await ApiUser.signIn(url, user);
    const { secret } = await first.call(routes.beginTotp, { body: { password: user.password } });
    const code = totpCode(secret, Date.now());
    await first.call(routes.confirmTotp, { body: { code } });
    await lose();
    const again = await ApiUser.signIn(url, user);
    return isLetIn(() => again.call(routes.proveSecondFactor, { body: { factor: 'totp', code } }));
  };
  return { name: 'a code of an authenticator app that was used', isOpen };
}

async function disabledUser({ administrator, url }: People): Promise<ShutDoor> {
  const user = await inviteAnalyst(administrator);
  const disabled = await ApiUser.signIn(url, user);
  const { user: known } = await disabled.call(routes.me);
  await administrator.call(routes.disableUser, { params: { id: known.id } });
  return { name: 'the cookie of a disabled user', isOpen: () => isLetIn(() => disabled.call(routes.listCameras)) };
}

async function isLetIn(enter: () => Promise<unknown>): Promise<boolean> {
  try {
    await enter();
    return true;
  } catch (error) {
    if (error instanceof ApiRefusal && [401, 403, 423].includes(error.status)) return false;
    throw error;
  }
}

import { type Account, userRoutes } from '@commonsight/types/http/user-routes';

/** What an administrator can do to somebody's account. */
export type PersonAct = 'release' | 'inviteAgain' | 'resetSecondFactor' | 'disable' | 'enable';

interface ActWords {
  /** On the button and in the menu. */
  label: string;
  title: (name: string) => string;
  /** What will happen. */
  sentence: string;
  done: (name: string) => string;
  isDanger: boolean;
}

export const actWords: Readonly<Record<PersonAct, ActWords>> = {
  release: {
    label: 'Release',
    title: (name) => `Release ${name}’s account?`,
    sentence: 'Five wrong tries have locked it. Make sure that it was this person who tried, by phone or face to face.',
    done: (name) => `${name} can sign in again.`,
    isDanger: false,
  },
  inviteAgain: {
    label: 'New link',
    title: (name) => `Make a new link for ${name}?`,
    sentence: 'The link that was made before works no more.',
    done: (name) => `${name} has a new link.`,
    isDanger: false,
  },
  resetSecondFactor: {
    label: 'Reset second factor',
    title: (name) => `Reset ${name}’s second factor?`,
    sentence:
      'App, backup codes and passkeys stop working, and running sessions end. Make sure who asks for it: with the password alone one can sign in then.',
    done: (name) => `${name} signs in with the password alone until a new second factor is set up.`,
    isDanger: true,
  },
  disable: {
    label: 'Disable',
    title: (name) => `Disable ${name}’s account?`,
    sentence:
      'Running sessions, grants and viewings end at once, and nobody can sign in with it. It can be enabled again.',
    done: (name) => `${name}’s account is disabled.`,
    isDanger: true,
  },
  enable: {
    label: 'Enable',
    title: (name) => `Enable ${name}’s account?`,
    sentence: 'The person can sign in again with the password and second factor from before.',
    done: (name) => `${name} can sign in again.`,
    isDanger: false,
  },
};

/** The acts that an account's state allows, the nearest first. Nobody disables the own account. */
export function actsFor(account: Account, ownUserId: string): PersonAct[] {
  const isOwn = account.id === ownUserId;
  switch (account.state) {
    case 'locked':
      return isOwn ? ['release'] : ['release', 'disable'];
    case 'invited':
      return isOwn ? [] : ['inviteAgain', 'disable'];
    case 'disabled':
      return ['enable'];
    case 'active':
      if (isOwn) return [];
      return account.hasSecondFactor ? ['resetSecondFactor', 'disable'] : ['disable'];
    default:
      return account.state satisfies never;
  }
}

/** The routes of the acts that answer with the account alone. */
export const actRoutes = {
  release: userRoutes.releaseUser,
  resetSecondFactor: userRoutes.resetSecondFactor,
  disable: userRoutes.disableUser,
  enable: userRoutes.enableUser,
} as const;

import { trainingMailsPath } from '@commonsight/types/training-city';
import type { RunningStack } from './startStack.ts';

export function banner({ url, wallUrl, users }: Pick<RunningStack, 'url' | 'wallUrl' | 'users'>): string {
  const emailWidth = Math.max(...users.map(({ email }) => email.length));
  const roleWidth = Math.max(...users.map(({ role }) => role.length));
  return [
    '',
    `Commonsight runs: ${url}`,
    `Training wall:    ${wallUrl}`,
    `Mails it writes:  ${new URL(trainingMailsPath, url).href}`,
    '',
    'Training users:',
    ...users.map(
      ({ role, email, password }) => `  ${role.padEnd(roleWidth)}  ${email.padEnd(emailWidth)}  ${password}`,
    ),
    '',
    'Everything here is synthetic. Ctrl-C ends it.',
    '',
  ].join('\n');
}

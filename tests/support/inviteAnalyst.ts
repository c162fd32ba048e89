import { randomUUID } from 'node:crypto';
import { routes } from '@commonsight/types/http/routes';
import { ApiUser } from './ApiUser.ts';

const password = 'green lantern morning';

/** Makes an analyst whom nobody knew before: invited by the administrator, with a password of their own. */
export async function inviteAnalyst(administrator: ApiUser): Promise<{ email: string; password: string }> {
  const email = `${randomUUID()}@training.example`;
  const { link } = await administrator.call(routes.inviteUser, { body: { name: 'Ida Berg', email, role: 'analyst' } });
  const token = new URL(link).hash.slice(1).replace(/^.*=/, '');
  const nobody = ApiUser.nobody(administrator.url);
  const { useNotice } = await nobody.call(routes.readInvitation, { body: { token } });
  await nobody.call(routes.acceptInvitation, { body: { token, password, useNoticeVersion: useNotice.version } });
  return { email, password };
}

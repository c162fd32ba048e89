import { expect, it, vi } from 'vitest';
import { newId } from '../ids.ts';
import { relayUser } from './relayUser.ts';

it('STR8 does not take a relay that was revoked between its proof and its coming', async () => {
  const siteArrived = vi.fn<() => Promise<void>>(async () => undefined);
  const user = relayUser({
    records: { setOnline: async () => null },
    streams: { siteArrived },
  } as unknown as Parameters<typeof relayUser>[0]);
  const relay = { relayId: newId(), agencyId: newId(), siteId: newId(), sourceAddress: null };
  await expect(user.relayArrived(relay)).rejects.toThrow('revoked');
  expect(siteArrived).not.toHaveBeenCalled();
});
